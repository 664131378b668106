// The other end of a connection, as a test wants it to behave.
#pragma once

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/ssl/context.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "runner/run/link.h"
#include "server/net/certificate.h"

namespace imapspec::runner {

using asio::ip::tcp;

// Peer listens on a free port of the loopback and runs `behaviour`, on a thread, with the first
// connection. It waits for its end when it is destroyed, so the test's link has to be destroyed
// before it, and the behaviour has to end when the link does.
class Peer {
 public:
  explicit Peer(std::function<void(tcp::socket&)> behaviour);
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;
  ~Peer();

  // finish waits for the end of the behaviour: what it has written can be read after that.
  void finish();

  // dial connects to it.
  std::unique_ptr<Link> dial();

  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  asio::io_context context_;
  tcp::acceptor acceptor_;
  std::uint16_t port_;
  std::thread thread_;
};

// within is a deadline. The long ones are only ever waited for when a test fails.
inline Deadline within(std::chrono::milliseconds time) { return Clock::now() + time; }
inline Deadline soon() { return within(std::chrono::seconds(20)); }

// read_until_end takes octets until the other side closes, and yields their number.
std::size_t read_until_end(tcp::socket& socket);

// receive_all receives until the connection ends, and yields all octets.
std::string receive_all(Link& link);

// certificate_for makes a certificate for one name or address, and its authority.
server::MadeCertificate certificate_for(const std::string& name);

// tls_context is a plain server's, with this certificate.
asio::ssl::context tls_context(const server::Certificate& certificate);

}  // namespace imapspec::runner
