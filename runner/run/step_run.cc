#include "runner/run/step_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <iterator>
#include <latch>
#include <thread>
#include <utility>
#include <variant>

#include "parser/core/ascii.h"
#include "parser/grammar/parse.h"

namespace imapspec::runner {
namespace {

// ends_connection says whether the only thing that is expected of some responses, or the last, is their end.
bool ends_connection(const Expectation& expectation) {
  const auto is_end = [](const Alternative& alternative) { return alternative.pattern.text == "closed"; };
  switch (expectation.kind) {
    case Expectation::Kind::Must:
      return !expectation.alternatives.empty() && std::ranges::all_of(expectation.alternatives, is_end);
    case Expectation::Kind::InOrder:
    case Expectation::Kind::Only:
      return std::ranges::any_of(expectation.alternatives, is_end);
    default:
      return false;
  }
}

// alternatives are the patterns of a step's first expectation.
std::string alternatives(const Step& step) {
  std::string all;
  for (const Alternative& alternative : step.expectations.front().alternatives) {
    all += (all.empty() ? "" : " or ") + alternative.pattern.text;
  }
  return all;
}

// asked tells how often a command was sent that is sent until something comes, and for how long.
std::string asked(const Exchange& exchange) {
  const std::string times = exchange.times == 1 ? "once" : fmt::format("{} times", exchange.times);
  return fmt::format("the command was sent {} in {:.1f} s", times, static_cast<double>(exchange.asked.count()) / 1000);
}

}  // namespace

StepRun::StepRun(const StepScope& scope, Bindings bindings)
    : scope_(scope),
      bindings_(std::move(bindings)),
      facts_{.has_capability = [this](std::string_view name) { return knows_capability(name); },
             .value_of = [this](std::string_view name) { return fact(name); },
             .is_captured = [this](std::string_view name) { return bindings_.find(name) != nullptr; }},
      connection_(&scope.connections.at(0)) {}

bool StepRun::run(const std::vector<Step>& steps) {
  return std::ranges::all_of(steps, [&](const Step& step) {
    if (scope_.connections.over()) return end(Verdict::Error, {});
    return perform(step);
  });
}

bool StepRun::perform(const Step& step) {
  connection_ = &scope_.connections.at(step.connection);
  connection_->where = step.where;
  if (connection_->conversation) connection_->conversation->set_where(step.where);
  const bool needs_connection =
      !std::holds_alternative<ConnectStep>(step.action) && !std::holds_alternative<AtOnceStep>(step.action);
  if (scope_.scenario.reconnect && std::holds_alternative<CommandStep>(step.action) &&
      scope_.connections.worn_out(*connection_)) {
    connection_->transcript.note("a new connection: this one has had as many bad commands as the server bears");
    if (!open(*connection_, connection_->state)) return false;
  }
  if (needs_connection && !connection_->conversation && !open(*connection_, connection_->plan.start)) return false;
  if (auto why = scope_.connections.too_bad(*connection_, step)) return end(Verdict::Skip, *std::move(why));
  if (connection_->conversation) {
    connection_->conversation->set_patience({.answer = step.within.value_or(scope_.context.options.answer_timeout),
                                             .end = scope_.connections.end(),
                                             .interrupted = &scope_.context.interrupted});
    bindings_.follow([connection = connection_](std::uint32_t original) {
      return connection->conversation->current_number(original);
    });
    // An answer to LOGIN may tell other capabilities; conditions are about those before it.
    told_ = connection_->conversation->capabilities();
  }
  if (!std::visit([&](const auto& action) { return act(step, action); }, step.action)) return false;
  if (std::holds_alternative<CommandStep>(step.action) || std::holds_alternative<ContinueStep>(step.action)) {
    read_to_end(step);
  }
  if (!judge_step(step)) return false;
  // What is missing in what was read may be in what was not: nothing that held so far can be relied on.
  const auto& trouble = connection_->exchange.trouble;
  return !trouble || end(Verdict::Error, trouble->message);
}

// A command ends with its completion, a connection later.
void StepRun::read_to_end(const Step& step) {
  if (std::ranges::none_of(step.expectations, ends_connection)) return;
  Exchange& exchange = connection_->exchange;
  exchange = connection_->conversation->read_to_end(std::move(exchange));
}

bool StepRun::open(Connection& connection, Start start) {
  const auto opened = scope_.connections.open(connection, start, bindings_);
  return opened || end(opened.error().verdict, opened.error().reason);
}

JudgeInput StepRun::judge_input() const {
  const auto& conversation = connection_->conversation;
  return {.scenario = scope_.scenario,
          .context = scope_.context,
          .facts = facts_,
          .transcript = connection_->transcript,
          .bye = conversation && conversation->bye().has_value()};
}

bool StepRun::judge_step(const Step& step) {
  const Exchange& exchange = connection_->exchange;
  if (!exchange.tag.empty()) bindings_.set_octets("tag", exchange.tag);
  Judgement judgement = judge(step, exchange, judge_input(), bindings_);
  if (judgement.stop && exchange.closed && scope_.connections.worn_out(*connection_)) {
    return end(Verdict::Skip, fmt::format("the server ended the connection after {} bad commands",
                                          connection_->conversation->bad_commands()));
  }
  for (Finding& finding : judgement.findings) {
    if (exchange.times > 0) finding.message += (finding.message.empty() ? "" : "; ") + asked(exchange);
    findings_.push_back(std::move(finding));
  }
  if (judgement.cut_off) return end_by_bye();
  if (!judgement.trouble.empty()) return end(Verdict::Error, judgement.trouble);
  // A finding that is certain stands, and what went wrong behind it is told beside it.
  if (judgement.stop && exchange.trouble) return end(Verdict::Error, exchange.trouble->message);
  return !judgement.stop;
}

// A server may end a connection at any time (RFC 9051 section 7.1.5), and has told so: nothing is missing that did not
// come because of it. After bad commands it does so by a limit that a target can know.
bool StepRun::end_by_bye() {
  const Conversation& conversation = *connection_->conversation;
  const std::size_t bad = conversation.bad_commands();
  if (bad == 0) return end(Verdict::Error, fmt::format("the server said BYE: {}", *conversation.bye()));
  return end(
      Verdict::Skip,
      fmt::format("the server said BYE after {} bad command{}: {} (\"bad-commands\" of the target, now {} {} login, "
                  "says how many it bears)",
                  bad, bad == 1 ? "" : "s", *conversation.bye(), scope_.connections.most_bad_commands(*connection_),
                  scope_.connections.is_logged_in(*connection_) ? "after" : "before"));
}

bool StepRun::act(const Step&, const StartStep&) { return true; }

bool StepRun::act(const Step& step, const CommandStep& action) {
  const auto begun = Clock::now();
  const auto outgoing = outgoing_or_end(step, action);
  if (!outgoing) return false;
  Exchange& exchange = connection_->exchange;
  exchange = connection_->conversation->command(*outgoing);
  if (action.until && !ask_again(step, action, begun)) return false;
  if (parser::equal_ignoring_case(action.text.text, "CAPABILITY")) told_ = connection_->conversation->capabilities();
  if (!action.setup) return true;
  const parser::StatusResponse* completion = exchange.completion();
  if (exchange.trouble) return end(Verdict::Error, exchange.trouble->message);
  if (completion == nullptr && connection_->conversation->bye()) return end_by_bye();
  if (completion == nullptr || completion->status != parser::Status::Ok) {
    return end(Verdict::Skip, fmt::format("blocked: {} was refused", exchange.sent));
  }
  if (!action.until || holds(step.expectations.front(), exchange)) return true;
  return end(Verdict::Skip,
             fmt::format("blocked: what {} is to bring did not come ({})", exchange.sent, asked(exchange)));
}

// The pauses grow with the time that has passed: who tells late is asked less often.
bool StepRun::ask_again(const Step& step, const CommandStep& action, Clock::time_point begun) {
  using std::chrono::milliseconds;
  constexpr milliseconds kShortest{20};
  constexpr milliseconds kLongest{1'000};
  // By the server's clock, as pauses are; but the first second is for its work, which is not faster.
  constexpr milliseconds kForWork{1'000};
  const milliseconds time =
      std::max(*action.until / scope_.context.options.time_scale, std::min(*action.until, kForWork));
  Exchange& exchange = connection_->exchange;
  std::size_t times = 1;
  const auto since = [&] { return std::chrono::duration_cast<milliseconds>(Clock::now() - begun); };
  for (auto passed = since(); passed < time; passed = since()) {
    if (!may_ask_again(exchange) || holds(step.expectations.front(), exchange)) break;
    connection_->conversation->put_back(exchange);
    connection_->conversation->pause(std::min(std::clamp(passed / 4, kShortest, kLongest), time - passed));
    if (scope_.connections.over()) return end(Verdict::Error, {});
    const auto outgoing = outgoing_or_end(step, action);
    if (!outgoing) return false;
    exchange = connection_->conversation->command(*outgoing);
    ++times;
  }
  exchange.times = times;
  exchange.asked = since();
  return true;
}

// A command that is bad will be bad again, and a server bears only so many of them.
bool StepRun::may_ask_again(const Exchange& so_far) const {
  const parser::StatusResponse* completion = so_far.completion();
  return completion != nullptr && completion->status != parser::Status::Bad && !so_far.trouble &&
         connection_->conversation->open();
}

bool StepRun::holds(const Expectation& expectation, const Exchange& so_far) const {
  Step asked_for;
  asked_for.expectations = {expectation};
  Bindings tried = bindings_;
  if (!so_far.tag.empty()) tried.set_octets("tag", so_far.tag);
  const Judgement judgement = judge(asked_for, so_far, judge_input(), tried);
  return judgement.findings.empty() && !judgement.stop;
}

bool StepRun::act(const Step&, const PipelineStep& action) {
  std::vector<Outgoing> commands;
  std::size_t left = kMostExpanded;  // of what one write holds
  for (const Step& inner : action.commands) {
    const auto& command = std::get<CommandStep>(inner.action);
    auto octets = expand_or_end(command.text, left);
    if (!octets) return false;
    left -= std::min(left, octets->size());
    if (octets->segments.size() > 1) {
      return end(Verdict::Error,
                 fmt::format("{}:{}: a command of a pipeline cannot wait at a literal: use {{name:literal+}}",
                             inner.where.file, inner.where.line));
    }
    Outgoing& outgoing = commands.emplace_back(Outgoing{.text = *std::move(octets)});
    if (!command.tag) continue;
    auto tag = expand_or_end(*command.tag);
    if (!tag) return false;
    outgoing.tag = tag->joined();
  }
  std::vector<std::string> tags;
  Exchange& exchange = connection_->exchange;
  exchange = connection_->conversation->pipeline(commands, tags);
  for (const Step& inner : action.commands) read_to_end(inner);
  for (std::size_t i = 0; i < tags.size(); ++i) {
    exchange.tag = tags[i];
    exchange.sent = fmt::format("{} {}", tags[i], connection_->transcript.show(commands[i].text.joined()));
    if (!judge_step(action.commands[i])) return false;
  }
  return true;
}

bool StepRun::act(const Step& step, const ContinueStep& action) {
  auto octets = expand_or_end(action.text);
  if (!octets) return false;
  connection_->exchange = connection_->conversation->go_on(
      {.text = *std::move(octets), .writing = &action.writing, .until_continuation = step.until_continuation});
  return true;
}

bool StepRun::act(const Step& step, const SendStep& action) {
  auto octets = expand_or_end(action.text);
  if (!octets) return false;
  connection_->exchange =
      connection_->conversation->send({.text = *std::move(octets),
                                       .writing = &action.writing,
                                       .until_continuation = step.until_continuation && action.tags.empty()},
                                      action.tags);
  return true;
}

bool StepRun::act(const Step& step, const WaitStep&) {
  Exchange& exchange = connection_->exchange;
  exchange =
      connection_->conversation->wait([&](const Exchange& so_far) { return holds(step.expectations.front(), so_far); });
  if (exchange.trouble && exchange.trouble->kind == LinkError::Kind::Timeout) {
    exchange.trouble->message = fmt::format("what is waited for did not come in time: {}", alternatives(step));
  }
  return true;
}

bool StepRun::act(const Step& step, const QuietStep&) {
  Exchange& exchange = connection_->exchange;
  exchange = connection_->conversation->command({.segments = {"NOOP"}});
  const parser::StatusResponse* completion = exchange.completion();
  if (exchange.trouble) {
    // What was not read may be the completion; what was read is something else.
    const auto unasked =
        std::ranges::count_if(exchange.responses, [](const Received& one) { return one.response.has_value(); });
    if (unasked > (completion != nullptr ? 1 : 0)) missed(step, "silence", "sent something unasked");
    return end(Verdict::Error, exchange.trouble->message);
  }
  if (connection_->conversation->bye()) return end_by_bye();
  if (exchange.closed) return missed(step, "silence", "closed the connection");
  if (exchange.responses.size() > 1) return missed(step, "silence", "sent something unasked");
  if (completion == nullptr || completion->status != parser::Status::Ok) return missed(step, "OK", "refused NOOP");
  return true;
}

bool StepRun::act(const Step&, const PauseStep& action) {
  connection_->conversation->pause(action.time / scope_.context.options.time_scale);
  connection_->exchange = Exchange{};
  return true;
}

bool StepRun::act(const Step&, const HalfCloseStep& action) {
  connection_->exchange = connection_->conversation->half_close(action.tags);
  return true;
}

bool StepRun::act(const Step&, const CloseStep& action) {
  if (auto session = connection_->conversation->session()) connection_->session = std::move(session);
  action.reset ? connection_->conversation->reset() : connection_->conversation->close();
  connection_->exchange = Exchange{};
  return true;
}

bool StepRun::act(const Step&, const ConnectStep& action) { return open(*connection_, action.start); }

// Every branch goes to its end, so that what is found does not depend on which is faster.
bool StepRun::act(const Step&, const AtOnceStep& action) {
  for (const auto& branch : action.branches) {
    Connection& connection = scope_.connections.at(branch.front().connection);
    if (!connection.conversation && !open(connection, connection.plan.start)) return false;
  }
  std::deque<StepRun> runs;
  for (std::size_t i = 0; i < action.branches.size(); ++i) runs.emplace_back(scope_, bindings_);
  std::vector<char> good(runs.size(), 0);
  std::latch ready(static_cast<std::ptrdiff_t>(runs.size()));
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < runs.size(); ++i) {
      threads.emplace_back([&, i] {
        ready.arrive_and_wait();
        good[i] = runs[i].run(action.branches[i]) ? 1 : 0;
      });
    }
  }
  for (StepRun& run : runs) {
    std::ranges::move(run.findings_, std::back_inserter(findings_));
    bindings_.add(run.bindings_);
    if (run.ending_ && (!ending_ || run.ending_->verdict > ending_->verdict)) ending_ = run.ending_;
  }
  connection_->exchange = Exchange{};
  return std::ranges::find(good, 0) == good.end();
}

std::optional<Outgoing> StepRun::outgoing_or_end(const Step& step, const CommandStep& action) {
  auto octets = expand_or_end(action.text);
  if (!octets) return std::nullopt;
  Outgoing outgoing{
      .text = *std::move(octets), .writing = &action.writing, .until_continuation = step.until_continuation};
  if (!action.tag) return outgoing;
  auto tag = expand_or_end(*action.tag);
  if (!tag) return std::nullopt;
  outgoing.tag = tag->joined();
  if (is_tag(*outgoing.tag) || outgoing.text.segments.size() == 1) return outgoing;
  end(Verdict::Error, "a command with a tag that is none cannot wait at a literal: use {name:literal+}");
  return std::nullopt;
}

std::optional<WireOctets> StepRun::expand_or_end(const WireText& text, std::size_t most) {
  auto octets = expand(text.text, bindings_, most);
  if (octets) return std::move(*octets);
  end(Verdict::Error, fmt::format("{}:{}: {}", text.where.file, text.where.line, octets.error()));
  return std::nullopt;
}

bool StepRun::missed(const Step& step, std::string expected, std::string deviation) {
  const std::string& requirement = step.requirement.empty() ? scope_.scenario.requirements.front() : step.requirement;
  Finding finding = make_finding(scope_.context, requirement, Check::Step, step.where);
  finding.scenarios = {scope_.scenario.id};
  finding.verdict = verdict_for(finding.level);
  finding.sent = connection_->exchange.sent;
  finding.expected = std::move(expected);
  finding.actual = "the server " + deviation;
  finding.message = finding.actual;
  finding.deviation = std::move(deviation);
  findings_.push_back(std::move(finding));
  return false;
}

bool StepRun::end(Verdict verdict, std::string reason) {
  const auto over = scope_.connections.over();
  if (over && (verdict == Verdict::Error || scope_.context.interrupted.load() != 0)) {
    ending_ = {.verdict = Verdict::Error, .reason = *over};
  } else {
    ending_ = {.verdict = verdict, .reason = std::move(reason)};
  }
  return false;
}

}  // namespace imapspec::runner
