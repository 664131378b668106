// The connections that one scenario has open.
#pragma once

#include <cstddef>
#include <deque>
#include <expected>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "runner/run/conversation.h"
#include "runner/run/start.h"
#include "runner/scenario/scenario.h"

namespace imapspec::runner {

// Connection is one of them: what it is meant to be, and what was said last on it.
struct Connection {
  ConnectionPlan plan;
  Transcript transcript;
  std::optional<Conversation> conversation;  // nullopt before its first use
  Start state = Start::Dialled;              // in which the conversation began
  Exchange exchange;                         // the last one
  TlsSession session;                        // of the handshake before this one
  Where where;                               // the step that is on
  std::vector<Observed> observed;            // in conversations that are over
};

// Connections holds the scenario's own connection and its others. Different connections may be used by different
// threads at a time.
class Connections {
 public:
  // All must outlive the connections. Nothing is waited for after `end`.
  Connections(const Scenario& scenario, const RunContext& context, parser::Profile grammar,
              const Transcript& transcript, Clock::time_point end);

  // at is a connection by its index in a Step.
  Connection& at(std::size_t index) { return connections_[index]; }

  // open brings a connection into a state, closing what it was before. The first one of the first user that logs
  // in makes the scratch mailbox.
  std::expected<void, Blocked> open(Connection& connection, Start start, const Bindings& bindings);

  // close_all ends all conversations. What they found is in their connections afterwards.
  void close_all();

  [[nodiscard]] std::deque<Connection>& all() { return connections_; }
  [[nodiscard]] bool scratch_built() const { return scratch_built_; }
  [[nodiscard]] Clock::time_point end() const { return end_; }

  // over says why nothing more is to be done: an interruption, or no time that is left. Nothing otherwise.
  [[nodiscard]] std::optional<std::string> over() const;

  // is_logged_in says whether somebody is, as far as the conversation goes, or else the plan.
  [[nodiscard]] bool is_logged_in(const Connection& connection) const;

  // most_bad_commands is how many the server bears on a connection, logged in as it is.
  [[nodiscard]] std::size_t most_bad_commands(const Connection& connection) const;

  // too_bad says why a step is not done that would go beyond that, since BAD is expected of it. A new connection in the
  // middle of a scenario would change what it means.
  [[nodiscard]] std::optional<std::string> too_bad(const Connection& connection, const Step& step) const;

  // worn_out says whether a connection has had as many bad commands as the server bears: it may end it.
  [[nodiscard]] bool worn_out(const Connection& connection) const;

 private:
  void finish(Connection& connection);
  // rules are those for what the scenario sends.
  [[nodiscard]] SendRules rules() const;

  const Scenario& scenario_;
  const RunContext& context_;
  parser::Profile grammar_;
  Clock::time_point end_;
  const std::shared_ptr<MailboxKnowledge> knowledge_ = std::make_shared<MailboxKnowledge>();
  std::deque<Connection> connections_;
  std::mutex building_;  // of the scratch mailbox
  bool scratch_built_ = false;
};

}  // namespace imapspec::runner
