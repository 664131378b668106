// When the server may ask for more of a command.
//
// RFC 9051 sections 4.3, 6.2.2, 6.3.13, 7.6
#pragma once

#include <cstddef>

#include "parser/grammar/response.h"
#include "runner/monitor/session.h"

namespace imapspec::runner {

// Continuations counts the continuation requests that are owed.
class Continuations {
 public:
  explicit Continuations(Session& session) : session_(session) {}

  void on_literal_announced();
  void on_sent(const SentCommand& command);
  // on_line takes a line of a command in progress: of AUTHENTICATE or IDLE.
  void on_line(std::string_view unit);
  void on_continue(const parser::ContinueReq& request);
  // on_untagged_bad is for a line without a tag, which is refused with its literal.
  void on_untagged_bad();
  void on_completed(const SentCommand& command);

  // takes_lines says whether what the client sends next belongs to a command in progress.
  [[nodiscard]] bool takes_lines() const { return idling_ || authenticating(); }

 private:
  [[nodiscard]] bool authenticating() const {
    return session_.commands.in_progress("AUTHENTICATE") && !session_.commands.unsure_in_progress("AUTHENTICATE");
  }

  Session& session_;
  std::size_t due_ = 0;
  bool idling_ = false;  // the client's next line belongs to IDLE
};

}  // namespace imapspec::runner
