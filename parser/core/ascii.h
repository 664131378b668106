// ASCII letters, the only ones whose case IMAP ignores (RFC 9051 section 9, note 1).
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace imapspec::parser {

constexpr char to_lower(char octet) {
  return octet >= 'A' && octet <= 'Z' ? static_cast<char>(octet - 'A' + 'a') : octet;
}

constexpr char to_upper(char octet) {
  return octet >= 'a' && octet <= 'z' ? static_cast<char>(octet - 'a' + 'A') : octet;
}

// equal_ignoring_case compares octets, ASCII letters in either case.
constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return to_lower(x) == to_lower(y); });
}

// common_prefix is how many octets two texts share from their start, ASCII letters in either case.
constexpr std::size_t common_prefix(std::string_view a, std::string_view b) {
  const std::size_t size = std::min(a.size(), b.size());
  std::size_t shared = 0;
  while (shared < size && to_lower(a[shared]) == to_lower(b[shared])) ++shared;
  return shared;
}

// hex_value is that of a hexadecimal digit, in either case; -1 for any other octet.
constexpr int hex_value(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  const char lower = to_lower(digit);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// hex_octet is the octet that the first two hexadecimal digits of `text` stand for; nullopt where they are not there.
constexpr std::optional<char> hex_octet(std::string_view text) {
  const int high = text.size() < 2 ? -1 : hex_value(text[0]);
  const int low = text.size() < 2 ? -1 : hex_value(text[1]);
  if (high < 0 || low < 0) return std::nullopt;
  return static_cast<char>(high * 16 + low);
}

// to_upper yields a copy with its ASCII letters in upper case.
inline std::string to_upper(std::string_view text) {
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) { return to_upper(c); });
  return upper;
}

}  // namespace imapspec::parser
