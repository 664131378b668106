// How commands end: tags, BAD, BYE, and what has to come before OK.
//
// RFC 9051 sections 2.2.2, 6, 7.1
#pragma once

#include "parser/grammar/response.h"
#include "runner/monitor/session.h"

namespace imapspec::runner {

// Completions follows tagged responses, and what ends the connection.
class Completions {
 public:
  explicit Completions(Session& session) : session_(session) {}

  void on_greeting(const parser::StatusResponse& greeting);

  // on_sent is told each unit of the client; `with_tag` where it is a command and no line of one.
  void on_sent(bool with_tag) { lines_without_tag_ += with_tag ? 0 : 1; }

  // on_response is told every response, before anything else is made of it.
  void on_response(const parser::Response& response);

  // on_untagged is told untagged OK, NO, BAD and BYE.
  void on_untagged(const parser::StatusResponse& status);

  // on_tagged takes the command out that the response completes; nullptr without one.
  const SentCommand* on_tagged(const parser::StatusResponse& status);

 private:
  void check_bad(const SentCommand& command);
  void check_answers(const SentCommand& command);
  void check_search(const SentCommand& command);

  Session& session_;
  std::size_t lines_without_tag_ = 0;
  bool bye_ = false;
  bool over_ = false;     // LOGOUT has completed
  bool refused_ = false;  // something was answered BAD or NO
};

}  // namespace imapspec::runner
