// Mistakes in scenarios that load: what is never used, can never match, or is never reached.
#pragma once

#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runner/scenario/loader.h"

namespace imapspec::runner {

// LintCheck is one kind of mistake.
struct LintCheck {
  std::string_view name;
  std::string_view meaning;
};

// lint_checks are all of them.
std::span<const LintCheck> lint_checks();

// LintFinding is one mistake, with what to do about it.
struct LintFinding {
  std::string_view check;
  Where where;
  std::string message;
  std::string suggestion;
};

// lint_scenario looks at one scenario. `judged_always` are requirements that need no expectation: the monitor's.
std::vector<LintFinding> lint_scenario(const Scenario& scenario,
                                       const std::set<std::string, std::less<>>& judged_always = {});

// lint_suite looks at all scenarios of a suite, in order, and at what belongs to none of them. What the rows of one
// scenario have in common is told once.
std::vector<LintFinding> lint_suite(const Suite& suite);

}  // namespace imapspec::runner
