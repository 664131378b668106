// Modifiers of SELECT, EXAMINE, FETCH and STORE: what stands in parentheses behind their arguments.
//
// RFC 4466 sections 2.1, 2.4, 2.5, 3
#pragma once

#include <expected>
#include <string_view>
#include <variant>

#include "parser/core/cursor.h"
#include "parser/core/list.h"
#include "parser/grammar/extensions/condstore.h"
#include "parser/grammar/extensions/qresync.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/word.h"
#include "parser/grammar/write.h"

namespace imapspec::parser {

// UnknownModifier is a modifier that no extension of the profile has. A server rejects it, but that is
// no matter of syntax. Its value is a tagged-ext-val as written, empty without one.
struct UnknownModifier {
  Label name;
  std::string_view value;
  friend bool operator==(const UnknownModifier&, const UnknownModifier&) = default;
};

using SelectParameter = std::variant<UnknownModifier, CondstoreParameter, QresyncParameter>;
using FetchModifier = std::variant<UnknownModifier, ChangedSince, VanishedModifier>;
using StoreModifier = std::variant<UnknownModifier, UnchangedSince>;

// modifier-name [SP modifier-value], from the octet after the name, which no extension knows
std::expected<UnknownModifier, Error> unknown_modifier(Cursor& in, const Profile& profile, Label name);

void write(const UnknownModifier& modifier, Writer& out);

// write_modifiers appends SP "(" modifier *(SP modifier) ")", or nothing for none.
template <class Modifier>
void write_modifiers(const List<Modifier>& modifiers, Writer& out) {
  if (modifiers.empty()) return;
  out.sp();
  write_parenthesized(modifiers, out, [](const Modifier& modifier, Writer& to) {
    std::visit([&](const auto& each) { write(each, to); }, modifier);
  });
}

}  // namespace imapspec::parser
