// Strings: NIL, quotes, octets above 127, literals (RFC 9051 sections 4.3, 4.5, 9).
#include <algorithm>

#include "parser/core/ascii.h"
#include "parser/core/utf8.h"
#include "parser/diagnose/repairs.h"
#include "parser/grammar/char_class.h"

namespace imapspec::parser::repairs {

namespace {

constexpr std::string_view kNil = "NIL";

bool is_nil(std::string_view octets) {
  return octets.size() > kNil.size() && equal_ignoring_case(octets.substr(0, kNil.size()), kNil) &&
         !is_atom_char(static_cast<unsigned char>(octets[kNil.size()]));
}

bool is_eight_bit(int octet) { return octet >= 0x80; }

// Octets above 127 from the error's on.
std::size_t eight_bit_run(const Place& place) {
  std::size_t size = 0;
  while (is_eight_bit(place.at(static_cast<std::ptrdiff_t>(size)))) ++size;
  return size;
}

bool is_utf8(std::string_view octets) {
  while (!octets.empty()) {
    const std::size_t size = utf8_char(octets).octets;
    if (size == 0) return false;
    octets.remove_prefix(size);
  }
  return true;
}

// Whether the error is between two quotes: an odd number of them stands before it on its line.
bool is_in_quotes(const Place& place) {
  bool inside = false;
  const std::string_view before = place.before();
  for (std::size_t i = before.rfind('\n') + 1; i < before.size(); ++i) {
    if (inside && before[i] == '\\') {
      ++i;
    } else if (before[i] == '"') {
      inside = !inside;
    }
  }
  return inside;
}

// Whether UTF-8 could stand at the error: in a quoted string, or in the text of a status response.
bool may_be_utf8(const Place& place) { return is_in_quotes(place) || place.error.rule == Name("text"); }

// Where the word that the error is in begins: after SP, "(" or the start of the unit.
std::size_t word_begin(const Place& place) {
  std::size_t begin = place.offset();
  while (begin > 0 && place.octets[begin - 1] != ' ' && place.octets[begin - 1] != '(') --begin;
  return begin;
}

std::size_t line_end(std::string_view octets, std::size_t from) {
  return std::min(octets.find_first_of("\r\n", from), octets.size());
}

Attempted quoted(std::string_view octets, std::size_t begin, std::size_t end) {
  const std::string_view inside = octets.substr(begin, end - begin);
  if (inside.empty() || inside.find_first_of("\"\\\r\n") != std::string_view::npos) return std::nullopt;
  return replace(begin, end - begin, "\"" + std::string(inside) + "\"");
}

}  // namespace

Attempted nil_encoding(const Place& place) {
  // body-fld-enc is what stands in front of the number of octets.
  if (!is_nil(place.rest()) || place.at(3) != ' ' || !is_digit(place.at(4))) return std::nullopt;
  return replace(place.offset(), kNil.size(), "\"7BIT\"");
}

Attempted nil_parameter_value(const Place& place) {
  if (!is_nil(place.rest()) || place.at(-1) != ' ' || place.at(-2) != '"') return std::nullopt;
  if (place.at(3) != ')' && !(place.at(3) == ' ' && place.at(4) == '"')) return std::nullopt;
  return replace(place.offset(), kNil.size(), "\"\"");
}

Attempted nil_for_string(const Place& place) {
  if (!is_nil(place.rest())) return std::nullopt;
  return replace(place.offset(), kNil.size(), "\"\"");
}

Attempted unescaped_quote(const Place& place) {
  // A string ended too early: at its DQUOTE, and what follows does not belong there. With the SP that
  // happened to follow, what was expected came, but not what was expected after it.
  for (const std::ptrdiff_t distance : {-1, -2}) {
    if (place.at(distance) == '"' && place.at(distance - 1) != '\\' && (distance == -1 || place.at(-1) == ' ')) {
      return insert(place.offset() - static_cast<std::size_t>(-distance), "\\");
    }
  }
  return std::nullopt;
}

Attempted unescaped_backslash(const Place& place) {
  if (place.at(-1) != '\\' || place.at(0) == '"' || place.at(0) == '\\') return std::nullopt;
  return insert(place.offset(), "\\");
}

Attempted utf8_in_rev1(const Place& place) {
  const std::size_t size = eight_bit_run(place);
  if (place.profile.rev2 || !may_be_utf8(place) || size == 0 || !is_utf8(place.rest().substr(0, size)))
    return std::nullopt;
  return replace(place.offset(), size, std::string(size, '?'));
}

Attempted not_utf8(const Place& place) {
  // The error is at the octet that breaks a character off, of which there may be up to three already.
  Place broken = place;
  for (std::size_t size = 1; size <= std::min<std::size_t>(3, place.offset()); ++size) {
    const Utf8Char character = utf8_char(place.octets.substr(place.offset() - size));
    if (character.octets == 0 && character.fitting == size) broken.error.offset = place.offset() - size;
  }
  const std::size_t size = eight_bit_run(broken);
  if (!may_be_utf8(place) || size == 0 || is_utf8(broken.rest().substr(0, size))) return std::nullopt;
  return replace(broken.offset(), size, std::string(size, '?'));
}

Attempted eight_bit_in_atom(const Place& place) {
  const std::size_t size = eight_bit_run(place);
  if (size == 0 || may_be_utf8(place)) return std::nullopt;
  return replace(place.offset(), size, std::string(size, 'x'));
}

Attempted unquoted_mailbox_with_space(const Place& place) {
  // The error is at the word after the SP, or at the SP. The name goes on to the end of the line, or to
  // the list of STATUS.
  std::size_t space = place.at(0) == ' ' ? place.offset() : place.offset() - 1;
  if (place.offset() == 0 || space == 0 || place.octets[space] != ' ' || place.octets[space - 1] == '"' ||
      place.octets[space - 1] == ')') {
    return std::nullopt;
  }
  const std::size_t before = place.octets.rfind(' ', space - 1);
  if (before == std::string_view::npos) return std::nullopt;
  const std::size_t list = place.octets.find(" (", space);
  const std::size_t end = std::min(list, line_end(place.octets, space));
  // The header of a literal is no part of a name.
  if (place.octets.substr(space, end - space).ends_with('}')) return std::nullopt;
  return quoted(place.octets, before + 1, end);
}

Attempted unquoted_string(const Place& place) {
  if (is_in_quotes(place)) return std::nullopt;
  const std::size_t begin = word_begin(place);
  const std::size_t end = std::min(place.octets.find_first_of(" )\r\n", place.offset()), place.octets.size());
  if (end <= begin || place.octets[begin] == '{' || place.octets[begin] == '~') return std::nullopt;
  return quoted(place.octets, begin, end);
}

Attempted literal8_for_literal(const Place& place) {
  if (place.at(0) != '~' || place.at(1) != '{') return std::nullopt;
  return erase(place.offset(), 1);
}

Attempted non_synchronizing_literal_from_server(const Place& place) {
  if (place.unit == Unit::ClientCommand || place.at(0) != '+' || place.at(1) != '}') return std::nullopt;
  return erase(place.offset(), 1);
}

Attempted empty_delimiter(const Place& place) {
  // At the second DQUOTE.
  if (place.at(0) != '"' || place.at(-1) != '"') return std::nullopt;
  return replace(place.offset() - 1, 2, kNil);
}

}  // namespace imapspec::parser::repairs
