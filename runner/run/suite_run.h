// All scenarios against one server, in parallel, and what is made of the results.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runner/result/result.h"
#include "runner/run/context.h"
#include "runner/scenario/loader.h"
#include "runner/scenario/scenario.h"

namespace imapspec::runner {

// select_scenarios keeps those whose id begins with one of the prefixes: whole path elements, or
// the whole id. All where there are no prefixes.
std::vector<const Scenario*> select_scenarios(const std::vector<Scenario>& scenarios,
                                              std::span<const std::string> prefixes);

// run_scenarios runs each scenario in each of `profiles`, `jobs` at a time, and calls `done` for
// each result, one at a time, in the order in which they end. It ends early when interrupted.
// Results are in order of id, then profile.
std::vector<ScenarioResult> run_scenarios(const std::vector<const Scenario*>& scenarios, const RunContext& context,
                                          const std::vector<std::string>& profiles,
                                          const std::function<void(const ScenarioResult&)>& done);

// apply_baseline turns findings that the baseline names into XFail, and adds an XPass finding for
// each entry that met none of its scenarios although one of them ran. `run.findings` has to be
// merged anew afterwards.
void apply_baseline(RunResult& run, const std::vector<BaselineEntry>& baseline);

// FailOn is which verdicts make the exit code 1, besides Fail and XPass.
struct FailOn {
  bool warn = false;
  bool weakness = false;
};

// exit_code: 0 all good, 1 a fail or xpass, 4 an error and nothing failed, 128 + signal when
// interrupted. Needs merged findings: those of monitor and grammar count as well.
int exit_code(const RunResult& run, const FailOn& fail_on);

}  // namespace imapspec::runner
