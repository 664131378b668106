#include "runner/scenario/step_reader.h"

#include <algorithm>
#include <array>

#include "parser/core/ascii.h"
#include "parser/grammar/char_class.h"

namespace imapspec::runner {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array kStarts = {"connected"sv, "not-authenticated"sv, "authenticated"sv, "selected"sv};

constexpr std::array kActions = {"C"sv, "setup"sv, "continue"sv, "send"sv, "tls"sv, "connect"sv, "close"sv, "other"sv};
constexpr std::array kExpectations = {"S"sv, "S-not"sv, "S-may"sv, "outcome"sv};
constexpr std::array kStepKeys = {"C"sv,       "setup"sv,   "continue"sv, "send"sv,    "tls"sv,
                                  "connect"sv, "close"sv,   "other"sv,    "S"sv,       "S-not"sv,
                                  "S-may"sv,   "outcome"sv, "await"sv,    "maximum"sv, "requirement"sv};
constexpr std::array kOutcomeKeys = {"S"sv, "verdict"sv, "when"sv, "message"sv};

constexpr std::array kTlsExpected = {"succeeds"sv, "refused"sv, "either"sv};
constexpr std::array kTlsVersions = {"1.0"sv, "1.1"sv, "1.2"sv, "1.3"sv};

// Those a scenario can decide; xfail, xpass and error come from elsewhere.
constexpr std::array kOutcomeVerdicts = {"pass"sv, "info"sv, "warn"sv,         "weakness"sv,
                                         "fail"sv, "skip"sv, "unimplemented"sv};

// Companion is a key that only makes sense beside certain others.
struct Companion {
  std::string_view key;
  std::span<const std::string_view> beside;
};
constexpr std::array kBesideSend = {"send"sv};
constexpr std::array kBesideTls = {"tls"sv};
constexpr std::array<Companion, 3> kCompanions = {
    {{"await", kBesideSend}, {"maximum", kBesideTls}, {"requirement", kExpectations}}};

bool contains(std::span<const std::string_view> words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

bool is_status(std::string_view word) {
  return parser::equal_ignoring_case(word, "OK") || parser::equal_ignoring_case(word, "NO") ||
         parser::equal_ignoring_case(word, "BAD");
}

bool is_continuation(std::string_view pattern) { return pattern.starts_with('+'); }

// ends_command says whether a pattern is about how a command ends: "OK ...", "a1 OK ...", "+", or
// "closed".
bool ends_command(std::string_view pattern) {
  if (is_continuation(pattern) || pattern == "closed") return true;
  const std::size_t space = pattern.find(' ');
  const std::string_view first = pattern.substr(0, space);
  if (is_status(first)) return true;
  if (first == "*" || space == std::string_view::npos) return false;
  const std::string_view rest = pattern.substr(space + 1);
  return is_status(rest.substr(0, rest.find(' ')));
}

bool any_alternative(const Expectation& expectation, bool (*is)(std::string_view)) {
  return std::ranges::any_of(expectation.alternatives,
                             [&](const Alternative& alternative) { return is(alternative.pattern.text); });
}

bool is_tag(std::string_view text) {
  return !text.empty() &&
         std::ranges::all_of(text, [](char c) { return parser::is_tag_char(static_cast<unsigned char>(c)); });
}

}  // namespace

std::span<const std::string_view> start_names() { return kStarts; }

std::vector<Step> StepReader::read(const YamlNode& list, Start start, bool scratch) {
  start_ = start;
  scratch_ = scratch;
  steps_.clear();
  broken_ = false;
  if (!reader_->expect_list(list, "\"steps\"")) return {};
  for (const YamlNode& node : list.items) entry(node);
  finish();
  return std::move(steps_);
}

void StepReader::entry(const YamlNode& node) {
  if (!reader_->expect_map(node, kStepKeys, "a step")) {
    broken_ = true;
    return;
  }
  std::string_view main;
  for (const YamlNode& key : node.keys) {
    if (!contains(kActions, key.text) && !contains(kExpectations, key.text)) continue;
    if (!main.empty()) {
      reader_->error(key.where, in_quotes(key.text) + " beside " + in_quotes(main) + "; each is a step of its own");
      broken_ = true;
      return;
    }
    main = key.text;
  }
  if (main.empty()) {
    reader_->error(node.where,
                   "a step: expected one of the keys " + comma_list(kActions) + ", " + comma_list(kExpectations));
    broken_ = true;
    return;
  }
  for (const YamlNode& key : node.keys) {
    const auto companion = std::ranges::find(kCompanions, key.text, &Companion::key);
    if (companion == kCompanions.end() || contains(companion->beside, main)) continue;
    reader_->error(key.where, in_quotes(key.text) + " beside " + in_quotes(main) + "; it goes with " +
                                  comma_list(companion->beside) + " only");
  }
  const YamlNode& value = *YamlReader::find(node, main);
  if (contains(kActions, main)) {
    action(main, node, value);
  } else {
    expectation(main, node, value);
  }
}

void StepReader::action(std::string_view key, const YamlNode& node, const YamlNode& value) {
  finish();
  if (key == "send") {
    send(node, value);
  } else if (key == "tls") {
    tls(node, value);
  } else if (key == "connect") {
    connect(node, value);
  } else if (key == "close") {
    if (value.kind != YamlNode::Kind::Map || !value.keys.empty()) {
      reader_->error(value.where, "\"close\": expected {}");
    }
    begin(node, CloseStep{});
  } else {
    command(node, value, key);
  }
}

void StepReader::command(const YamlNode& node, const YamlNode& value, std::string_view key) {
  auto text = wire_->command(value, in_quotes(key), WireTextReader::LastBreak::Dropped);
  const bool readable = text.has_value();
  // An empty line is an answer in an exchange, but no command.
  if (readable && text->text.empty() && key != "continue") {
    reader_->error(value.where, in_quotes(key) + ": the command is empty");
  }
  WireText wire_text = std::move(text).value_or(WireText{{}, value.where});
  if (key == "continue") {
    begin(node, ContinueStep{std::move(wire_text)});
  } else if (key == "other") {
    begin(node, OtherStep{std::move(wire_text)});
  } else {
    begin(node, CommandStep{std::move(wire_text), key == "setup"});
  }
  broken_ = !readable;
}

void StepReader::send(const YamlNode& node, const YamlNode& value) {
  auto text = wire_->command(value, "\"send\"", WireTextReader::LastBreak::Kept);
  if (text && text->text.empty()) reader_->error(value.where, "\"send\": there are no octets");
  SendStep step{std::move(text).value_or(WireText{{}, value.where}), {}};
  if (const YamlNode* const await = YamlReader::find(node, "await")) {
    const auto tag = [&](const YamlNode& tag_node) {
      auto word = reader_->text(tag_node, "\"await\"");
      if (!word) return;
      if (!is_tag(*word)) {
        reader_->error(tag_node.where, "\"await\": " + in_quotes(*word) + " is no tag");
      } else if (std::ranges::find(step.tags, *word) != step.tags.end()) {
        reader_->error(tag_node.where, "\"await\": the tag " + in_quotes(*word) + " is there already");
      } else {
        step.tags.push_back(std::move(*word));
      }
    };
    if (await->kind == YamlNode::Kind::Scalar) {
      tag(*await);
    } else if (reader_->expect_list(*await, "\"await\"")) {
      for (const YamlNode& item : await->items) tag(item);
    }
  }
  begin(node, std::move(step));
}

void StepReader::tls(const YamlNode& node, const YamlNode& value) {
  TlsStep step;
  if (const auto expected = reader_->choice(value, kTlsExpected, "\"tls\"")) {
    step.expected = static_cast<TlsStep::Expected>(*expected);
  }
  if (const YamlNode* const maximum = YamlReader::find(node, "maximum")) {
    if (const auto version = reader_->choice(*maximum, kTlsVersions, "\"maximum\"")) {
      step.maximum = kTlsVersions.at(*version);
    }
  }
  begin(node, std::move(step));
}

void StepReader::connect(const YamlNode& node, const YamlNode& value) {
  ConnectStep step;
  if (const auto start = reader_->choice(value, kStarts, "\"connect\"")) {
    step.start = static_cast<Start>(*start);
    if (step.start == Start::Selected && !scratch_) {
      reader_->error(value.where, "\"connect\": selected needs the key \"mailbox\" in the scenario");
    }
  }
  begin(node, step);
}

void StepReader::expectation(std::string_view key, const YamlNode& node, const YamlNode& value) {
  if (steps_.empty()) begin(node, StartStep{});
  Expectation made;
  made.kind = key == "S-not"   ? Expectation::Kind::MustNot
              : key == "S-may" ? Expectation::Kind::May
                               : Expectation::Kind::Must;
  made.where = node.where;
  if (const YamlNode* const requirement = YamlReader::find(node, "requirement")) {
    if (auto id = reader_->requirement_id(*requirement)) {
      uses_->push_back({*id, requirement->where});
      made.requirement = std::move(*id);
    }
  }
  Names bound;
  const std::string what = in_quotes(key);
  if (key == "outcome") {
    outcome(made, value, bound);
  } else if (key == "S" && value.kind == YamlNode::Kind::Sequence) {
    if (!reader_->expect_list(value, what)) broken_ = true;
    for (const YamlNode& item : value.items) alternative(made, item, what, bound);
  } else {
    alternative(made, value, what, bound);
  }
  // What must not come binds nothing.
  if (made.kind != Expectation::Kind::MustNot) wire_->bind(bound);
  Step& step = steps_.back();
  if (any_alternative(made, is_continuation)) step.until_continuation = true;
  step.expectations.push_back(std::move(made));
}

void StepReader::alternative(Expectation& expectation, const YamlNode& value, std::string_view what, Names& bound) {
  auto pattern = wire_->pattern(value, what, bound);
  if (!pattern) {
    broken_ = true;
    return;
  }
  if (*check_) {
    if (auto problem = (*check_)(pattern->text)) {
      reader_->error(value.where, std::string(what) + ": " + *problem);
    }
  }
  Alternative made;
  made.pattern = std::move(*pattern);
  expectation.alternatives.push_back(std::move(made));
}

void StepReader::outcome(Expectation& expectation, const YamlNode& value, Names& bound) {
  if (!reader_->expect_list(value, "\"outcome\"")) {
    broken_ = true;
    return;
  }
  for (const YamlNode& item : value.items) outcome_entry(expectation, item, bound);
}

void StepReader::outcome_entry(Expectation& expectation, const YamlNode& node, Names& bound) {
  const YamlNode* pattern = nullptr;
  if (reader_->expect_map(node, kOutcomeKeys, "an entry of \"outcome\"")) pattern = reader_->require(node, "S");
  const std::size_t count = expectation.alternatives.size();
  if (pattern != nullptr) alternative(expectation, *pattern, "\"S\"", bound);
  if (expectation.alternatives.size() == count) {
    broken_ = true;
    return;
  }
  Alternative& made = expectation.alternatives.back();
  if (const YamlNode* const verdict = reader_->require(node, "verdict")) {
    if (const auto index = reader_->choice(*verdict, kOutcomeVerdicts, "\"verdict\"")) {
      made.verdict = verdict_named(kOutcomeVerdicts.at(*index));
    }
  }
  if (const YamlNode* const when = YamlReader::find(node, "when")) {
    if (const auto text = reader_->text(*when, "\"when\"")) {
      auto condition = Condition::parse(*text, condition_names());
      if (condition) {
        made.when = std::move(*condition);
      } else {
        reader_->error(when->where, condition.error());
      }
    }
  }
  made.message = reader_->optional_text(node, "message");
}

void StepReader::begin(const YamlNode& node, decltype(Step::action) action) {
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
      reader_->error(expectation.where, other ? "an expectation after \"other\", which is about the second connection"
                                              : "an expectation after \"close\", after which nothing is received");
    }
    return;
  }
  const auto* const command = std::get_if<CommandStep>(&step.action);
  if (command != nullptr && command->setup) {
    for (const Expectation& expectation : step.expectations) {
      if (!any_alternative(expectation, ends_command)) continue;
      reader_->error(expectation.where,
                     "an expectation of how a \"setup\" command ends, which is OK always; use \"C\" to expect it");
    }
    return;
  }
  if (command == nullptr && !std::holds_alternative<ContinueStep>(step.action)) return;
  const bool judged = std::ranges::any_of(step.expectations, [](const Expectation& expectation) {
    return expectation.kind == Expectation::Kind::Must && any_alternative(expectation, ends_command);
  });
  if (!judged && !broken_) {
    reader_->error(step.where, std::string(command == nullptr ? "\"continue\"" : "\"C\"") +
                                   " needs an expectation of how the command ends: a tagged status, '+' or 'closed'");
  }
}

// Reaching the authenticated state leaves no responses to judge, and what must not be among none
// would always hold.
void StepReader::finish_start(const Step& step, Start start) {
  if (start != Start::Authenticated || step.expectations.empty()) return;
  reader_->error(step.expectations.front().where,
                 "an expectation of what the start produced; \"authenticated\" produces nothing to judge");
}

}  // namespace imapspec::runner
