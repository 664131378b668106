// The reference server on its ports.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "server/faults/faults.h"
#include "server/net/certificate.h"
#include "server/net/connection.h"
#include "server/session/options.h"

namespace imapspec::server {

class Store;

// ServerConfig is where a server listens and how.
struct ServerConfig {
  std::string host = "127.0.0.1";  // a name or an address of this machine
  std::uint16_t port = 0;          // cleartext and STARTTLS; 0 takes a free one
  std::uint16_t tls_port = 0;      // implicit TLS
  Certificate certificate;
  CertificateMaker rsa_certificate;  // for clients that cannot use the first one; empty: there is none
  std::string client_authority;  // verifies the certificates of clients (PEM), for EXTERNAL; empty: none is asked for
  SessionOptions session;
  FaultSet faults;
  std::string transcript;  // the file to write what is said to; empty for none
  double time_scale = 1;   // how much faster than time the sessions' clock runs
};

// Server listens from its creation on and serves while run() runs, on that one thread.
class Server {
 public:
  // create opens both ports. The store has to outlive the server, and is used by run() only.
  // The error is a sentence.
  static std::expected<std::unique_ptr<Server>, std::string> create(Store& store, ServerConfig config);

  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  // host is the address that the ports were opened on; an IPv6 address has no brackets.
  [[nodiscard]] const std::string& host() const;
  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] std::uint16_t tls_port() const;

  // most_waiting is the most octets that ever waited to be sent in one connection's session. From any thread.
  [[nodiscard]] std::size_t most_waiting() const;

  // run serves until stop(), and closes all connections then.
  void run();

  // call has run() call `what`, between what its sessions do. From any thread.
  void call(std::function<void()> what);

  // stop ends run(), from any thread, now or as soon as it begins.
  void stop();

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace imapspec::server
