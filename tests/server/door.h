// A server as people meet it before they are logged in, without its network.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "server/auth/authentication.h"
#include "server/auth/gnu_sasl.h"
#include "server/session/session.h"
#include "server/store/store.h"

namespace imapspec::server {

// with_all_mechanisms are options that have each of them configured.
inline SessionOptions with_all_mechanisms() {
  SessionOptions options;
  options.mechanisms.clear();
  for (const Mechanism& mechanism : mechanisms()) options.mechanisms.emplace_back(mechanism.name);
  return options;
}

// Door has GNU SASL, TLS facts for every mechanism, and a clock that tests turn.
class Door {
 public:
  explicit Door(SessionOptions options = with_all_mechanisms())
      : options_(std::move(options)), store_([] { return std::chrono::system_clock::time_point(); }) {
    authentication_.mechanisms = make_gnu_sasl();
    peer_.tls = {.version = "TLSv1.2",
                 .exporter = std::string(32, '\x01'),
                 .unique = std::string(12, '\x02'),
                 .certificate_name = "alice"};
  }

  // Visit is a session through this door.
  class Visit {
   public:
    Visit(Door& door, const std::string& address)
        : door_(door), session_(door.store_, door.options_, faults_, &door.authentication_) {
      Peer peer = door.peer_;
      peer.address = address;
      session_.on_time(door.now_);
      session_.on_connected(true, peer);
      greeting = heard();
    }
    // say sends a line, and hears what is said at once.
    std::string say(const std::string& line) {
      session_.on_time(door_.now_);
      session_.on_octets(line + "\r\n");
      return heard();
    }
    std::string heard() {
      session_.on_time(door_.now_);
      const std::string all(session_.output(std::string::npos));
      session_.sent(all.size());
      return all;
    }
    Session& session() { return session_; }
    std::string greeting;

   private:
    Door& door_;
    FaultSet faults_;
    Session session_;
  };

  std::unique_ptr<Visit> visit(const std::string& address = "192.0.2.1") {
    return std::make_unique<Visit>(*this, address);
  }
  void wait(std::chrono::milliseconds time) { now_ += time; }
  Peer& peer() { return peer_; }

 private:
  SessionOptions options_;
  Store store_;
  Authentication authentication_;
  Peer peer_;
  std::chrono::steady_clock::time_point now_{std::chrono::hours(1)};
};

}  // namespace imapspec::server
