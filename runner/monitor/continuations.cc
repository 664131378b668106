#include "runner/monitor/continuations.h"

#include <fmt/format.h>

#include <algorithm>

#include "parser/grammar/authenticate.h"
#include "parser/grammar/parse.h"

namespace imapspec::runner {

void Continuations::on_literal_announced() {
  ++due_;
  ++session_.literals_due;
}

void Continuations::on_sent(const SentCommand& command) {
  if (!command.parsed) return;
  idling_ = command.name == "IDLE";
  if (idling_ || command.name == "AUTHENTICATE") ++due_;
}

void Continuations::on_line(std::string_view unit) {
  // After DONE other commands may come before IDLE has completed.
  session_.commands.add_stray(unit);
  if (idling_ && parser::parse_idle_done(unit)) idling_ = false;
  constexpr std::size_t kLongest = 4'096;
  if (authenticating() && unit.size() <= kLongest) session_.sasl_line.assign(unit);
}

void Continuations::on_continue(const parser::ContinueReq& request) {
  if (due_ > 0) {
    if (authenticating() && session_.literals_due == 0 && !parser::Base64::from(request.octets.octets())) {
      session_.reports.add(CheckId::ChallengeIsBase64, "a challenge that is not base64",
                           fmt::format("the continuation request of AUTHENTICATE has no base64: {}",
                                       parser::escape_octets(request.octets)));
    }
    // An AUTHENTICATE exchange may go on for as many rounds as the mechanism wants.
    if (!authenticating()) --due_;
    if (session_.literals_due > 0) --session_.literals_due;
    return;
  }
  // A server that takes a wrong IDLE or AUTHENTICATE waits for what belongs to it.
  if (session_.commands.unsure_in_progress("AUTHENTICATE")) return;
  if (session_.commands.unsure_in_progress("IDLE")) {
    idling_ = true;
    return;
  }
  session_.reports.add(CheckId::ContinuationOnlyWhenDue, "a continuation request that nothing waits for",
                       "a continuation request came, but no literal, AUTHENTICATE or IDLE waits for one");
}

void Continuations::on_untagged_bad() {
  if (!session_.commands.pending().empty()) return;
  due_ -= std::min(due_, session_.literals_due);
  session_.literals_due = 0;
}

void Continuations::on_completed(const SentCommand& command) {
  const bool last = session_.commands.pending().empty();
  if (command.name == "AUTHENTICATE" || command.name == "IDLE" || last) due_ = 0;
  if (last) session_.literals_due = 0;
  if (command.name == "IDLE") idling_ = false;
}

}  // namespace imapspec::runner
