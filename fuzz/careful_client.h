// A client that keeps to the protocol whatever it is told to say.
#pragma once

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

  // say plays one unit from the front of the script, or as far as there is one, and yields what is left.
  std::string_view say(std::string_view script);

  // listen takes what the session has to say, and lets the time pass that it waits for.
  void listen();

  // is_over says whether the session wants to be closed.
  [[nodiscard]] bool is_over() const { return session_.wish() != server::Wish::None; }

 private:
  void give(std::string_view octets);
  void hear_output();

  server::Session& session_;
  Witness witness_;
};

}  // namespace imapspec::fuzz
