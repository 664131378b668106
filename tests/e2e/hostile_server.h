// Servers that behave badly on purpose.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "runner/transport/resolver.h"

namespace imapspec::e2e {

// Peer is one connection as a behaviour sees it. Calls fail once the client, or the server, is gone.
class Peer {
 public:
  explicit Peer(int socket) : socket_(socket) {}

  // send writes all octets; false when nobody takes them.
  bool send(std::string_view octets);

  // read_line yields the next line without its CRLF.
  std::optional<std::string> read_line();

  // end_sending closes our half of the connection only.
  void end_sending();

  [[nodiscard]] int socket() const { return socket_; }

 private:
  int socket_;
  std::string received_;
};

// HostileServer listens on a loopback port of its own. `behaviour` has the conversation of one connection, in a
// thread of its own; the connection is closed when it returns.
class HostileServer {
 public:
  using Behaviour = std::function<void(Peer&)>;

  explicit HostileServer(Behaviour behaviour);
  HostileServer(const HostileServer&) = delete;
  HostileServer& operator=(const HostileServer&) = delete;
  ~HostileServer();

  // die closes the port and all connections. Behaviours may call it.
  void die();

  [[nodiscard]] const runner::Address& address() const { return address_; }

 private:
  void accept_connections();
  void converse(int socket);

  Behaviour behaviour_;
  runner::Address address_;
  int listener_ = -1;
  std::mutex mutex_;  // guards what follows
  bool dead_ = false;
  std::set<int> open_;
  std::vector<std::jthread> conversations_;
  std::jthread accepting_;
};

// unused_address is a loopback port on which nobody listens.
runner::Address unused_address();

// sane_answer is that of an IMAP4rev2 server with an empty INBOX and nothing else.
std::string sane_answer(const std::string& tag, std::string_view command);

// SaneAtFirst is an IMAP4rev2 server without TLS that is right until the first LOGOUT, which ends the conversation
// with which a run begins. From then on `after` answers each line; when it yields false, the connection is closed.
class SaneAtFirst {
 public:
  using Answer = std::function<bool(Peer& peer, const std::string& line)>;

  // The greeting has to begin with "* OK ", and is sent once the sane part is over.
  SaneAtFirst(std::string greeting, Answer after) : greeting_(std::move(greeting)), after_(std::move(after)) {}

  void operator()(Peer& peer);

 private:
  std::string greeting_;
  Answer after_;
  std::atomic<bool> sane_{true};
};

}  // namespace imapspec::e2e
