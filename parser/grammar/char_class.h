// The character classes of RFC 9051 section 9, each the octets its rule admits.
#pragma once

#include <array>
#include <string_view>

namespace imapspec::parser {

namespace char_class_detail {

using Table = std::array<bool, 256>;

// Every CHAR (%x01-7F) except CTL (%x00-1F, %x7F) and the given octets.
consteval Table printable_except(std::string_view excluded) {
  Table table{};
  for (std::size_t octet = 0x20; octet < 0x7f; ++octet) {
    table[octet] = excluded.find(static_cast<char>(octet)) == std::string_view::npos;
  }
  return table;
}

inline constexpr Table kAtomChar = printable_except("(){ %*\"\\]");
inline constexpr Table kAstringChar = printable_except("(){ %*\"\\");
inline constexpr Table kListChar = printable_except("(){ \"\\");
inline constexpr Table kTagChar = printable_except("(){ %*\"\\+");

constexpr bool in(const Table& table, int octet) { return octet >= 0 && table[static_cast<std::size_t>(octet)]; }

}  // namespace char_class_detail

// Each takes an octet as 0..255, or a negative value for the end of the octets, which is in
// no class.

// ATOM-CHAR = <any CHAR except atom-specials>
constexpr bool is_atom_char(int octet) { return char_class_detail::in(char_class_detail::kAtomChar, octet); }

// ASTRING-CHAR = ATOM-CHAR / resp-specials
constexpr bool is_astring_char(int octet) { return char_class_detail::in(char_class_detail::kAstringChar, octet); }

// list-char = ATOM-CHAR / list-wildcards / resp-specials
constexpr bool is_list_char(int octet) { return char_class_detail::in(char_class_detail::kListChar, octet); }

// is_tag_char: <any ASTRING-CHAR except "+">
constexpr bool is_tag_char(int octet) { return char_class_detail::in(char_class_detail::kTagChar, octet); }

// TEXT-CHAR = <any CHAR except CR and LF>; CHAR = %x01-7F
constexpr bool is_text_char(int octet) { return octet > 0 && octet < 0x80 && octet != '\r' && octet != '\n'; }

// DIGIT = %x30-39
constexpr bool is_digit(int octet) { return octet >= '0' && octet <= '9'; }

// ALPHA = %x41-5A / %x61-7A
constexpr bool is_alpha(int octet) { return (octet >= 'A' && octet <= 'Z') || (octet >= 'a' && octet <= 'z'); }

// base64-char = ALPHA / DIGIT / "+" / "/"
constexpr bool is_base64_char(int octet) { return is_alpha(octet) || is_digit(octet) || octet == '+' || octet == '/'; }

// tagged-label-fchar = ALPHA / "-" / "_" / "."
constexpr bool is_tagged_label_fchar(int octet) {
  return is_alpha(octet) || octet == '-' || octet == '_' || octet == '.';
}

// tagged-label-char = tagged-label-fchar / DIGIT / ":"
constexpr bool is_tagged_label_char(int octet) {
  return is_tagged_label_fchar(octet) || is_digit(octet) || octet == ':';
}

}  // namespace imapspec::parser
