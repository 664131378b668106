// What of the grammars sentences have, profile by profile.
//
// RFC 9051 section 9, RFC 3501 section 9
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "parser/abnf/coverage.h"
#include "tests/differential/run.h"

namespace imapspec::differential {

// GrammarCoverage is about all units of one direction in one profile.
struct GrammarCoverage {
  std::string profile_name;
  parser::Direction direction = parser::Direction::FromClient;
  std::shared_ptr<const abnf::Grammar> grammar;
  abnf::CoverageReport report;

  // of_the_other_side are rules that only units of the other direction have, of_nobody those that no unit has.
  std::vector<std::string> of_the_other_side;
  std::vector<std::string> of_nobody;
};

// grammar_coverages puts the subjects of each profile and direction together. `coverages` are by subject, and
// the subjects are all those of their profiles.
std::vector<GrammarCoverage> grammar_coverages(const std::vector<Subject>& subjects,
                                               const std::vector<abnf::Coverage>& coverages);

// derive_all derives sentences and near misses of a subject, without looking at them, until they have made every choice
// or are so many.
abnf::Coverage derive_all(const Subject& subject, std::size_t most);

}  // namespace imapspec::differential
