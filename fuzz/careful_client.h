// A client that keeps to the protocol whatever it is told to say.
#pragma once

#include <string>
#include <string_view>

#include "fuzz/witness.h"
#include "server/session/session.h"

namespace imapspec::fuzz {

// CarefulClient feeds a session from a script of octets. It waits where a client has to wait: after
// the announcement of a synchronizing literal it goes on only when the session asked for the rest.
// All that the session answers has to please the witness.
class CarefulClient {
 public:
  CarefulClient(server::Session& session, const server::Offer& offer, GrammarJudges* judges)
      : session_(session), witness_(offer, judges) {}

  // connect starts the session under TLS, so that it takes logins.
  void connect();

  // say plays the script to its end, or to the session's.
  void say(std::string_view script);

  // listen takes what the session has to say; false once it wants to close.
  bool listen();

 private:
  bool give(std::string_view octets);

  server::Session& session_;
  Witness witness_;
};

}  // namespace imapspec::fuzz
