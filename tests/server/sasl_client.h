// The client's half of SASL, by GNU SASL: an opinion that is not the server's.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace imapspec::server {

// Credentials are what a client has.
struct Credentials {
  std::string user = "alice";
  std::string password = "secret-alice";
  std::string authorization_id = {};
  std::string exporter = {};  // channel bindings
  std::string unique = {};
};

// SaslClient is one exchange.
class SaslClient {
 public:
  SaslClient(std::string_view mechanism, Credentials credentials);
  SaslClient(const SaslClient&) = delete;
  SaslClient& operator=(const SaslClient&) = delete;
  ~SaslClient();

  // step answers what the server sent; nullopt where the client would not go on with such a server.
  std::optional<std::string> step(std::string_view octets);

  // satisfied is true once the client has nothing left to ask: the server proved itself where it can.
  [[nodiscard]] bool satisfied() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace imapspec::server
