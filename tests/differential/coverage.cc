#include "tests/differential/coverage.h"

#include <algorithm>

#include "parser/abnf/generator.h"

namespace imapspec::differential {

namespace {

bool is_unreached(const GrammarCoverage& grammar, std::string_view rule) {
  const auto found = grammar.grammar->find(rule);
  return !found || std::ranges::find(grammar.report.unreached, *found) != grammar.report.unreached.end();
}

void name_unreached(GrammarCoverage& grammar, const GrammarCoverage& other) {
  for (const abnf::RuleId rule : grammar.report.unreached) {
    const std::string& name = grammar.grammar->rule(rule).name;
    (is_unreached(other, name) ? grammar.of_nobody : grammar.of_the_other_side).push_back(name);
  }
}

}  // namespace

std::vector<GrammarCoverage> grammar_coverages(const std::vector<Subject>& subjects,
                                               const std::vector<abnf::Coverage>& coverages) {
  std::vector<GrammarCoverage> found;
  for (std::size_t i = 0; i < subjects.size();) {
    const Subject& first = subjects[i];
    std::vector<abnf::Covered> units;
    for (; i < subjects.size() && subjects[i].grammar == first.grammar; ++i) {
      units.push_back({subjects[i].table.get(), &coverages[i]});
    }
    found.push_back({.profile_name = first.profile_name,
                     .direction = parser::test::direction_of(first.kind),
                     .grammar = first.grammar,
                     .report = abnf::report(units),
                     .of_the_other_side = {},
                     .of_nobody = {}});
  }
  for (GrammarCoverage& grammar : found) {
    const auto other = std::ranges::find_if(found, [&](const GrammarCoverage& of) {
      return of.profile_name == grammar.profile_name && of.direction != grammar.direction;
    });
    name_unreached(grammar, other == found.end() ? grammar : *other);
  }
  return found;
}

abnf::Coverage derive_all(const Subject& subject, std::size_t most) {
  Comparer comparer = comparer_of(subject);
  abnf::Generator generator(
      *subject.table, [&](abnf::NodeId node, std::string_view octets) { return comparer.matches(node, octets); }, 1);
  for (std::size_t i = 0; i < most && generator.has_aims(); ++i) {
    generator.sentence();
    generator.near_miss();
  }
  return generator.coverage();
}

}  // namespace imapspec::differential
