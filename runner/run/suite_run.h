// All scenarios against one server, in parallel.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "runner/result/result.h"
#include "runner/run/context.h"
#include "runner/scenario/scenario.h"

namespace imapspec::runner {

// RunPlan is what is to run.
struct RunPlan {
  std::vector<const Scenario*> scenarios;
  std::vector<std::string> profiles;         // each scenario runs once in each
  std::size_t repeat = 1;                    // all of it so many times
  std::set<std::string, std::less<>> named;  // ids that were asked for one by one
};

// RunHooks are called one at a time.
struct RunHooks {
  // done gets each result, in the order in which they end.
  std::function<void(const ScenarioResult&)> done;
  // stops says whether nothing more is to run after this result. Empty: never.
  std::function<bool(const ScenarioResult&)> stops;
  // between is called before each repetition but the first; its error, a sentence, ends the run. Empty: nothing.
  std::function<std::optional<std::string>()> between;
  // warn gets sentences about the run that are in no result. Empty: nobody wants them.
  std::function<void(const std::string&)> warn;
};

// run_scenarios runs the plan, `jobs` scenarios at a time, those that run alone last. It ends early when interrupted;
// what has not begun by then has no result. What may not run is skipped, as is all that comes after a result that
// stops the run: the results are the same whatever `jobs` is. Results are in order of repetition, scenario, profile.
std::vector<ScenarioResult> run_scenarios(const RunPlan& plan, const RunContext& context, const RunHooks& hooks);

}  // namespace imapspec::runner
