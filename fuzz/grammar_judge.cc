#include "fuzz/grammar_judge.h"

#include <fmt/format.h>

#include <algorithm>

#include "fuzz/target.h"
#include "tests/differential/profiles.h"

namespace imapspec::fuzz {

namespace {

abnf::Grammar grammar_of(std::string_view profile, const std::string& folder) {
  differential::ProfileName name;
  for (std::size_t at = 0; at < profile.size();) {
    const std::size_t end = std::min(profile.find(' ', at), profile.size());
    const std::string word(profile.substr(at, end - at));
    if (name.revision.empty()) {
      name.revision = word;
    } else {
      name.capabilities.push_back(word);
    }
    at = end + 1;
  }
  const auto manifest = differential::read_manifest(folder + "/parser/spec");
  require(manifest.has_value(), "parser/spec cannot be read", folder);
  auto grammar = differential::profile_grammar(*manifest, name, parser::Direction::FromServer);
  require(grammar.has_value(), grammar ? "" : grammar.error(), profile);
  return std::move(*grammar);
}

bool is_digit(char octet) { return octet >= '0' && octet <= '9'; }

// shape_of leaves of each number whether it is 0 and whether it begins with 0, and nothing of the tag.
std::string shape_of(std::string_view unit, bool greeting) {
  std::string shape(greeting ? "greeting " : "");
  const bool tagged = !unit.starts_with('*') && !unit.starts_with('+');
  for (std::size_t at = tagged ? std::min(unit.find(' '), unit.size()) : 0; at < unit.size();) {
    if (!is_digit(unit[at])) {
      shape += unit[at++];
      continue;
    }
    std::size_t end = at;
    while (end < unit.size() && is_digit(unit[end])) ++end;
    shape += unit[at] != '0' ? '1' : end - at == 1 ? '0' : '2';
    at = end;
  }
  return shape;
}

}  // namespace

GrammarJudge::GrammarJudge(std::string_view profile, const std::string& folder)
    : grammar_(grammar_of(profile, folder)),
      recogniser_(grammar_),
      response_(*grammar_.find("response-unit")),
      greeting_(*grammar_.find("greeting")) {}

std::optional<std::string> GrammarJudge::complaint(std::string_view unit, bool greeting) {
  ++seen_;
  if (unit.size() > kLongest) return std::nullopt;
  if (shapes_.size() >= kMostShapes) shapes_.clear();
  if (!shapes_.insert(shape_of(unit, greeting)).second) return std::nullopt;
  ++looked_at_;
  const abnf::RuleId start = greeting ? greeting_ : response_;
  const abnf::Recognition quick = recogniser_.recognise(start, unit);
  if (quick.accepted || quick.gave_up) return std::nullopt;
  const abnf::Recognition slow = recogniser_.recognise(start, unit, true);
  std::string text = fmt::format("not in the grammar: at octet {} expected", slow.furthest);
  for (const std::string& expected : slow.expected) text += " " + expected;
  return text;
}

GrammarJudge& GrammarJudges::of(const std::string& profile) {
  return judges_.try_emplace(profile, profile, folder_).first->second;
}

std::size_t GrammarJudges::seen() const {
  std::size_t sum = 0;
  for (const auto& [profile, judge] : judges_) sum += judge.seen();
  return sum;
}

std::size_t GrammarJudges::looked_at() const {
  std::size_t sum = 0;
  for (const auto& [profile, judge] : judges_) sum += judge.looked_at();
  return sum;
}

}  // namespace imapspec::fuzz
