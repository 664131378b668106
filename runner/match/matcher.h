// A pattern's tree against a response's.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "runner/match/bindings.h"
#include "runner/match/term.h"

namespace imapspec::runner {

// most_pattern_items is how many items one list of a pattern may have; matching recurses over them.
inline constexpr std::size_t kMostPatternItems = 1000;

// MatchBudget is how many comparisons may still be made.
struct MatchBudget {
  std::size_t left = 4'000'000;

  // spent says that it ran out: that nothing matched means nothing then.
  [[nodiscard]] bool spent() const { return left == 0; }
};

// Matcher compares trees and collects what holes capture. Sets are matched by trying; a budget keeps a hostile
// response from making that exponential, and many of them from making it long.
class Matcher {
 public:
  // `bindings` and `budget` must outlive the matcher.
  Matcher(const Bindings& bindings, MatchBudget& budget) : bindings_(&bindings), budget_(&budget) {}

  // matches compares. Where it is false nothing is captured.
  bool matches(const Term& pattern, const Term& actual);

  // bind hands over what was captured.
  void bind(Bindings& bindings);

 private:
  struct Items;
  bool compare(const Term& pattern, const Term& actual);
  bool fill(const Term& hole, const Term& actual);
  bool capture(const std::string& name, const Term& value);
  [[nodiscard]] const Term* find(const std::string& name) const;
  [[nodiscard]] bool holds(const Term& hole, const Term& actual) const;
  bool attempt(const Term& pattern, const Term& actual);
  bool any_of(const std::vector<const Term*>& patterns, const Term& actual);
  bool in_list(const Term& pattern, const Term& actual);
  bool in_set(const Items& items, std::size_t at, const std::vector<Term>& actual, std::vector<bool>& used);
  bool in_order(const Items& items, std::size_t at, const std::vector<Term>& actual, std::size_t from);

  const Bindings* bindings_;
  std::vector<std::pair<std::string, Term>> captured_;
  MatchBudget* budget_;
};

}  // namespace imapspec::runner
