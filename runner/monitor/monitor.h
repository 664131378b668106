// The always-on model of the protocol: what holds in every session, whatever a scenario is about.
//
// RFC 9051 sections 2.2, 3, 5.2, 6, 7
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "parser/core/arena.h"
#include "parser/grammar/command.h"
#include "parser/grammar/response.h"
#include "runner/monitor/capabilities.h"
#include "runner/monitor/check.h"
#include "runner/monitor/completions.h"
#include "runner/monitor/continuations.h"
#include "runner/monitor/fetches.h"
#include "runner/monitor/flags.h"
#include "runner/monitor/lists.h"
#include "runner/monitor/mailbox_knowledge.h"
#include "runner/monitor/secrets.h"
#include "runner/monitor/selected_state.h"
#include "runner/monitor/session.h"
#include "runner/monitor/violation.h"

namespace imapspec::runner {

inline constexpr std::string_view kFormalSyntax = "9/formal-syntax";

// known_code is the name of the response code that a text begins with which did not parse as one, in upper case; empty
// where no specification in force has it.
std::string known_code(std::string_view text, const parser::Profile& profile);

// MonitorFacts is what is known beside the octets of the connection.
struct MonitorFacts {
  std::shared_ptr<MailboxKnowledge> knowledge;  // shared by the connections of a scenario; without it, of this one
  std::vector<std::string> secrets;             // passwords, and the messages of PLAIN
  std::vector<Canary> canaries;                 // of all users
  std::vector<std::string> users;               // names of accounts
};

// Monitor follows one connection. It is told all that is sent and received, in order, and never
// needs to know what a scenario is about. Where it cannot know, it stays silent.
class Monitor {
 public:
  explicit Monitor(MonitorFacts facts = {});
  Monitor(const Monitor&) = delete;
  Monitor& operator=(const Monitor&) = delete;
  ~Monitor() = default;

  // on_sent takes one unit as it was sent: a command with its literals (or up to one of them, where the
  // rest may never be sent), or a further line of AUTHENTICATE or IDLE.
  void on_sent(std::string_view unit, const parser::Profile& profile);

  // on_sent_whole takes a command to its end, of which on_sent was told up to one of its literals.
  void on_sent_whole(std::string_view unit, const parser::Profile& profile);

  // on_continued takes what goes on with a command: a line of AUTHENTICATE or IDLE, or a literal that is not looked at.
  void on_continued(std::string_view unit);

  // on_literal_announced says that a command has been sent up to a synchronizing literal.
  void on_literal_announced() { continuations_.on_literal_announced(); }

  // on_octets takes one unit of the server as it came, whether it parses or not, before what is made of it.
  void on_octets(std::string_view unit);

  // on_response takes one response that parsed (possibly after repair).
  void on_response(const parser::Response& response, const parser::Profile& profile);

  // on_greeting takes the greeting.
  void on_greeting(const parser::StatusResponse& greeting);

  // on_tls says that a handshake succeeded: nothing is pending any more.
  void on_tls();

  // user is the name that was logged in with; empty where none was, or it was not seen.
  [[nodiscard]] std::string_view user() const {
    return session_.knows_user() ? std::string_view(session_.user) : std::string_view();
  }

  // in_progress is the commands that the last response may answer, as far as they were sent: the one that it completed
  // where that had the tag `completed`, or else all in progress. Valid until the next call of on_sent.
  [[nodiscard]] std::vector<std::string_view> in_progress(std::string_view completed) const;

  // take hands over the violations found since the last call.
  std::vector<Violation> take() { return session_.reports.take(); }

 private:
  void use(const parser::Profile& profile);
  void on_status(const parser::StatusResponse& received);
  void on_untagged(const parser::StatusResponse& status);
  void on_code(const parser::ResponseCode& code, const SentCommand* command);
  // with_code is the status with the code that only lacks the space or the text behind it.
  parser::StatusResponse with_code(const parser::StatusResponse& status, const parser::Profile& profile);
  void on_data(const parser::Response& response);
  void on_mailbox_data(const parser::Response& response);

  Session session_;
  Completions completions_{session_};
  Continuations continuations_{session_};
  Capabilities capabilities_{session_};
  SelectedState selected_state_{session_};
  Flags flags_{session_};
  Fetches fetches_{session_, selected_state_};
  Lists lists_{session_};
  Unspeakable unspeakable_;
  std::string bare_octets_;   // what the code of with_code views
  parser::Arena bare_arena_;  // what it views too
  bool unread_ = false;       // the last octets have not become a response yet
  bool blind_ = false;        // octets are compressed: what comes is not what it seems
};

}  // namespace imapspec::runner
