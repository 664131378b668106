// Passes octets between clients and one server, under TLS or not, and lets somebody listen.
//
// RFC 9051 sections 6.2.1, 11.1
#pragma once

#include <atomic>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "runner/run/link.h"
#include "runner/transport/resolver.h"

namespace imapspec::runner {

// RelayTap is told what passes on one connection, in order. It outlives the connection.
class RelayTap {
 public:
  RelayTap() = default;
  RelayTap(const RelayTap&) = delete;
  RelayTap& operator=(const RelayTap&) = delete;
  virtual ~RelayTap() = default;

  virtual void on_client(std::string_view octets) = 0;

  // on_server yields how many of `octets` belong before TLS, when the server agrees to STARTTLS in them: both
  // connections do their handshakes then, and what follows in the clear goes nowhere.
  virtual std::optional<std::size_t> on_server(std::string_view octets) = 0;

  virtual void on_tls() = 0;

  // on_closed is told once, at the end of both.
  virtual void on_closed() = 0;

  // on_note is told what is neither: an end, and why.
  virtual void on_note(std::string_view text) = 0;
};

// RelayOptions is where the relay stands and whom it is to both sides.
struct RelayOptions {
  Address listen;  // port 0: any free one
  Address server;
  bool implicit_tls = false;     // on both sides
  TlsOptions tls;                // what the server's certificate is verified against
  std::string certificate;       // PEM of the chain that clients see
  std::string key;               // PEM
  std::size_t connections = 64;  // at once
};

// Relay listens from its creation on.
class Relay {
 public:
  // create yields a sentence where it cannot listen, or the certificates cannot be used. `new_tap` is called for
  // each connection, which is closed at once where it yields none.
  static std::expected<Relay, std::string> create(const RelayOptions& options,
                                                  std::function<std::shared_ptr<RelayTap>()> new_tap);
  Relay(Relay&&) noexcept;
  Relay& operator=(Relay&&) noexcept;
  ~Relay();

  [[nodiscard]] std::uint16_t port() const;

  // run passes octets until `stop` is not 0; then all connections end.
  void run(const std::atomic<int>& stop);

 private:
  class Body;
  explicit Relay(std::unique_ptr<Body> body);
  std::unique_ptr<Body> body_;
};

}  // namespace imapspec::runner
