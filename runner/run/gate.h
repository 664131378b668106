// What makes a run good: its verdicts, but for what is known of the server.
#pragma once

#include <chrono>
#include <string_view>
#include <vector>

#include "runner/result/result.h"
#include "runner/run/selection.h"
#include "runner/scenario/baseline.h"

namespace imapspec::runner {

// The id of what stands for the entries of a baseline that no scenario is about. It has no profile.
inline constexpr std::string_view kUnmetEntries = "baseline/unmet";

// excuse turns the findings of one result that the baseline names into XFail. An entry that is good no longer on the
// day `today` excuses nothing.
void excuse(ScenarioResult& result, const std::vector<BaselineEntry>& baseline, std::chrono::year_month_day today);

// apply_baseline excuses all results, and notes in `run.baseline` what became of each entry. `run.findings` has to be
// merged anew afterwards.
void apply_baseline(RunResult& run, const std::vector<BaselineEntry>& baseline, const RequirementMap& ledger,
                    std::chrono::year_month_day today);

// came_to_its_end says whether every scenario did, or was left out, and nothing failed that the baseline does not know:
// what ends a scenario early may be why a session did not meet what comes later. Asked after apply_baseline.
bool came_to_its_end(const RunResult& run);

// settle_baseline adds an XPass finding for each entry that met none of its scenarios although one of them ran (where
// it names none: one that tests its requirement; or any session, where the run is whole and none of those was left
// out), and for each that is good no longer. Not for a shard alone: others may meet it. `run.findings` has to be merged
// anew afterwards.
void settle_baseline(RunResult& run);

// exit_code: 0 all good, 1 a fail or xpass or what `fail_on` names, 4 an error and nothing failed, 128 + signal when
// interrupted. Needs merged findings: those of monitor and grammar count as well.
int exit_code(const RunResult& run);

// is_bad says whether a result alone makes the run bad.
bool is_bad(const ScenarioResult& result, const FailOn& fail_on);

}  // namespace imapspec::runner
