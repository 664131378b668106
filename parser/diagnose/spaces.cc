// Spaces and line ends: exactly one SP, and CRLF (RFC 9051 section 9, note 2; section 2.2).
#include <algorithm>

#include "parser/core/ascii.h"
#include "parser/diagnose/repairs.h"

namespace imapspec::parser::repairs {

namespace {

bool starts_with_word(std::string_view octets, std::string_view word) {
  return octets.size() >= word.size() && equal_ignoring_case(octets.substr(0, word.size()), word);
}

bool is_status(const Place& place) { return starts_with_word(place.octets, "* STATUS "); }

// "* 12 FETCH "
bool is_fetch(const Place& place) {
  const std::string_view octets = place.octets;
  if (!octets.starts_with("* ")) return false;
  const std::size_t word = octets.find_first_not_of("0123456789", 2);
  return word != std::string_view::npos && starts_with_word(octets.substr(word), " FETCH ");
}

// The run of SP that ends right before ")", at which the error is.
Attempted spaces_before_parenthesis(const Place& place) {
  // The error is at ")" where another element was expected, or at the SP where none could be.
  const std::size_t close = place.octets.find_first_not_of(' ', place.offset());
  if (close == std::string_view::npos || place.octets[close] != ')') return std::nullopt;
  const std::size_t last = close == 0 ? std::string_view::npos : place.octets.find_last_not_of(' ', close - 1);
  const std::size_t begin = last == std::string_view::npos ? 0 : last + 1;
  if (begin == close) return std::nullopt;
  return erase(begin, close - begin);
}

// The SP between ")" and "(" at which, or right after which, the error is.
Attempted space_between(const Place& place) {
  const std::size_t space = place.at(0) == ' ' ? place.offset() : place.offset() - 1;
  if (place.offset() == 0 || space == 0 || space + 1 >= place.octets.size()) return std::nullopt;
  if (place.piece(space - 1, 3) != ") (") return std::nullopt;
  return erase(space, 1);
}

// Whether an item of this FETCH response has begun before the error.
bool is_in_item(const Place& place, std::string_view item) {
  const std::string upper = to_upper(place.before());
  return upper.find(item) != std::string::npos;
}

}  // namespace

Attempted bare_lf(const Place& place) {
  if (place.at(0) != '\n' || place.at(-1) == '\r') return std::nullopt;
  return insert(place.offset(), "\r");
}

Attempted bare_cr(const Place& place) {
  // At the CR, or at what should have been its LF.
  const std::size_t cr = place.at(0) == '\r' ? place.offset() : place.offset() - 1;
  if (place.offset() == 0 || place.octets[cr] != '\r' || place.piece(cr + 1, 1) == "\n") return std::nullopt;
  return replace(cr, 1, " ");
}

Attempted doubled_cr(const Place& place) {
  const std::size_t cr = place.at(0) == '\r' && place.at(-1) == '\r' ? place.offset() - 1 : place.offset();
  if (place.piece(cr, 3) != "\r\r\n") return std::nullopt;
  return erase(cr, 1);
}

Attempted trailing_space_in_status(const Place& place) {
  return is_status(place) ? spaces_before_parenthesis(place) : std::nullopt;
}

Attempted trailing_space_in_fetch(const Place& place) {
  return is_fetch(place) ? spaces_before_parenthesis(place) : std::nullopt;
}

Attempted space_before_parenthesis(const Place& place) {
  if (is_status(place) || is_fetch(place)) return std::nullopt;
  return spaces_before_parenthesis(place);
}

Attempted space_after_parenthesis(const Place& place) {
  if (place.at(0) != ' ' || place.at(-1) != '(') return std::nullopt;
  return erase(place.offset(), 1);
}

Attempted trailing_space(const Place& place) {
  // At the first SP that was not expected, or at the line end where something else was.
  const std::size_t end = place.octets.find_first_not_of(' ', place.offset());
  if (end == std::string_view::npos || (place.octets[end] != '\r' && place.octets[end] != '\n')) return std::nullopt;
  std::size_t begin = end;
  while (begin > 0 && place.octets[begin - 1] == ' ') --begin;
  if (begin == end) return std::nullopt;
  return erase(begin, end - begin);
}

Attempted space_between_addresses(const Place& place) {
  return is_fetch(place) && is_in_item(place, "ENVELOPE") ? space_between(place) : std::nullopt;
}

Attempted space_between_parts(const Place& place) {
  return is_fetch(place) && !is_in_item(place, "ENVELOPE") ? space_between(place) : std::nullopt;
}

Attempted space_between_namespaces(const Place& place) { return is_fetch(place) ? std::nullopt : space_between(place); }

Attempted double_space(const Place& place) {
  // At the second SP; or at the first, where that ends what the first could begin.
  if (place.at(0) != ' ' || (place.at(-1) != ' ' && place.at(1) != ' ')) return std::nullopt;
  std::size_t begin = place.offset();
  while (begin > 0 && place.octets[begin - 1] == ' ') --begin;
  const std::size_t end = std::min(place.octets.find_first_not_of(' ', begin), place.octets.size());
  return erase(begin + 1, end - begin - 1);
}

Attempted tab_for_space(const Place& place) {
  if (place.at(0) != '\t') return std::nullopt;
  return replace(place.offset(), 1, " ");
}

Attempted missing_space(const Place& place) {
  const int octet = place.at(0);
  if (octet == ' ' || octet == '\r' || octet == '\n' || octet == -1 || place.at(-1) == ' ') return std::nullopt;
  return insert(place.offset(), " ");
}

}  // namespace imapspec::parser::repairs
