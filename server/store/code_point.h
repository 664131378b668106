// Code points out of UTF-8.
//
// RFC 3629
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace imapspec::server {

inline constexpr std::uint32_t kNoCodePoint = 0xFFFFFFFF;

// next_code_point decodes one code point of well-formed UTF-8 (RFC 3629) and moves `at` behind
// it; kNoCodePoint where there is none.
inline std::uint32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto octet = [text](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
  const std::uint32_t first = octet(at);
  if (first < 0x80) {
    ++at;
    return first;
  }
  const std::size_t more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
  if (first < 0xC2 || first > 0xF4 || text.size() - at <= more) return kNoCodePoint;
  std::uint32_t point = first & (0x3FU >> more);
  for (std::size_t i = 1; i <= more; ++i) {
    if ((octet(at + i) & 0xC0U) != 0x80) return kNoCodePoint;
    point = (point << 6) | (octet(at + i) & 0x3FU);
  }
  const bool overlong = (more == 2 && point < 0x800) || (more == 3 && point < 0x10000);
  if (overlong || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return kNoCodePoint;
  at += more + 1;
  return point;
}

}  // namespace imapspec::server
