#include "tests/transport/peer.h"

#include <gtest/gtest.h>

#include <array>
#include <asio/buffer.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "runner/transport/socket_dialer.h"

namespace imapspec::runner {

Peer::Peer(std::function<void(tcp::socket&)> behaviour)
    : acceptor_(context_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)),
      port_(acceptor_.local_endpoint().port()),
      thread_([this, behaviour = std::move(behaviour)] {
        tcp::socket socket(context_);
        asio::error_code error;
        acceptor_.accept(socket, error);
        if (error) return;
        behaviour(socket);
      }) {}

Peer::~Peer() { finish(); }

void Peer::finish() {
  if (!thread_.joinable()) return;
  // A test that never connected leaves the thread in accept(); this connection ends it.
  asio::error_code ignored;
  tcp::socket(context_).connect(tcp::endpoint(asio::ip::address_v4::loopback(), port_), ignored);
  thread_.join();
}

std::unique_ptr<Link> Peer::dial() {
  auto link = make_dialer(Address{"127.0.0.1", port_}, std::nullopt)->dial(Door::Cleartext, soon());
  if (!link) {
    ADD_FAILURE() << link.error().message;
    std::abort();
  }
  return *std::move(link);
}

std::size_t read_until_end(tcp::socket& socket) {
  std::array<char, 65'536> buffer;
  std::size_t octets = 0;
  asio::error_code error;
  while (!error) octets += socket.read_some(asio::buffer(buffer), error);
  return octets;
}

std::string receive_all(Link& link) {
  std::string all;
  while (const auto octets = link.receive(soon())) all += *octets;
  return all;
}

server::MadeCertificate certificate_for(const std::string& name) {
  const std::vector<std::string> names{name};
  auto made = server::make_certificate(names, std::chrono::system_clock::now());
  if (!made) {
    ADD_FAILURE() << made.error();
    std::abort();
  }
  return *std::move(made);
}

asio::ssl::context tls_context(const server::Certificate& certificate) {
  asio::ssl::context context(asio::ssl::context::tls_server);
  context.use_certificate_chain(asio::buffer(certificate.chain));
  context.use_private_key(asio::buffer(certificate.key), asio::ssl::context::pem);
  return context;
}

}  // namespace imapspec::runner
