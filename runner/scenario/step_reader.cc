#include "runner/scenario/step_reader.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <utility>

#include "runner/scenario/branch_names.h"
#include "runner/scenario/connection_reader.h"
#include "runner/scenario/nearest.h"

namespace imapspec::runner {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::chrono::milliseconds kUnnoticed{1'000};  // what waits longer runs only when asked for

}  // namespace

std::vector<std::string_view> step_keys() {
  std::vector<std::string_view> keys;
  for (const auto words : {action_keys(), expectation_keys()}) keys.insert(keys.end(), words.begin(), words.end());
  for (const auto companions : {action_companions(), expectation_companions()}) {
    for (const Companion& companion : companions) {
      if (!is_one_of(companion.key, keys)) keys.push_back(companion.key);
    }
  }
  return keys;
}

namespace {

// The keys that a companion goes with; none for what is no companion.
std::vector<std::string_view> beside_what(std::string_view key) {
  std::vector<std::string_view> keys;
  for (const auto companions : {action_companions(), expectation_companions()}) {
    for (const Companion& companion : companions) {
      if (companion.key == key) keys.insert(keys.end(), companion.beside.begin(), companion.beside.end());
    }
  }
  return keys;
}

template <typename T>
bool is(const Step& step) {
  return std::holds_alternative<T>(step.action);
}

}  // namespace

std::vector<Step> StepReader::read(const YamlNode& list, Start start) {
  start_ = start;
  if (!reader_->expect_list(list, "\"steps\"")) return {};
  return steps(list, Inside::Scenario, 0);
}

std::vector<Step> StepReader::steps(const YamlNode& list, Inside inside, std::size_t connection) {
  std::vector<Step> outer = std::exchange(steps_, {});
  const Inside outer_inside = std::exchange(inside_, inside);
  const std::size_t outer_connection = std::exchange(connection_, connection);
  broken_ = false;
  for (const YamlNode& node : list.items) entry(node);
  finish();
  broken_ = false;
  inside_ = outer_inside;
  connection_ = outer_connection;
  return std::exchange(steps_, std::move(outer));
}

// main_key finds what the step is; empty where that cannot be said.
std::string_view StepReader::main_key(const YamlNode& node) {
  std::string_view main;
  for (const YamlNode& key : node.keys) {
    if (!is_one_of(key.text, action_keys()) && !is_one_of(key.text, expectation_keys())) continue;
    if (!main.empty()) {
      reader_->error(key.where, in_quotes(key.text) + " beside " + in_quotes(main) + "; each is a step of its own");
      return {};
    }
    main = key.text;
  }
  if (main.empty() && !node.keys.empty()) {
    const std::vector<std::string_view> beside = beside_what(node.keys.front().text);
    if (!beside.empty()) {
      reader_->error(node.keys.front().where, in_quotes(node.keys.front().text) + " by itself; it stands beside " +
                                                  comma_list(beside) + ", in the same step");
      return {};
    }
  }
  const auto unknown = [keys = step_keys()](const YamlNode& key) { return !is_one_of(key.text, keys); };
  if (main.empty() && std::ranges::none_of(node.keys, unknown)) {
    reader_->error(node.where, "a step: expected one of the keys " + comma_list(action_keys()) + ", " +
                                   comma_list(expectation_keys()));
  }
  return main;
}

void StepReader::entry(const YamlNode& node) {
  std::string_view main;
  if (reader_->expect_map(node, step_keys(), "a step")) main = main_key(node);
  if (main.empty() || !check_place(main, node)) {
    broken_ = true;
    return;
  }
  const bool until = YamlReader::find(node, "until") != nullptr;
  for (const YamlNode& key : node.keys) {
    const std::vector<std::string_view> beside = beside_what(key.text);
    if (until && is_one_of("until", beside)) continue;
    if (beside.empty() || is_one_of(main, beside)) continue;
    reader_->error(key.where, in_quotes(key.text) + " beside " + in_quotes(main) + "; it goes with " +
                                  comma_list(beside) + " only");
  }
  const YamlNode& value = *YamlReader::find(node, main);
  if (is_one_of(main, action_keys())) {
    action(main, node, value);
  } else {
    expectation(main, node, value);
  }
}

// check_place says whether such a step may stand in a pipeline or a branch.
bool StepReader::check_place(std::string_view key, const YamlNode& node) {
  if (inside_ == Inside::Scenario) return true;
  const bool branch = inside_ == Inside::Branch;
  const std::string place = branch ? "in a branch of \"at-once\"" : "in a \"pipeline\"";
  const YamlNode* const on = YamlReader::find(node, "on");
  if (on != nullptr) {
    reader_->error(on->where, "\"on\" " + place + ", which is on one connection");
    return false;
  }
  const bool expects = is_one_of(key, expectation_keys());
  if (expects && steps_.empty()) {
    // What could not be read was an action perhaps.
    if (!broken_) reader_->error(node.where, in_quotes(key) + " at the beginning " + place + "; expected an action");
    return false;
  }
  if (branch ? key != "at-once" : expects || key == "C") {
    if (branch) return true;
    for (const std::string_view companion : {"cut", "gap", "within", "until"}) {
      const YamlNode* const value = YamlReader::find(node, companion);
      if (value != nullptr) reader_->error(value->where, in_quotes(companion) + " " + place + ", which is one write");
    }
    return true;
  }
  reader_->error(node.where, in_quotes(key) + " " + place +
                                 (branch ? "; they are not nested" : "; expected \"C\" and what follows it"));
  return false;
}

void StepReader::action(std::string_view key, const YamlNode& node, const YamlNode& value) {
  finish();
  std::optional<Action> made;
  const bool slow = surroundings_.slow || actions_.paused() > kUnnoticed;
  const bool holds_others = key == "pipeline" || key == "at-once";
  if (key == "pipeline") {
    made = pipeline(value);
  } else if (key == "at-once") {
    made = at_once(value);
  } else {
    made = actions_.read(key, node, value);
    const auto* const tls = made ? std::get_if<TlsStep>(&*made) : nullptr;
    if (inside_ == Inside::Branch && tls != nullptr && tls->resume.value_or(connection_) != connection_) {
      reader_->error(node.where,
                     "\"resume\" in a branch of \"at-once\" with the session of another branch's connection");
    }
  }
  const bool readable = made.has_value();
  begin(node, std::move(made).value_or(ContinueStep{}));
  beside(key, node);
  if (!slow && !holds_others && actions_.paused() > kUnnoticed) {
    reader_->error(node.where, "the scenario pauses for more than a second by now: it needs \"tags: [slow]\"");
  }
  if (key == "wait") broken_ = !expectations_.read(key, node, value, steps_.back());
  if (const YamlNode* const until = YamlReader::find(node, "until");
      until != nullptr && (key == "C" || key == "setup")) {
    broken_ = !expectations_.read("until", node, *until, steps_.back());
  }
  if (!readable) broken_ = true;
}

// beside reads the keys that any action may have.
void StepReader::beside(std::string_view key, const YamlNode& node) {
  Step& step = steps_.back();
  if (const YamlNode* const on = YamlReader::find(node, "on")) {
    if (const auto index = connection_named(*reader_, *on, "\"on\"", surroundings_.connections)) {
      step.connection = *index;
    }
  }
  used_.insert(step.connection);
  // Of a command that is sent again it is the time of all of its answers.
  const bool until = YamlReader::find(node, "until") != nullptr;
  if (!until) step.within = actions_.within(node);
  if (key == "wait") actions_.count(step.within.value_or(std::chrono::milliseconds(0)));
  const YamlNode* const requirement = YamlReader::find(node, "requirement");
  // That of "wait" and "until" belongs to the expectation that is made of it.
  if (requirement == nullptr || key == "wait" || until) return;
  if (auto id = reader_->requirement_id(*requirement)) {
    uses_->push_back({*id, requirement->where});
    step.requirement = *std::move(id);
  }
}

std::optional<Action> StepReader::pipeline(const YamlNode& value) {
  if (!reader_->expect_list(value, "\"pipeline\"")) return std::nullopt;
  PipelineStep pipeline{steps(value, Inside::Pipeline, connection_)};
  if (pipeline.commands.empty()) return std::nullopt;
  return pipeline;
}

std::optional<Action> StepReader::at_once(const YamlNode& value) {
  if (value.kind != YamlNode::Kind::Map || value.keys.size() < 2) {
    reader_->error(value.where, "\"at-once\": expected a map of at least two connections to lists of steps");
    return std::nullopt;
  }
  AtOnceStep at_once;
  for (std::size_t i = 0; i < value.keys.size(); ++i) {
    const auto connection =
        connection_named(*reader_, value.keys[i], "a branch of \"at-once\"", surroundings_.connections);
    if (!reader_->expect_list(value.items[i], "a branch of \"at-once\"") || !connection) return std::nullopt;
    used_.insert(*connection);
    std::vector<Step> branch = steps(value.items[i], Inside::Branch, *connection);
    if (branch.empty()) return std::nullopt;
    at_once.branches.push_back(std::move(branch));
  }
  constants_.merge(bound_names(std::span(steps_).subspan(looked_at_)));
  looked_at_ = steps_.size();
  for (const SharedName& shared : shared_names(constants_, at_once.branches)) {
    reader_->error(shared.where, "the name " + in_quotes(shared.name) +
                                     " is bound in another branch, which takes place at the same time");
  }
  return at_once;
}

void StepReader::expectation(std::string_view key, const YamlNode& node, const YamlNode& value) {
  if (const YamlNode* const on = YamlReader::find(node, "on")) {
    const auto index = connection_named(*reader_, *on, "\"on\"", surroundings_.connections);
    if (index && !used_.insert(*index).second && !(steps_.empty() && *index == 0)) {
      reader_->error(on->where, "\"on\" beside " + in_quotes(key) +
                                    " is for what the start of a connection produced, and it was used before");
    } else if (index && *index != 0) {
      finish();
      begin(node, StartStep{});
      steps_.back().connection = *index;
    }
  }
  if (steps_.empty()) {
    const bool broken = broken_;
    begin(node, StartStep{});
    broken_ = broken;
  }
  if (!expectations_.read(key, node, value, steps_.back())) broken_ = true;
}

void StepReader::begin(const YamlNode& node, Action action) {
  broken_ = false;
  Step step;
  step.action = std::move(action);
  step.connection = connection_;
  step.where = node.where;
  steps_.push_back(std::move(step));
}

void StepReader::refuse_expectations(const Step& step, std::string_view why) {
  for (const Expectation& expectation : step.expectations) {
    if (expectation.kind == Expectation::Kind::Check) continue;
    reader_->error(expectation.where, "an expectation after " + std::string(why));
  }
}

// finish checks the last step together with its expectations.
void StepReader::finish() {
  if (steps_.empty()) return;
  const Step& step = steps_.back();
  if (is<StartStep>(step)) {
    // What could not be read was an action perhaps, and not the start is meant.
    if (broken_) return;
    return finish_start(step, step.connection == 0 ? start_ : surroundings_.connections[step.connection - 1].start);
  }
  if (const auto* const connection = std::get_if<ConnectStep>(&step.action)) {
    return finish_start(step, connection->start);
  }
  if (const auto* const close = std::get_if<CloseStep>(&step.action)) {
    return refuse_expectations(step, close->reset ? "\"reset\", after which nothing is received"
                                                  : "\"close\", after which nothing is received");
  }
  const auto* const send = std::get_if<SendStep>(&step.action);
  if (send != nullptr && send->tags.empty() && !step.until_continuation) {
    return refuse_expectations(step, "\"send\" without \"await\", which reads nothing");
  }
  if (is<PauseStep>(step)) return refuse_expectations(step, "\"pause\", which reads nothing");
  if (is<QuietStep>(step)) return refuse_expectations(step, "\"quiet\", which is one itself");
  if (is<PipelineStep>(step)) return refuse_expectations(step, "\"pipeline\"; they stand in it, below their commands");
  if (is<AtOnceStep>(step)) return refuse_expectations(step, "\"at-once\"; they stand in its branches");
  const auto* const command = std::get_if<CommandStep>(&step.action);
  if (command != nullptr && command->until && step.until_continuation) {
    reader_->error(step.where, "\"until\" with '+': the command has to complete before it is sent again");
  }
  if (command != nullptr && command->setup) {
    for (const Expectation& expectation : step.expectations) {
      if (!ends_command(expectation)) continue;
      reader_->error(expectation.where,
                     "an expectation of how a \"setup\" command ends, which is OK always; use \"C\" to expect it");
    }
    return;
  }
  if (command == nullptr && !is<ContinueStep>(step)) return;
  const bool judged = std::ranges::any_of(step.expectations, [](const Expectation& expectation) {
    const bool all_of_them =
        expectation.kind == Expectation::Kind::InOrder || expectation.kind == Expectation::Kind::Only;
    return (expectation.kind == Expectation::Kind::Must || all_of_them) && ends_command(expectation);
  });
  if (!judged && !broken_) {
    reader_->error(step.where, std::string(command == nullptr ? "\"continue\"" : "\"C\"") +
                                   " needs an expectation of how the command ends: a tagged status, '+' or 'closed'");
  }
}

// Reaching the authenticated state leaves no responses to judge, and what must not be among none
// would always hold.
void StepReader::finish_start(const Step& step, Start start) {
  const auto judged = std::ranges::find_if(
      step.expectations, [](const Expectation& expectation) { return expectation.kind != Expectation::Kind::Check; });
  if ((start != Start::Authenticated && start != Start::Dialled) || judged == step.expectations.end()) return;
  reader_->error(judged->where, "an expectation of what the start produced; " +
                                    in_quotes(start_names()[static_cast<std::size_t>(start)]) +
                                    " produces nothing to judge");
}

}  // namespace imapspec::runner
