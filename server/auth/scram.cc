#include "server/auth/scram.h"

#include <algorithm>
#include <cstddef>

#include "server/auth/base64.h"
#include "server/auth/plain_message.h"

namespace imapspec::server {

namespace {

// take cuts off what stands in front of the next comma; nullopt where there is no comma.
std::optional<std::string_view> take(std::string_view& text) {
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const std::string_view part = text.substr(0, comma);
  text.remove_prefix(comma + 1);
  return part;
}

// value_of is what follows "x=", if that is how the attribute begins and something follows.
std::optional<std::string_view> value_of(char name, std::string_view attribute) {
  if (attribute.size() < 3 || attribute[0] != name || attribute[1] != '=') return std::nullopt;
  return attribute.substr(2);
}

// saslname: "," and "=" are written "=2C" and "=3D".
std::optional<std::string> saslname(std::string_view text) {
  std::string name;
  while (!text.empty()) {
    if (text.front() != '=') {
      name += text.front();
      text.remove_prefix(1);
      continue;
    }
    if (!text.starts_with("=2C") && !text.starts_with("=3D")) return std::nullopt;
    name += text[1] == '2' ? ',' : '=';
    text.remove_prefix(3);
  }
  if (!is_utf8_text(name)) return std::nullopt;
  return name;
}

bool is_nonce(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7F' && c != ','; });
}

std::string exclusive_or(std::string text, std::string_view other) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    text[i] = static_cast<char>(static_cast<unsigned char>(text[i]) ^ static_cast<unsigned char>(other[i]));
  }
  return text;
}

}  // namespace

std::optional<ScramFirst> parse_scram_first(std::string_view message) {
  ScramFirst first;
  std::string_view left = message;
  const auto flag = take(left);
  const auto authorization = take(left);
  if (!flag || !authorization) return std::nullopt;
  if (const auto binding = value_of('p', *flag)) {
    first.binds = true;
    first.flag = *binding;
  } else if (*flag == "n" || *flag == "y") {
    first.flag = *flag;
  } else {
    return std::nullopt;
  }
  if (!authorization->empty()) {
    const auto value = value_of('a', *authorization);
    const auto name = value ? saslname(*value) : std::nullopt;
    if (!name) return std::nullopt;
    first.authorization_id = *name;
  }
  first.gs2_header = message.substr(0, message.size() - left.size());
  first.bare = left;
  const auto user = take(left);
  const auto user_value = user ? value_of('n', *user) : std::nullopt;
  const auto name = user_value ? saslname(*user_value) : std::nullopt;
  if (!name) return std::nullopt;
  first.user = *name;
  // What follows the nonce are extensions, which may be ignored.
  const auto nonce = value_of('r', left.substr(0, left.find(',')));
  if (!nonce || !is_nonce(*nonce)) return std::nullopt;
  first.nonce = *nonce;
  return first;
}

std::optional<ScramFinal> parse_scram_final(std::string_view message) {
  ScramFinal result;
  const std::size_t proof_at = message.rfind(",p=");
  if (proof_at == std::string_view::npos) return std::nullopt;
  result.without_proof = message.substr(0, proof_at);
  const auto proof = decode_base64(message.substr(proof_at + 3));
  std::string_view left = result.without_proof;
  const auto binding = take(left);
  const auto binding_value = binding ? value_of('c', *binding) : std::nullopt;
  const auto data = binding_value ? decode_base64(*binding_value) : std::nullopt;
  const auto nonce = value_of('r', left.substr(0, left.find(',')));
  if (!proof || !data || !nonce) return std::nullopt;
  result.channel_binding = *data;
  result.nonce = *nonce;
  result.proof = *proof;
  return result;
}

ScramSignatures scram_signatures(Hash hash, std::string_view salted, std::string_view auth_message) {
  const std::string client_key = hmac(hash, salted, "Client Key");
  const std::string client_signature = hmac(hash, digest(hash, client_key), auth_message);
  return {.client_proof = exclusive_or(client_key, client_signature),
          .server_signature = hmac(hash, hmac(hash, salted, "Server Key"), auth_message)};
}

}  // namespace imapspec::server
