// Numbers and sets of them (RFC 9051 section 9: number, nz-number, sequence-set).
#include <algorithm>

#include "parser/diagnose/repairs.h"
#include "parser/grammar/char_class.h"

namespace imapspec::parser::repairs {

namespace {

struct Digits {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The digits that the error is in or right behind.
Digits digits_at(const Place& place) {
  const auto is = [&](std::size_t at) { return is_digit(static_cast<unsigned char>(place.octets[at])); };
  Digits digits{place.offset(), place.offset()};
  while (digits.begin > 0 && is(digits.begin - 1)) --digits.begin;
  while (digits.end < place.octets.size() && is(digits.end)) ++digits.end;
  return digits;
}

}  // namespace

Attempted negative_number(const Place& place) {
  if (place.at(0) != '-' || !is_digit(place.at(1))) return std::nullopt;
  std::size_t size = 1;
  while (is_digit(place.at(static_cast<std::ptrdiff_t>(size)))) ++size;
  return replace(place.offset(), size, "0");
}

Attempted number_too_big(const Place& place) {
  constexpr std::string_view kMost = "4294967295";
  const Digits digits = digits_at(place);
  const std::string_view written = place.octets.substr(digits.begin, digits.end - digits.begin);
  if (written.size() < kMost.size() || (written.size() == kMost.size() && written <= kMost)) return std::nullopt;
  return replace(digits.begin, written.size(), kMost);
}

Attempted zero_for_nz_number(const Place& place) {
  const Digits digits = digits_at(place);
  if (place.octets.substr(digits.begin, digits.end - digits.begin) != "0") return std::nullopt;
  return replace(digits.begin, 1, "1");
}

Attempted leading_zero(const Place& place) {
  const Digits digits = digits_at(place);
  if (digits.end - digits.begin < 2 || place.octets[digits.begin] != '0') return std::nullopt;
  if (place.piece(digits.end, 1) == "-") return std::nullopt;  // a day
  const std::size_t value = std::min(place.octets.find_first_not_of('0', digits.begin), digits.end);
  if (value == digits.end) return std::nullopt;
  return erase(digits.begin, value - digits.begin);
}

Attempted loose_comma(const Place& place) {
  // Commas at the start of a set, behind another, or with nothing behind them. Between two elements one is not what
  // is wrong.
  const std::size_t begin = place.at(0) != ',' && place.at(-1) == ',' ? place.offset() - 1 : place.offset();
  const std::size_t end = std::min(place.octets.find_first_not_of(',', begin), place.octets.size());
  const auto is_element = [&](std::size_t at) {
    return at < place.octets.size() && (is_digit(static_cast<unsigned char>(place.octets[at])) ||
                                        place.octets[at] == '*' || place.octets[at] == '$');
  };
  if (begin == end || (begin > 0 && is_element(begin - 1) && is_element(end))) return std::nullopt;
  return erase(begin, end - begin);
}

}  // namespace imapspec::parser::repairs
