// SASL exchanges, sans I/O: octets in, octets out. Base64 is not their business.
//
// RFC 4422 sections 3, 5
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/auth/authenticator.h"
#include "server/auth/mechanism.h"
#include "server/auth/tls_facts.h"

namespace imapspec::server {

// SaslStep is what a mechanism makes of what the client sent.
struct SaslStep {
  enum class Kind : std::uint8_t {
    Challenge,  // `octets` is to be sent, and the client's answer is the next step
    Done,       // `user` is authenticated. `octets`, if any, is additional data with success
    Failed,     // wrong credentials, or no message of the mechanism: nobody is told which
  };
  Kind kind = Kind::Failed;
  std::string octets;
  std::string user;
  std::string authorization_id;  // as whom the client wants to act; empty: as `user`
};

// SaslExchange is one exchange with one client. After Done or Failed it takes no more steps.
class SaslExchange {
 public:
  SaslExchange() = default;
  SaslExchange(const SaslExchange&) = delete;
  SaslExchange& operator=(const SaslExchange&) = delete;
  virtual ~SaslExchange() = default;

  // step goes on with what the client sent. The first step of a mechanism that the server begins is
  // given nothing; that of the others has the client's first message.
  virtual SaslStep step(std::string_view octets) = 0;
};

// SaslParties is what an exchange may rely on; all of it must outlive the exchange.
struct SaslParties {
  const Authenticator& users;
  const TlsFacts& tls;
  // A mechanism with channel binding is offered too. Then a client that can bind and was not offered
  // it has met somebody in between (RFC 5802 section 6).
  bool offers_binding = false;
};

// SaslMechanisms is an implementation of some mechanisms.
class SaslMechanisms {
 public:
  SaslMechanisms() = default;
  SaslMechanisms(const SaslMechanisms&) = delete;
  SaslMechanisms& operator=(const SaslMechanisms&) = delete;
  virtual ~SaslMechanisms() = default;

  // has says whether start() knows the mechanism.
  [[nodiscard]] virtual bool has(const Mechanism& mechanism) const = 0;

  // start begins an exchange; nullptr where the mechanism is not there.
  virtual std::unique_ptr<SaslExchange> start(const Mechanism& mechanism, const SaslParties& parties) = 0;

  // prepare is SASLprep (RFC 4013) of a name or password that a client sent; nullopt where it
  // cannot be prepared, or nothing is left of it.
  [[nodiscard]] virtual std::optional<std::string> prepare(std::string_view text) const = 0;
};

// kAnonymousUser is the account of all that come with the mechanism ANONYMOUS.
inline constexpr std::string_view kAnonymousUser = "anonymous";

}  // namespace imapspec::server
