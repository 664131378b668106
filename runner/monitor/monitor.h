// The always-on model of the protocol: what holds in every session, whatever a scenario is about.
//
// RFC 9051 sections 2.2, 3, 5.2, 6.1.3, 7
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parser/grammar/command.h"
#include "parser/grammar/response.h"
#include "runner/result/result.h"

namespace imapspec::runner {

// monitor_requirements is the ledger's rows that the monitor and the grammar check.
std::span<const Requirement> monitor_requirements();

inline constexpr std::string_view kFormalSyntax = "9/formal-syntax";

// Violation is something no server may do. `requirement` is one of monitor_requirements().
struct Violation {
  std::string requirement;
  std::string deviation;  // short, without values of one run
  std::string message;
};

// Monitor follows one connection. It is told all that is sent and received, in order, and never
// needs to know what a scenario is about. Where it cannot know, it stays silent.
class Monitor {
 public:
  // on_sent takes one unit as it was sent: a command with its literals (or up to one of them, where the
  // rest may never be sent), or a further line of AUTHENTICATE or IDLE.
  void on_sent(std::string_view unit, const parser::Profile& profile);

  // on_literal_announced says that a command has been sent up to a synchronizing literal.
  void on_literal_announced() {
    ++continuations_due_;
    ++literals_due_;
  }

  // on_response takes one response that parsed (possibly after repair).
  void on_response(const parser::Response& response, const parser::Profile& profile);

  // on_greeting takes the greeting.
  void on_greeting(const parser::StatusResponse& greeting);

  // on_tls says that a handshake succeeded: nothing is pending any more.
  void on_tls() { pending_.clear(); }

  // take hands over the violations found since the last call.
  std::vector<Violation> take();

 private:
  struct Pending {
    std::string tag;
    std::string name;  // as command_name() has it; empty for what is no command
  };

  void report(std::string_view requirement, std::string deviation, std::string message);
  void on_status(const parser::StatusResponse& status);
  void on_completed(const parser::StatusResponse& status);
  void on_continue();
  void on_exists(const parser::Exists& exists);
  void on_expunge(const parser::Expunge& expunge);
  void on_vanished(const parser::Vanished& vanished);
  // check_renumbering reports a response that changes sequence numbers while they are in use.
  void check_renumbering(std::string_view requirement, std::string_view what);
  void on_fetch(const parser::Fetch& fetch, const parser::Profile& profile);
  [[nodiscard]] bool in_progress(std::string_view name) const;
  [[nodiscard]] bool selecting() const;
  bool check_selected(std::string_view what);
  void forget_mailbox();

  std::vector<Pending> pending_;
  std::vector<std::string> completed_;  // tags, so that a second completion is told apart
  std::size_t continuations_due_ = 0;
  std::size_t literals_due_ = 0;  // of them, those that a literal waits for
  bool idling_ = false;           // the client's next line belongs to IDLE
  bool selected_ = false;
  bool opened_ = false;  // of the mailbox that is being selected there was news
  bool bye_ = false;
  std::optional<std::uint32_t> count_;           // messages in the selected mailbox
  std::map<std::uint32_t, std::uint32_t> uids_;  // by sequence number, where known
  std::vector<Violation> violations_;
};

}  // namespace imapspec::runner
