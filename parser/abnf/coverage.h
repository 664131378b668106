// Which choices of a grammar derivations have made.
//
// RFC 5234
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "parser/abnf/derivation_table.h"

namespace imapspec::abnf {

// Coverage counts how often each point of a DerivationTable was chosen.
class Coverage {
 public:
  explicit Coverage(std::size_t points) : counts_(points) {}

  void add(PointId point) { ++counts_[point]; }
  // remove takes one add back: the derivation was given up.
  void remove(PointId point) { --counts_[point]; }
  [[nodiscard]] std::uint32_t count(PointId point) const { return counts_[point]; }

  // merge adds the counts of another Coverage of the same table.
  void merge(const Coverage& other);

 private:
  std::vector<std::uint32_t> counts_;
};

// Covered is a table and what was chosen of it.
struct Covered {
  const DerivationTable* table = nullptr;
  const Coverage* coverage = nullptr;
};

// CoverageReport tells what of a grammar was chosen at least once.
struct CoverageReport {
  struct Share {
    std::size_t covered = 0;
    std::size_t all = 0;
  };
  Share rules;
  Share alternatives;
  Share points;
  std::vector<std::string> missed;  // "rule (line 3, column 7): alternative 2"

  // What no derivation has is not in `all`: choices with the reason, and rules that no root leads to.
  std::vector<std::string> underivable;  // "rule (line 3, column 7): alternative 2, which a "-" takes away"
  std::vector<RuleId> unreached;
};

// report looks at one or more tables of the same grammar together: what one of them has, all have.
CoverageReport report(const std::vector<Covered>& parts);

// point_name says what a point is, as in "flag (line 12, column 9): alternative 2".
std::string point_name(const DerivationTable& table, PointId point);

}  // namespace imapspec::abnf
