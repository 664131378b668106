#include "server/auth/base64.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "parser/core/base64.h"

namespace imapspec::server {

std::optional<std::string> decode_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  if (text.ends_with("==")) {
    padding = 2;
  } else if (text.ends_with('=')) {
    padding = 1;
  }
  std::string octets;
  octets.reserve(text.size() / 4 * 3);
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool pad = i >= text.size() - padding;
    const int value = pad ? 0 : parser::base64_value(text[i]);
    if (value < 0) return std::nullopt;
    bits = (bits << 6) | static_cast<std::uint32_t>(value);
    if (i % 4 != 3) continue;
    for (int shift = 16; shift >= 0; shift -= 8) octets.push_back(static_cast<char>((bits >> shift) & 0xFFU));
    bits = 0;
  }
  const auto left_over = std::string_view(octets).substr(octets.size() - padding);
  if (std::ranges::any_of(left_over, [](char octet) { return octet != '\0'; })) return std::nullopt;
  octets.resize(octets.size() - padding);
  return octets;
}

std::string encode_base64(std::string_view octets) {
  static constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((octets.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < octets.size(); at += 3) {
    const std::size_t size = std::min<std::size_t>(3, octets.size() - at);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      bits = (bits << 8) | (i < size ? static_cast<unsigned char>(octets[at + i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      text.push_back(i <= size ? kAlphabet[(bits >> (18 - 6 * i)) & 0x3FU] : '=');
    }
  }
  return text;
}

}  // namespace imapspec::server
