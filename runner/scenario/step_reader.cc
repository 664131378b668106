#include "runner/scenario/step_reader.h"

#include <algorithm>
#include <string>
#include <utility>

namespace imapspec::runner {
namespace {

bool contains(std::span<const std::string_view> words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

std::vector<std::string_view> step_keys() {
  std::vector<std::string_view> keys;
  for (const auto words : {action_keys(), expectation_keys()}) keys.insert(keys.end(), words.begin(), words.end());
  for (const auto companions : {action_companions(), expectation_companions()}) {
    for (const Companion& companion : companions) keys.push_back(companion.key);
  }
  return keys;
}

// The keys that a companion goes with; none for what is no companion.
std::span<const std::string_view> beside_what(std::string_view key) {
  for (const auto companions : {action_companions(), expectation_companions()}) {
    for (const Companion& companion : companions) {
      if (companion.key == key) return companion.beside;
    }
  }
  return {};
}

}  // namespace

std::vector<Step> StepReader::read(const YamlNode& list, Start start) {
  start_ = start;
  steps_.clear();
  broken_ = false;
  if (!reader_->expect_list(list, "\"steps\"")) return {};
  for (const YamlNode& node : list.items) entry(node);
  finish();
  return std::move(steps_);
}

void StepReader::entry(const YamlNode& node) {
  if (!reader_->expect_map(node, step_keys(), "a step")) {
    broken_ = true;
    return;
  }
  std::string_view main;
  for (const YamlNode& key : node.keys) {
    if (!contains(action_keys(), key.text) && !contains(expectation_keys(), key.text)) continue;
    if (!main.empty()) {
      reader_->error(key.where, in_quotes(key.text) + " beside " + in_quotes(main) + "; each is a step of its own");
      broken_ = true;
      return;
    }
    main = key.text;
  }
  if (main.empty()) {
    reader_->error(node.where, "a step: expected one of the keys " + comma_list(action_keys()) + ", " +
                                   comma_list(expectation_keys()));
    broken_ = true;
    return;
  }
  for (const YamlNode& key : node.keys) {
    const std::span<const std::string_view> beside = beside_what(key.text);
    if (beside.empty() || contains(beside, main)) continue;
    reader_->error(key.where, in_quotes(key.text) + " beside " + in_quotes(main) + "; it goes with " +
                                  comma_list(beside) + " only");
  }
  const YamlNode& value = *YamlReader::find(node, main);
  if (contains(action_keys(), main)) {
    action(main, node, value);
  } else {
    expectation(main, node, value);
  }
}

void StepReader::action(std::string_view key, const YamlNode& node, const YamlNode& value) {
  finish();
  auto action = actions_.read(key, node, value);
  const bool readable = action.has_value();
  begin(node, std::move(action).value_or(ContinueStep{{{}, value.where}}));
  broken_ = !readable;
}

void StepReader::expectation(std::string_view key, const YamlNode& node, const YamlNode& value) {
  if (steps_.empty()) begin(node, StartStep{});
  if (!expectations_.read(key, node, value, steps_.back())) broken_ = true;
}

void StepReader::begin(const YamlNode& node, Action action) {
  broken_ = false;
  Step step;
  step.action = std::move(action);
  step.where = node.where;
  steps_.push_back(std::move(step));
}

// finish checks the last step together with its expectations.
void StepReader::finish() {
  if (steps_.empty()) return;
  const Step& step = steps_.back();
  if (std::holds_alternative<StartStep>(step.action)) return finish_start(step, start_);
  if (const auto* const connection = std::get_if<ConnectStep>(&step.action)) {
    return finish_start(step, connection->start);
  }
  const bool other = std::holds_alternative<OtherStep>(step.action);
  if (other || std::holds_alternative<CloseStep>(step.action)) {
    for (const Expectation& expectation : step.expectations) {
      if (expectation.kind == Expectation::Kind::Check) continue;
      reader_->error(expectation.where, other ? "an expectation after \"other\", which is about the second connection"
                                              : "an expectation after \"close\", after which nothing is received");
    }
    return;
  }
  const auto* const command = std::get_if<CommandStep>(&step.action);
  if (command != nullptr && command->setup) {
    for (const Expectation& expectation : step.expectations) {
      if (!ends_command(expectation)) continue;
      reader_->error(expectation.where,
                     "an expectation of how a \"setup\" command ends, which is OK always; use \"C\" to expect it");
    }
    return;
  }
  if (command == nullptr && !std::holds_alternative<ContinueStep>(step.action)) return;
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
  if (start != Start::Authenticated || judged == step.expectations.end()) return;
  reader_->error(judged->where,
                 "an expectation of what the start produced; \"authenticated\" produces nothing to judge");
}

}  // namespace imapspec::runner
