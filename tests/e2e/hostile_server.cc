#include "tests/e2e/hostile_server.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <utility>

namespace imapspec::e2e {
namespace {

// bound_socket is a TCP socket on a free port of 127.0.0.1.
int bound_socket(runner::Address& address) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in name{};
  name.sin_family = AF_INET;
  name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof name;
  const bool bound = socket >= 0 && ::bind(socket, reinterpret_cast<const sockaddr*>(&name), sizeof name) == 0 &&
                     ::getsockname(socket, reinterpret_cast<sockaddr*>(&name), &size) == 0;
  EXPECT_TRUE(bound);
  address = {.host = "127.0.0.1", .port = ntohs(name.sin_port)};
  return socket;
}

}  // namespace

bool Peer::send(std::string_view octets) {
  while (!octets.empty()) {
    const ssize_t size = ::send(socket_, octets.data(), octets.size(), MSG_NOSIGNAL);
    if (size <= 0) return false;
    octets.remove_prefix(static_cast<std::size_t>(size));
  }
  return true;
}

std::optional<std::string> Peer::read_line() {
  while (true) {
    if (const std::size_t end = received_.find("\r\n"); end != std::string::npos) {
      std::string line = received_.substr(0, end);
      received_.erase(0, end + 2);
      return line;
    }
    std::array<char, 4096> buffer;
    const ssize_t size = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (size <= 0) return std::nullopt;
    received_.append(buffer.data(), static_cast<std::size_t>(size));
  }
}

void Peer::end_sending() { ::shutdown(socket_, SHUT_WR); }

HostileServer::HostileServer(Behaviour behaviour) : behaviour_(std::move(behaviour)) {
  listener_ = bound_socket(address_);
  EXPECT_EQ(::listen(listener_, 64), 0);
  accepting_ = std::jthread([this] { accept_connections(); });
}

HostileServer::~HostileServer() {
  die();
  accepting_.join();
  conversations_.clear();  // joins them; nobody adds more
  ::close(listener_);
}

void HostileServer::die() {
  const std::scoped_lock lock(mutex_);
  dead_ = true;
  ::shutdown(listener_, SHUT_RDWR);  // wakes accept(); the port refuses from now on
  for (const int socket : open_) ::shutdown(socket, SHUT_RDWR);
}

void HostileServer::accept_connections() {
  while (true) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    const std::scoped_lock lock(mutex_);
    if (dead_ || socket < 0) {
      if (socket >= 0) ::close(socket);
      return;
    }
    open_.insert(socket);
    conversations_.emplace_back([this, socket] { converse(socket); });
  }
}

void HostileServer::converse(int socket) {
  Peer peer(socket);
  behaviour_(peer);
  const std::scoped_lock lock(mutex_);
  open_.erase(socket);
  ::close(socket);
}

runner::Address unused_address() {
  runner::Address address;
  ::close(bound_socket(address));
  return address;
}

std::string sane_answer(const std::string& tag, std::string_view command) {
  if (command == "CAPABILITY") return "* CAPABILITY IMAP4rev2\r\n" + tag + " OK done\r\n";
  if (command == "LOGOUT") return "* BYE see you\r\n" + tag + " OK done\r\n";
  if (command == "EXAMINE") {
    return "* 0 EXISTS\r\n* FLAGS (\\Seen)\r\n* LIST () NIL INBOX\r\n* OK [UIDVALIDITY 1] ok\r\n"
           "* OK [UIDNEXT 1] ok\r\n* OK [PERMANENTFLAGS ()] none\r\n" +
           tag + " OK [READ-ONLY] done\r\n";
  }
  return tag + " OK done\r\n";
}

void SaneAtFirst::operator()(Peer& peer) {
  bool greeted = peer.send(sane_ ? "* OK [CAPABILITY IMAP4rev2] ready\r\n" : greeting_ + "\r\n");
  while (greeted) {
    const auto line = peer.read_line();
    if (!line) return;
    if (!sane_) {
      if (!after_(peer, *line)) return;
      continue;
    }
    const std::size_t space = line->find(' ');
    const std::string_view rest = std::string_view(*line).substr(space == std::string::npos ? line->size() : space + 1);
    const std::string_view word = rest.substr(0, rest.find(' '));
    if (word == "LOGOUT") sane_ = false;
    if (!peer.send(sane_answer(line->substr(0, space), word))) return;
  }
}

}  // namespace imapspec::e2e
