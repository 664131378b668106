#include "parser/grammar/extensions/modifiers.h"

#include "parser/grammar/tagged_ext.h"

namespace imapspec::parser {

// select-param = select-param-name [SP select-param-value]
// fetch-modifier = fetch-modifier-name [ SP fetch-modif-params ]
// store-modifier = store-modifier-name [SP store-modif-params]
std::expected<UnknownModifier, Error> unknown_modifier(Cursor& in, const Profile& profile, Label name) {
  Attempt attempt(in, "tagged-ext");
  UnknownModifier modifier;
  modifier.name = name;
  if (in.peek() == ' ' && begins_tagged_ext_val(in.peek(1))) {
    in.skip(1);
    IMAPSPEC_TRY(modifier.value, tagged_ext_val(in, profile));
  }
  return attempt.accept(modifier);
}

void write(const UnknownModifier& modifier, Writer& out) {
  out.word(modifier.name);
  if (modifier.value.empty()) return;
  out.sp();
  out.octets(modifier.value);
}

}  // namespace imapspec::parser
