#include "server/auth/authenticator.h"

#include <cstddef>
#include <cstdint>

#include "parser/core/base64.h"

namespace imapspec::server {

namespace {

// equal_in_constant_time looks at every octet of `given`, wherever the first difference is.
bool equal_in_constant_time(std::string_view expected, std::string_view given) {
  unsigned difference = expected.size() == given.size() ? 0U : 1U;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const char want = expected.empty() ? '\0' : expected[i % expected.size()];
    difference |= static_cast<unsigned>(static_cast<unsigned char>(want) ^ static_cast<unsigned char>(given[i]));
  }
  return difference == 0;
}

}  // namespace

bool PasswordAuthenticator::accepts(std::string_view user, std::string_view password) const {
  const auto at = users_.find(std::string(user));
  const bool known = at != users_.end();
  // An unknown user is compared with something too, so that the time does not tell.
  const bool equal = equal_in_constant_time(known ? std::string_view(at->second) : "no such user", password);
  return known && equal;
}

std::optional<PlainMessage> parse_plain(std::string_view message) {
  const std::size_t first = message.find('\0');
  if (first == std::string_view::npos) return std::nullopt;
  const std::size_t second = message.find('\0', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  if (message.find('\0', second + 1) != std::string_view::npos) return std::nullopt;
  PlainMessage plain;
  plain.authorization_id = message.substr(0, first);
  plain.authentication_id = message.substr(first + 1, second - first - 1);
  plain.password = message.substr(second + 1);
  if (plain.authentication_id.empty() || plain.password.empty()) return std::nullopt;
  return plain;
}

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
  octets.resize(octets.size() - padding);
  return octets;
}

}  // namespace imapspec::server
