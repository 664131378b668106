// What has to be there before a scenario begins: commands that have to succeed, and messages with their flags.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runner/match/bindings.h"
#include "runner/run/conversation.h"
#include "runner/scenario/scenario.h"

namespace imapspec::runner {

// Blocked is why a scenario cannot begin.
struct Blocked {
  std::string reason;
  Verdict verdict = Verdict::Error;  // Skip where a right server may do that
};

// must_succeed sends one command, in which bindings are expanded. The error says what was sent and what came instead
// of OK; its verdict is `refusal` where the server answered NO or BAD.
std::expected<Exchange, Blocked> must_succeed(Conversation& conversation, const Bindings& bindings,
                                              std::string_view command, Verdict refusal = Verdict::Error);

// put_messages appends messages to an empty mailbox, which `mailbox` names as commands do: "{mailbox}". A message has
// all of its flags then, or there is an error: APPEND only SHOULD set them (RFC 9051 section 6.3.12), and STORE may be
// asked for what it left out. The mailbox is not selected afterwards, and was not selected but for that.
std::expected<void, Blocked> put_messages(Conversation& conversation, const Bindings& bindings,
                                          std::string_view mailbox, const std::vector<Fixture>& messages);

}  // namespace imapspec::runner
