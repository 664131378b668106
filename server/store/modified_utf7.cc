#include "server/store/modified_utf7.h"

#include <cstddef>
#include <cstdint>

#include "parser/core/base64.h"
#include "server/store/code_point.h"

namespace imapspec::server {

namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

bool is_printable_ascii(char octet) { return octet >= 0x20 && octet <= 0x7E; }

void append_utf8(std::uint32_t point, std::string& out) {
  const auto put = [&out](std::uint32_t octet) { out.push_back(static_cast<char>(octet)); };
  if (point < 0x80) return put(point);
  if (point < 0x800) {
    put(0xC0U | (point >> 6));
  } else {
    if (point < 0x10000) {
      put(0xE0U | (point >> 12));
    } else {
      put(0xF0U | (point >> 18));
      put(0x80U | ((point >> 12) & 0x3FU));
    }
    put(0x80U | ((point >> 6) & 0x3FU));
  }
  put(0x80U | (point & 0x3FU));
}

// Shifted writes UTF-16 as base64 between "&" and "-".
class Shifted {
 public:
  explicit Shifted(std::string& out) : out_(out) { out_.push_back('&'); }

  void add(std::uint32_t point) {
    if (point >= 0x10000) {
      add_unit(0xD800U + ((point - 0x10000) >> 10));
      point = 0xDC00U + ((point - 0x10000) & 0x3FFU);
    }
    add_unit(point);
  }

  void end() {
    if (count_ > 0) out_.push_back(kAlphabet[(bits_ << (6 - count_)) & 0x3FU]);
    out_.push_back('-');
  }

 private:
  void add_unit(std::uint32_t unit) {
    bits_ = (bits_ << 16) | unit;
    count_ += 16;
    for (; count_ >= 6; count_ -= 6) out_.push_back(kAlphabet[(bits_ >> (count_ - 6)) & 0x3FU]);
  }

  std::string& out_;
  std::uint32_t bits_ = 0;
  unsigned count_ = 0;
};

// unshift decodes the base64 of one shift, padding and surrogates unseen: writing the name again shows what was wrong.
bool unshift(std::string_view base64, std::string& out) {
  std::uint32_t bits = 0;
  unsigned count = 0;
  std::uint32_t high = 0;
  for (const char octet : base64) {
    if (octet == '/') return false;
    const int value = parser::base64_value(octet == ',' ? '/' : octet);
    if (value < 0) return false;
    bits = (bits << 6) | static_cast<std::uint32_t>(value);
    count += 6;
    if (count < 16) continue;
    count -= 16;
    const std::uint32_t unit = (bits >> count) & 0xFFFFU;
    if (unit >= 0xD800 && unit <= 0xDBFF) {
      high = unit;
      continue;
    }
    const bool low = unit >= 0xDC00 && unit <= 0xDFFF;
    if (low != (high != 0)) return false;
    append_utf8(low ? 0x10000U + ((high - 0xD800U) << 10) + (unit - 0xDC00U) : unit, out);
    high = 0;
  }
  return high == 0;
}

}  // namespace

std::string to_modified_utf7(std::string_view utf8) {
  std::string out;
  for (std::size_t at = 0; at < utf8.size();) {
    if (is_printable_ascii(utf8[at])) {
      out.push_back(utf8[at]);
      if (utf8[at++] == '&') out.push_back('-');
      continue;
    }
    Shifted shifted(out);
    while (at < utf8.size() && !is_printable_ascii(utf8[at])) {
      const std::uint32_t point = next_code_point(utf8, at);
      if (point == kNoCodePoint) return std::string(utf8);
      shifted.add(point);
    }
    shifted.end();
  }
  return out;
}

std::optional<std::string> from_modified_utf7(std::string_view name) {
  std::string out;
  for (std::size_t at = 0; at < name.size();) {
    if (name[at] != '&') {
      out.push_back(name[at++]);
      continue;
    }
    const std::size_t end = name.find('-', at);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view base64 = name.substr(at + 1, end - at - 1);
    if (base64.empty()) out.push_back('&');
    if (!unshift(base64, out)) return std::nullopt;
    at = end + 1;
  }
  if (to_modified_utf7(out) != name) return std::nullopt;
  return out;
}

}  // namespace imapspec::server
