#include "runner/run/connections.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <variant>

#include "runner/run/sasl_plain.h"
#include "runner/scenario/bad_answers.h"

namespace imapspec::runner {

Connections::Connections(const Scenario& scenario, const RunContext& context, parser::Profile grammar,
                         const Transcript& transcript, Clock::time_point end)
    : scenario_(scenario), context_(context), grammar_(grammar), end_(end) {
  const bool several = !scenario.connections.empty();
  const auto add = [&](const ConnectionPlan& plan) {
    // In its place: a conversation cannot be moved.
    connections_.emplace_back(plan, several ? transcript.of(plan.name) : transcript);
  };
  add({.name = std::string(kMainConnection),
       .second_user = false,
       .start = scenario.start,
       .tls = scenario.tls,
       .where = scenario.where});
  for (const ConnectionPlan& plan : scenario.connections) add(plan);
}

std::optional<std::string> Connections::over() const {
  if (context_.interrupted.load() != 0) return "interrupted";
  if (Clock::now() < end_) return std::nullopt;
  if (end_ == context_.ends) return "the run's time was over";
  return fmt::format("it took more than {} s, which is the limit of a scenario",
                     context_.options.scenario_timeout.count() / 1000);
}

bool Connections::is_logged_in(const Connection& connection) const {
  return connection.conversation ? connection.conversation->logged_in() : connection.plan.start >= Start::Authenticated;
}

std::size_t Connections::most_bad_commands(const Connection& connection) const {
  const BadCommands& most = context_.options.bad_commands;
  return is_logged_in(connection) ? most.after_login : most.before_login;
}

std::optional<std::string> Connections::too_bad(const Connection& connection, const Step& step) const {
  if (!connection.conversation || std::holds_alternative<WaitStep>(step.action)) return std::nullopt;
  const std::size_t had = connection.conversation->bad_commands();
  const std::size_t most = most_bad_commands(connection);
  const BadAnswers more = bad_answers(step);
  if (had + more.sure <= most && (had < most || more.possible == 0)) return std::nullopt;
  return fmt::format(
      "{}:{}: more than {} bad commands on a connection, which are as many as the server bears by \"bad-commands\" of "
      "the target, or by --bad-commands; \"reconnect: true\" lets a scenario open another one",
      step.where.file, step.where.line, most);
}

bool Connections::worn_out(const Connection& connection) const {
  return connection.conversation && connection.conversation->bad_commands() >= most_bad_commands(connection);
}

void Connections::finish(Connection& connection) {
  if (!connection.conversation) return;
  if (auto session = connection.conversation->session()) connection.session = std::move(session);
  connection.conversation->hear_unasked();
  std::ranges::move(connection.conversation->take_observed(), std::back_inserter(connection.observed));
  // A command whose answer was not waited for must not come true behind whoever cleans up.
  constexpr std::chrono::milliseconds kToEnd{500};
  if (context_.interrupted.load() != 0) connection.conversation->drain(kToEnd);
  connection.conversation->close();
}

SendRules Connections::rules() const {
  const RunOptions& options = context_.options;
  SendRules rules{.inbox = scenario_.inbox,
                  .account = scenario_.risk != Risk::P0,
                  .mailbox_prefix = options.mailbox_prefix,
                  .run_id = context_.run_id,
                  .logins = {}};
  for (const Account* account : {&options.account, &options.second_account}) {
    if (account->user.empty()) continue;
    rules.logins.push_back({account->user, account->password, plain_message(account->user, account->password)});
  }
  return rules;
}

void Connections::close_all() {
  for (Connection& connection : connections_) finish(connection);
}

std::expected<void, Blocked> Connections::open(Connection& connection, Start start, const Bindings& bindings) {
  finish(connection);
  connection.state = start;
  connection.conversation.emplace(context_, grammar_, connection.transcript, knowledge_);
  connection.conversation->set_where(connection.where.line != 0 ? connection.where : connection.plan.where);
  connection.conversation->guard(rules());
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
