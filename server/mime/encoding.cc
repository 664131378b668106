#include "server/mime/encoding.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "parser/core/ascii.h"
#include "parser/core/base64.h"
#include "server/mime/header.h"

namespace imapspec::server::mime {

namespace {

// decode_base64 skips what is not in the alphabet and stops at padding.
std::string decode_base64(std::string_view octets) {
  std::string decoded;
  decoded.reserve(octets.size() / 4 * 3);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : octets) {
    if (c == '=') break;
    const int value = parser::base64_value(c);
    if (value < 0) continue;
    bits = ((bits << 6) | static_cast<std::uint32_t>(value)) & 0xFFFFFFU;
    count += 6;
    if (count >= 8) {
      count -= 8;
      decoded.push_back(static_cast<char>((bits >> count) & 0xFFU));
    }
  }
  return decoded;
}

// decode_quoted_printable keeps what is not well-formed as it is. Blanks at the end of a line are
// none of the sender's (RFC 2045 section 6.7, rule 3).
std::string decode_quoted_printable(std::string_view octets) {
  std::string decoded;
  decoded.reserve(octets.size());
  for (std::size_t i = 0; i < octets.size(); ++i) {
    const char c = octets[i];
    if (c == '=' || is_blank(c)) {
      const std::size_t blanks = is_blank(c) ? i : i + 1;
      const std::size_t end = std::min(octets.find_first_not_of(" \t", blanks), octets.size());
      const std::string_view rest = octets.substr(end);
      const bool at_line_end = rest.empty() || rest.starts_with('\n') || rest.starts_with("\r\n");
      if (is_blank(c)) {
        if (!at_line_end) decoded += octets.substr(i, end - i);
        i = end - 1;
        continue;
      }
      if (at_line_end) {  // a soft line break
        i = rest.starts_with('\r') ? end + 1 : end;
        continue;
      }
      if (const auto octet = parser::hex_octet(octets.substr(i + 1))) {
        decoded.push_back(*octet);
        i += 2;
        continue;
      }
    }
    decoded.push_back(c);
  }
  return decoded;
}

}  // namespace

std::optional<std::string> decode_transfer(std::string_view octets, std::string_view encoding) {
  using parser::equal_ignoring_case;
  if (equal_ignoring_case(encoding, "BASE64")) return decode_base64(octets);
  if (equal_ignoring_case(encoding, "QUOTED-PRINTABLE")) return decode_quoted_printable(octets);
  for (const std::string_view identity : {"", "7BIT", "8BIT", "BINARY"}) {
    if (equal_ignoring_case(encoding, identity)) return std::string(octets);
  }
  return std::nullopt;
}

std::string with_crlf(std::string_view text) {
  std::string lines;
  lines.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')) lines.push_back('\r');
    lines.push_back(text[i]);
  }
  return lines;
}

}  // namespace imapspec::server::mime
