// Characters beyond ASCII in UTF-8.
//
// RFC 3629 section 4: UTF8-2, UTF8-3, UTF8-4
#pragma once

#include <cstddef>
#include <string_view>

namespace imapspec::parser {

// Utf8Char is what stands at the front of some octets.
struct Utf8Char {
  std::size_t octets = 0;   // of the UTF8-2, UTF8-3 or UTF8-4 there; 0 when there is none
  std::size_t fitting = 0;  // how many octets from the front can begin one
};

// utf8_char looks at the front of `octets`: shortest form only, no surrogates, at most U+10FFFF.
constexpr Utf8Char utf8_char(std::string_view octets) {
  if (octets.empty()) return {};
  const auto at = [&](std::size_t index) { return static_cast<unsigned char>(octets[index]); };
  const unsigned first = at(0);
  const std::size_t size = first >= 0xc2 && first <= 0xdf   ? 2
                           : first >= 0xe0 && first <= 0xef ? 3
                           : first >= 0xf0 && first <= 0xf4 ? 4
                                                            : 0;
  if (size == 0) return {};
  // Overlong forms, surrogates and what is above U+10FFFF all show in the second octet.
  const unsigned low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
  const unsigned high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
  for (std::size_t index = 1; index < size; ++index) {
    if (index == octets.size()) return {0, index};
    const unsigned octet = at(index);
    if (octet < (index == 1 ? low : 0x80) || octet > (index == 1 ? high : 0xbf)) return {0, index};
  }
  return {size, size};
}

}  // namespace imapspec::parser
