#include "runner/scenario/expectation_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "parser/core/ascii.h"

namespace imapspec::runner {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array kExpectations = {"S"sv, "S-not"sv, "S-may"sv, "outcome"sv};
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

bool any_alternative(const Expectation& expectation, bool (*is)(std::string_view)) {
  return std::ranges::any_of(expectation.alternatives,
                             [&](const Alternative& alternative) { return is(alternative.pattern.text); });
}

}  // namespace

std::span<const std::string_view> expectation_keys() { return kExpectations; }

bool ends_command(const Expectation& expectation) { return any_alternative(expectation, ends); }

bool ExpectationReader::read(std::string_view key, const YamlNode& node, const YamlNode& value, Step& step) {
  broken_ = false;
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
  if (any_alternative(made, is_continuation)) step.until_continuation = true;
  step.expectations.push_back(std::move(made));
  return !broken_;
}

void ExpectationReader::alternative(Expectation& expectation, const YamlNode& value, std::string_view what,
                                    Names& bound) {
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

void ExpectationReader::outcome(Expectation& expectation, const YamlNode& value, Names& bound) {
  if (!reader_->expect_list(value, "\"outcome\"")) {
    broken_ = true;
    return;
  }
  for (const YamlNode& item : value.items) outcome_entry(expectation, item, bound);
}

void ExpectationReader::outcome_entry(Expectation& expectation, const YamlNode& node, Names& bound) {
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

}  // namespace imapspec::runner
