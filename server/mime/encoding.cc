#include "server/mime/encoding.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "parser/core/ascii.h"
#include "parser/core/base64.h"

namespace imapspec::server::mime {

namespace {

std::string latin1_to_utf8(std::string_view text) {
  std::string utf8;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet < 0x80) {
      utf8.push_back(c);
    } else {
      utf8.push_back(static_cast<char>(0xC0U | (octet >> 6)));
      utf8.push_back(static_cast<char>(0x80U | (octet & 0x3FU)));
    }
  }
  return utf8;
}

// Word is an encoded-word at the start of a text: how long it is and what it says.
struct Word {
  std::size_t octets = 0;  // 0 where there is none
  std::string text;
};

Word encoded_word(std::string_view text) {
  if (!text.starts_with("=?")) return {};
  const std::size_t encoding = text.find('?', 2);
  if (encoding == std::string_view::npos || text.size() < encoding + 3 || text[encoding + 2] != '?') return {};
  const std::size_t end = text.find("?=", encoding + 3);
  if (end == std::string_view::npos) return {};
  // A language may follow the charset (RFC 2231 section 5).
  std::string_view charset = text.substr(2, encoding - 2);
  charset = charset.substr(0, charset.find('*'));
  const std::string_view data = text.substr(encoding + 3, end - encoding - 3);
  if (data.find_first_of(" ?\t") != std::string_view::npos) return {};
  const char kind = parser::to_upper(text[encoding + 1]);
  if (kind != 'B' && kind != 'Q') return {};
  std::string octets = kind == 'B' ? decode_base64_leniently(data) : decode_quoted_printable(data, true);
  if (parser::equal_ignoring_case(charset, "ISO-8859-1")) {
    octets = latin1_to_utf8(octets);
  } else if (!parser::equal_ignoring_case(charset, "UTF-8") && !parser::equal_ignoring_case(charset, "US-ASCII")) {
    return {};
  }
  return {end + 2, std::move(octets)};
}

}  // namespace

std::string decode_base64_leniently(std::string_view octets) {
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

std::string decode_quoted_printable(std::string_view octets, bool header) {
  std::string decoded;
  decoded.reserve(octets.size());
  for (std::size_t i = 0; i < octets.size(); ++i) {
    const char c = octets[i];
    if (header && c == '_') {
      decoded.push_back(' ');
      continue;
    }
    if (c == '=') {
      // A soft line break may have blanks before its line end (RFC 2045 section 6.7).
      const std::size_t end = octets.find_first_not_of(" \t", i + 1);
      if (end == std::string_view::npos) break;
      if (octets[end] == '\n' || octets.substr(end).starts_with("\r\n")) {
        i = octets[end] == '\n' ? end : end + 1;
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

std::optional<std::string> decode_transfer(std::string_view octets, std::string_view encoding) {
  using parser::equal_ignoring_case;
  if (equal_ignoring_case(encoding, "BASE64")) return decode_base64_leniently(octets);
  if (equal_ignoring_case(encoding, "QUOTED-PRINTABLE")) return decode_quoted_printable(octets, false);
  for (const std::string_view identity : {"", "7BIT", "8BIT", "BINARY"}) {
    if (equal_ignoring_case(encoding, identity)) return std::string(octets);
  }
  return std::nullopt;
}

std::string decode_words(std::string_view value) {
  std::string text;
  bool after_word = false;
  for (std::size_t at = 0; at < value.size();) {
    // White space between two encoded words is left out (RFC 2047 section 6.2).
    const std::size_t blanks = std::min(value.find_first_not_of(" \t", at), value.size()) - at;
    const Word word = encoded_word(value.substr(at + blanks));
    if (word.octets > 0) {
      if (!after_word) text += value.substr(at, blanks);
      text += word.text;
      at += blanks + word.octets;
      after_word = true;
      continue;
    }
    after_word = false;
    const std::size_t next = std::min(value.find_first_of(" \t", at + blanks), value.size());
    // Encoded words may stand right behind a "(" or a quote.
    const std::size_t inner = value.find("=?", at + blanks + 1);
    const std::size_t end = inner < next ? inner : next;
    text += value.substr(at, end - at);
    at = end;
  }
  return text;
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
