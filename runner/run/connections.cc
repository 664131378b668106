#include "runner/run/connections.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace imapspec::runner {

Connections::Connections(const Scenario& scenario, const RunContext& context, parser::Profile grammar,
                         const Transcript& transcript, Clock::time_point end)
    : scenario_(scenario), context_(context), grammar_(grammar), end_(end) {
  const bool several = !scenario.connections.empty();
  const auto add = [&](const ConnectionPlan& plan) {
    connections_.push_back({.plan = plan,
                            .transcript = several ? transcript.of(plan.name) : transcript,
                            .conversation = {},
                            .exchange = {},
                            .session = {},
                            .violations = {},
                            .grammar_findings = {}});
  };
  add({.name = std::string(kMainConnection),
       .second_user = false,
       .start = scenario.start,
       .tls = scenario.tls,
       .where = scenario.where});
  for (const ConnectionPlan& plan : scenario.connections) add(plan);
}

void Connections::finish(Connection& connection) {
  if (!connection.conversation) return;
  if (auto session = connection.conversation->session()) connection.session = std::move(session);
  connection.conversation->hear_unasked();
  std::ranges::move(connection.conversation->take_violations(), std::back_inserter(connection.violations));
  std::ranges::move(connection.conversation->take_grammar_findings(), std::back_inserter(connection.grammar_findings));
  connection.conversation->close();
}

void Connections::close_all() {
  for (Connection& connection : connections_) finish(connection);
}

std::expected<void, Blocked> Connections::open(Connection& connection, Start start, const Bindings& bindings) {
  finish(connection);
  connection.conversation.emplace(context_, grammar_, connection.transcript);
  connection.conversation->set_patience(
      {.answer = context_.options.answer_timeout, .end = end_, .interrupted = &context_.interrupted});
  const bool may_build = scenario_.scratch && start >= Start::Authenticated && !connection.plan.second_user;
  // Whoever else needs the mailbox waits until it is there.
  std::unique_lock building(building_, std::defer_lock);
  if (may_build) building.lock();
  const bool build = may_build && !std::exchange(scratch_built_, true);
  if (may_build && !build) building.unlock();
  const StartRequest request{.start = start,
                             .tls = connection.plan.tls,
                             .messages = build ? &scenario_.messages : nullptr,
                             .scratch = scenario_.scratch,
                             .second_user = connection.plan.second_user};
  auto reached = reach_start(*connection.conversation, context_, request, bindings);
  if (!reached) return std::unexpected(std::move(reached.error()));
  connection.exchange = *std::move(reached);
  return {};
}

}  // namespace imapspec::runner
