#include "reports/escape.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace imapspec::reports {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

template <std::size_t N>
bool in_any(const std::array<Range, N>& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(), [c](Range range) { return range.first <= c && c <= range.last; });
}

// Controls, and format characters that move, hide or join other text.
constexpr std::array<Range, 13> kNotShown = {{
    {0x0000, 0x001F},    // C0
    {0x007F, 0x009F},    // DEL, C1 (U+009B is CSI in one character)
    {0x061C, 0x061C},    // ARABIC LETTER MARK
    {0x115F, 0x1160},    // Hangul fillers: blank
    {0x180E, 0x180E},    // MONGOLIAN VOWEL SEPARATOR
    {0x200B, 0x200F},    // zero width, direction marks
    {0x2028, 0x202E},    // line and paragraph separators, bidirectional controls
    {0x2060, 0x206F},    // invisible operators, bidirectional isolates, deprecated controls
    {0xFDD0, 0xFDEF},    // noncharacters
    {0xFEFF, 0xFEFF},    // byte order mark
    {0xFFF9, 0xFFFB},    // interlinear annotation
    {0x1BCA0, 0x1BCA3},  // shorthand format controls
    {0xE0000, 0xE0FFF},  // tags, variation selectors supplement
}};

// Two cells on a terminal: East Asian Wide and Fullwidth (UAX 11), rounded up to whole blocks.
constexpr std::array<Range, 9> kWide = {{
    {0x1100, 0x115F},
    {0x231A, 0x23FF},
    {0x2600, 0x27BF},
    {0x2B00, 0x2BFF},
    {0x2E80, 0xA4CF},
    {0xA960, 0xD7FF},
    {0xF900, 0xFFE6},
    {0x16FE0, 0x1FAFF},
    {0x20000, 0x3FFFD},
}};

bool is_shown(char32_t c) {
  const bool noncharacter = (c & 0xFFFE) == 0xFFFE;
  return !noncharacter && !in_any(kNotShown, c);
}

void append_octets(std::string& out, std::string_view octets) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (const char octet : octets) {
    const auto value = static_cast<unsigned char>(octet);
    out += "\\x";
    out += kDigits[value >> 4];
    out += kDigits[value & 0xF];
  }
}

// escaped shows text; write says how a character is written in the format, or is empty for
// one that is written as it is.
template <class Write>
std::string escaped(std::string_view text, Write write) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  while (!text.empty()) {
    const Scalar scalar = first_scalar(text);
    const std::string_view octets = text.substr(0, std::max<std::size_t>(scalar.octets, 1));
    text.remove_prefix(octets.size());
    const std::string_view written = scalar.octets == 0 ? std::string_view() : write(scalar.value);
    if (!written.empty()) {
      out += written;
    } else if (scalar.octets != 0 && is_shown(scalar.value)) {
      out += octets;
    } else {
      append_octets(out, octets);
    }
  }
  return out;
}

std::string_view markup(char32_t c) {
  switch (c) {
    case U'&':
      return "&amp;";
    case U'<':
      return "&lt;";
    case U'>':  // by itself it is allowed, but not in "]]>"
      return "&gt;";
    case U'\t':
      return "\t";
    case U'\n':
      return "\n";
    default:
      return {};
  }
}

}  // namespace

Scalar first_scalar(std::string_view text) {
  constexpr Scalar kInvalid = {};
  if (text.empty()) return kInvalid;
  const auto octet = [text](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
  const std::uint32_t lead = octet(0);
  if (lead < 0x80) return {static_cast<char32_t>(lead), 1};

  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return kInvalid;
  std::uint32_t value = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((octet(i) & 0xC0) != 0x80) return kInvalid;
    value = value << 6 | (octet(i) & 0x3F);
  }
  // RFC 3629 section 3: no overlong forms, no surrogates, nothing above U+10FFFF.
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (overlong || surrogate || value > 0x10FFFF) return kInvalid;
  return {static_cast<char32_t>(value), length};
}

std::string json_text(std::string_view octets) {
  std::string out;
  out.reserve(octets.size());
  while (!octets.empty()) {
    const std::size_t length = first_scalar(octets).octets;
    const std::string_view first = octets.substr(0, std::max<std::size_t>(length, 1));
    if (length == 0) {
      append_octets(out, first);
    } else {
      out += first;
    }
    octets.remove_prefix(first.size());
  }
  return out;
}

std::string xml_text(std::string_view octets) { return escaped(octets, markup); }

std::string xml_attribute(std::string_view octets) {
  return escaped(octets, [](char32_t c) -> std::string_view {
    switch (c) {
      case U'"':
        return "&quot;";
      case U'\t':
        return "&#9;";
      case U'\n':
        return "&#10;";
      default:
        return markup(c);
    }
  });
}

std::string html_text(std::string_view octets) {
  return escaped(octets, [](char32_t c) -> std::string_view {
    switch (c) {
      case U'"':
        return "&quot;";
      case U'\'':
        return "&#39;";
      default:
        return markup(c);
    }
  });
}

std::string terminal_text(std::string_view octets) {
  return escaped(octets, [](char32_t) { return std::string_view(); });
}

std::string markdown_text(std::string_view octets) {
  constexpr std::string_view kMarkup = "\\`*_{}[]<>#|~&!";
  std::string text;
  for (const char octet : terminal_text(octets)) {
    if (kMarkup.find(octet) != std::string_view::npos) text += '\\';
    text += octet;
  }
  return text;
}

std::size_t columns(std::string_view shown) {
  std::size_t count = 0;
  while (!shown.empty()) {
    const Scalar scalar = first_scalar(shown);
    count += scalar.octets > 1 && in_any(kWide, scalar.value) ? 2U : 1U;
    shown.remove_prefix(std::max<std::size_t>(scalar.octets, 1));
  }
  return count;
}

std::string shortened(std::string_view text, std::size_t octets) {
  if (text.size() <= octets) return std::string(text);
  // Steps back over at most three continuation octets; more of them are no character anyway.
  std::size_t end = octets;
  for (std::size_t back = 0; back <= 3 && back <= octets; ++back) {
    if ((static_cast<unsigned char>(text[octets - back]) & 0xC0) != 0x80) {
      end = octets - back;
      break;
    }
  }
  return fmt::format("{}... ({} more octets)", text.substr(0, end), text.size() - end);
}

}  // namespace imapspec::reports
