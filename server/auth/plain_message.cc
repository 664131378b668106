#include "server/auth/plain_message.h"

#include <cstddef>

#include "parser/core/utf8.h"

namespace imapspec::server {

std::optional<PlainMessage> parse_plain(std::string_view message) {
  const std::size_t first = message.find('\0');
  if (first == std::string_view::npos) return std::nullopt;
  const std::size_t second = message.find('\0', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  PlainMessage plain;
  plain.authorization_id = message.substr(0, first);
  plain.authentication_id = message.substr(first + 1, second - first - 1);
  plain.password = message.substr(second + 1);
  if (plain.authentication_id.empty() || plain.password.empty()) return std::nullopt;
  for (const std::string_view part : {plain.authorization_id, plain.authentication_id, plain.password}) {
    if (!is_utf8_text(part)) return std::nullopt;
  }
  return plain;
}

bool is_utf8_text(std::string_view text) {
  while (!text.empty()) {
    const auto octet = static_cast<unsigned char>(text.front());
    if (octet == 0) return false;
    const std::size_t octets = octet < 0x80 ? 1 : parser::utf8_char(text).octets;
    if (octets == 0) return false;
    text.remove_prefix(octets);
  }
  return true;
}

}  // namespace imapspec::server
