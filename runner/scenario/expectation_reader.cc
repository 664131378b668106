#include "runner/scenario/expectation_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "parser/core/ascii.h"

namespace imapspec::runner {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array kExpectations = {"S"sv, "S-not"sv, "S-may"sv, "S-in-order"sv, "S-only"sv, "outcome"sv, "check"sv};
constexpr std::array kBesideText = {"S"sv};
constexpr std::array kBesideAmong = {"S-only"sv};
constexpr std::array<Companion, 3> kCompanions = {
    {{"requirement", kExpectations}, {"text", kBesideText}, {"among", kBesideAmong}}};
constexpr std::array kAmong = {"kind"sv, "untagged"sv};
constexpr std::size_t kMostPatterns = 100;
constexpr std::array kOutcomeKeys = {"S"sv, "verdict"sv, "when"sv, "message"sv};

// Those a scenario can decide; xfail, xpass and error come from elsewhere.
constexpr std::array kOutcomeVerdicts = {"pass"sv, "info"sv, "warn"sv,         "weakness"sv,
                                         "fail"sv, "skip"sv, "unimplemented"sv};

bool is_status(std::string_view word) {
  return parser::equal_ignoring_case(word, "OK") || parser::equal_ignoring_case(word, "NO") ||
         parser::equal_ignoring_case(word, "BAD");
}

bool is_continuation(std::string_view pattern) { return pattern.starts_with('+'); }

// Whether a pattern is about how a command ends.
bool ends(std::string_view pattern) {
  if (is_continuation(pattern) || pattern == "closed") return true;
  const std::size_t space = pattern.find(' ');
  const std::string_view first = pattern.substr(0, space);
  if (is_status(first)) return true;
  if (first == "*" || space == std::string_view::npos) return false;
  const std::string_view rest = pattern.substr(space + 1);
  return is_status(rest.substr(0, rest.find(' ')));
}

// Whether what a pattern is about has human-readable text.
bool has_text(std::string_view pattern) {
  const std::size_t space = pattern.find(' ');
  const auto is_word = [](std::string_view word) {
    return is_status(word) || parser::equal_ignoring_case(word, "BYE") || parser::equal_ignoring_case(word, "PREAUTH");
  };
  if (is_word(pattern.substr(0, space))) return true;
  if (space == std::string_view::npos) return false;
  const std::string_view rest = pattern.substr(space + 1);
  return is_word(rest.substr(0, rest.find(' ')));
}

bool any_alternative(const Expectation& expectation, bool (*is)(std::string_view)) {
  return std::ranges::any_of(expectation.alternatives,
                             [&](const Alternative& alternative) { return is(alternative.pattern.text); });
}

}  // namespace

std::span<const std::string_view> expectation_keys() { return kExpectations; }
std::span<const Companion> expectation_companions() { return kCompanions; }
std::span<const std::string_view> outcome_keys() { return kOutcomeKeys; }

bool ends_command(const Expectation& expectation) { return any_alternative(expectation, ends); }

bool ExpectationReader::read(std::string_view key, const YamlNode& node, const YamlNode& value, Step& step) {
  using Kind = Expectation::Kind;
  broken_ = false;
  Expectation made;
  made.kind = key == "S-not"        ? Kind::MustNot
              : key == "S-may"      ? Kind::May
              : key == "S-in-order" ? Kind::InOrder
              : key == "S-only"     ? Kind::Only
              : key == "check"      ? Kind::Check
                                    : Kind::Must;
  made.where = node.where;
  requirement(made, node);
  Names bound;
  const std::string what = in_quotes(key);
  if (key == "outcome") {
    outcome(made, value, bound);
  } else if (key == "check") {
    check(made, value);
  } else {
    patterns(made, node, value, what, bound);
  }
  // What must not come binds nothing.
  if (made.kind != Kind::MustNot) wire_->bind(bound);
  if (any_alternative(made, is_continuation)) step.until_continuation = true;
  step.expectations.push_back(std::move(made));
  return !broken_;
}

void ExpectationReader::requirement(Expectation& expectation, const YamlNode& node) {
  const YamlNode* const requirement = YamlReader::find(node, "requirement");
  if (requirement == nullptr) return;
  auto id = reader_->requirement_id(*requirement);
  if (!id) return;
  uses_->push_back({*id, requirement->where});
  expectation.requirement = std::move(*id);
}

void ExpectationReader::patterns(Expectation& expectation, const YamlNode& node, const YamlNode& value,
                                 std::string_view what, Names& bound) {
  using Kind = Expectation::Kind;
  if (const YamlNode* const among = YamlReader::find(node, "among"); among != nullptr) {
    expectation.among_untagged = reader_->choice(*among, kAmong, "\"among\"") == 1;
  }
  const bool until = YamlReader::find(node, "until") != nullptr;
  const bool many = expectation.kind == Kind::InOrder || expectation.kind == Kind::Only;
  const bool list = value.kind == YamlNode::Kind::Sequence && (many || expectation.kind == Kind::Must);
  if (!list && expectation.kind != Kind::InOrder) {
    alternative(expectation, value, what, bound);
  } else {
    // Nothing at all is what only can be asked for among all.
    if (!reader_->expect_list(value, what, expectation.kind == Kind::Only && expectation.among_untagged))
      broken_ = true;
    if (value.items.size() > kMostPatterns) reader_->error(value.where, std::string(what) + ": more than 100 patterns");
    for (const YamlNode& item : value.items) {
      if (until && item.kind == YamlNode::Kind::Map) {
        outcome_entry(expectation, item, what, bound);
      } else {
        alternative(expectation, item, what, bound);
      }
      // Each can name what those before it captured.
      if (many) wire_->bind(bound);
    }
  }
  text(expectation, node);
}

void ExpectationReader::text(Expectation& expectation, const YamlNode& node) {
  const YamlNode* const text = YamlReader::find(node, "text");
  if (text == nullptr) return;
  expectation.text = reader_->text(*text, "\"text\"").value_or("");
  const bool statuses = std::ranges::all_of(
      expectation.alternatives, [](const Alternative& alternative) { return has_text(alternative.pattern.text); });
  if (!statuses)
    reader_->error(text->where, "\"text\" beside a pattern without any: only OK, NO, BAD, BYE and PREAUTH have text");
}

void ExpectationReader::check(Expectation& expectation, const YamlNode& value) {
  expectation.check = wire_->expression(value, "\"check\"");
  broken_ = broken_ || !expectation.check;
}

void ExpectationReader::alternative(Expectation& expectation, const YamlNode& value, std::string_view what,
                                    Names& bound) {
  auto pattern = wire_->pattern(value, what, bound);
  if (!pattern) {
    broken_ = true;
    return;
  }
  for (const std::string& text : wire_->with_values(*pattern)) {
    const auto problem = *check_ ? (*check_)(text) : std::nullopt;
    if (!problem) continue;
    reader_->error(value.where, std::string(what) + ": " + *problem);
    broken_ = true;
    break;
  }
  Alternative made;
  made.pattern = std::move(*pattern);
  expectation.alternatives.push_back(std::move(made));
}

void ExpectationReader::outcome(Expectation& expectation, const YamlNode& value, Names& bound) {
  if (!reader_->expect_list(value, "\"outcome\"")) {
    broken_ = true;
    return;
  }
  for (const YamlNode& item : value.items) outcome_entry(expectation, item, "\"outcome\"", bound);
}

void ExpectationReader::outcome_entry(Expectation& expectation, const YamlNode& node, std::string_view what,
                                      Names& bound) {
  const YamlNode* pattern = nullptr;
  if (reader_->expect_map(node, kOutcomeKeys, "an entry of " + std::string(what)))
    pattern = reader_->require(node, "S");
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
        for (const std::string& name : condition->captured()) wire_->check_captured(*when, name);
        made.when = std::move(*condition);
      } else {
        reader_->error(when->where, condition.error());
      }
    }
  }
  made.message = reader_->optional_text(node, "message");
}

}  // namespace imapspec::runner
