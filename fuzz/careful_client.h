// A client that keeps to the protocol whatever it is told to say.
#pragma once

#include <string>
#include <string_view>

#include "parser/framing/framer.h"
#include "runner/monitor/monitor.h"
#include "server/session/session.h"

namespace imapspec::fuzz {

// CarefulClient feeds a session from a script of octets. It waits where a client has to wait: after
// the announcement of a synchronizing literal it goes on only when the session asked for the rest.
// All that the session answers has to parse, and to satisfy the monitor.
class CarefulClient {
 public:
  explicit CarefulClient(server::Session& session) : session_(session) {}

  // connect starts the session under TLS, so that it takes logins.
  void connect();

  // say plays the script to its end, or to the session's.
  void say(std::string_view script);

  // heard is all that the session answered.
  [[nodiscard]] const std::string& heard() const { return heard_; }

 private:
  bool give(std::string_view octets);
  bool listen();

  server::Session& session_;
  parser::Framer from_server_{parser::Direction::FromServer};
  runner::Monitor monitor_;
  std::string heard_;
  bool greeted_ = false;
  bool continued_ = false;
};

}  // namespace imapspec::fuzz
