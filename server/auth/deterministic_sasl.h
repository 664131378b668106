// SASL mechanisms without chance, for tests and fuzzing: the same octets always get the same answer,
// whereas GNU SASL's nonces cannot be set. Nobody should serve the network with it.
//
// RFC 4505, 4616, 5802, 7677, 2195
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/auth/sasl.h"

namespace imapspec::server {

// DeterministicSasl has all of mechanisms(). It prepares nothing: a name is taken as it is sent.
class DeterministicSasl : public SaslMechanisms {
 public:
  struct Settings {
    std::string nonce = "fixed-nonce";  // the server's part of SCRAM's
    std::string salt = "fixed-salt";
    unsigned iterations = 4096;
    std::string challenge = "<1.1@localhost>";  // of CRAM-MD5
  };

  explicit DeterministicSasl(Settings settings) : settings_(std::move(settings)) {}
  DeterministicSasl() : DeterministicSasl(Settings()) {}

  [[nodiscard]] bool has(const Mechanism&) const override { return true; }
  std::unique_ptr<SaslExchange> start(const Mechanism& mechanism, const SaslParties& parties) override;
  [[nodiscard]] std::optional<std::string> prepare(std::string_view text) const override;

 private:
  Settings settings_;
};

}  // namespace imapspec::server
