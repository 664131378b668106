// Reaching a start state: connection, TLS, login, scratch mailbox.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "runner/match/bindings.h"
#include "runner/run/conversation.h"
#include "runner/run/preparation.h"
#include "runner/scenario/scenario.h"

namespace imapspec::runner {

// StartRequest is what to build.
struct StartRequest {
  Start start = Start::Connected;
  TlsUse tls = TlsUse::Default;
  const std::vector<Fixture>* messages = nullptr;  // nullptr: no scratch mailbox, or it exists already
  bool scratch = false;
  bool second_user = false;
};

// missing_door says which port a scenario needs that nobody named; nullopt where it has one.
std::optional<std::string> missing_door(const RunContext& context, TlsUse tls);

// reach_start opens the conversation and brings it into the state. It yields the exchange that
// expectations at the beginning of a scenario are about: the greeting, or the answer to SELECT.
std::expected<Exchange, Blocked> reach_start(Conversation& conversation, const RunContext& context,
                                             const StartRequest& request, const Bindings& bindings);

// as_second_user is the bindings with the second user in the place of the first.
Bindings as_second_user(const Bindings& bindings, const RunContext& context);

}  // namespace imapspec::runner
