#include "parser/grammar/extensions/utf8.h"

namespace imapspec::parser {

std::expected<String, Error> utf8_literal(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "utf8-literal");
  if (!in.take(' ')) return in.fail("utf8-literal", "SP");
  if (!in.take('(')) return in.fail("utf8-literal", "\"(\"");
  IMAPSPEC_TRY(const String octets, literal8(in, profile));
  if (!in.take(')')) return in.fail("utf8-literal", "\")\"");
  return attempt.accept(octets);
}

void write_utf8_literal(const String& octets, Writer& out) {
  out.word("UTF8");
  out.octets(" (");
  out.string(octets, StringRule::Literal8);
  out.octet(')');
}

}  // namespace imapspec::parser
