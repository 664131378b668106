// The server's half of SCRAM, for the mechanisms without chance.
//
// RFC 5802 sections 3, 5, 7; RFC 7677
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/auth/digest.h"
#include "server/auth/tls_facts.h"

namespace imapspec::server {

// ScramFirst is client-first-message, taken apart.
struct ScramFirst {
  std::string gs2_header;  // gs2-header, as sent
  std::string flag;        // "n", "y", or the name of the channel binding
  bool binds = false;      // the flag was "p="
  std::string authorization_id;
  std::string user;
  std::string bare;   // client-first-message-bare
  std::string nonce;  // c-nonce
};

// parse_scram_first yields nullopt where `message` is none, or demands an extension.
std::optional<ScramFirst> parse_scram_first(std::string_view message);

// ScramFinal is client-final-message, taken apart.
struct ScramFinal {
  std::string channel_binding;  // decoded
  std::string nonce;
  std::string without_proof;
  std::string proof;  // decoded
};

std::optional<ScramFinal> parse_scram_final(std::string_view message);

// ScramSignatures is what follows from a password and the messages.
struct ScramSignatures {
  std::string client_proof;
  std::string server_signature;
};

ScramSignatures scram_signatures(Hash hash, std::string_view salted, std::string_view auth_message);

}  // namespace imapspec::server
