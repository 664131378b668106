// The caller's side of serialize.h: values into the strings that carry them.

#include <algorithm>

#include "parser/core/ascii.h"
#include "parser/grammar/char_class.h"
#include "parser/grammar/serialize.h"

namespace imapspec::parser {

String make_string(std::string_view value, const Profile& profile, Arena& arena) {
  // Longer values are easier to read, and cheaper to escape, as a literal.
  constexpr std::size_t kMostQuoted = 1000;
  if (value.find('\0') != std::string_view::npos) return String::unchecked(value, StringForm::Literal8);
  if (value.size() > kMostQuoted || !is_quotable(value, profile)) return String::unchecked(value, StringForm::Literal);
  if (value.find_first_of("\"\\") == std::string_view::npos) return String::unchecked(value, StringForm::Quoted);
  const std::string escaped = escape_quoted(value);
  char* copy = arena.allocate<char>(escaped.size());
  std::ranges::copy(escaped, copy);
  return String::unchecked({copy, escaped.size()}, StringForm::Quoted);
}

String make_astring(std::string_view value, const Profile& profile, Arena& arena) {
  // Note: trap L2. NIL is an astring, but readers exist that take it for nil.
  if (is_all(value, is_astring_char) && !equal_ignoring_case(value, "NIL")) {
    return String::unchecked(value, StringForm::Atom);
  }
  return make_string(value, profile, arena);
}

}  // namespace imapspec::parser
