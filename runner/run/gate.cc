#include "runner/run/gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "runner/scenario/glob.h"

namespace imapspec::runner {
namespace {

bool concerns(const BaselineEntry& entry, const std::string& scenario) {
  return entry.scenarios.empty() ||
         std::ranges::any_of(entry.scenarios, [&](const std::string& glob) { return glob_match(glob, scenario); });
}

bool names(const BaselineEntry& entry, const Finding& finding, const std::string& scenario) {
  return entry.requirement == finding.requirement && entry.deviation == finding.deviation &&
         entry.verdict == finding.verdict && concerns(entry, scenario);
}

Verdict worst_of_steps(const ScenarioResult& result) {
  Verdict worst = Verdict::Pass;
  for (const Finding& finding : result.findings) {
    if (finding.check == Check::Step) worst = std::max(worst, finding.verdict);
  }
  return worst;
}

std::string written(std::chrono::year_month_day day) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

bool is_over(const BaselineEntry& entry, std::chrono::year_month_day today) {
  return entry.until && *entry.until < today;
}

// An entry without scenarios that was not met is over only where one ran that tests what it is about.
bool has_tested(const BaselineEntry& entry, const ScenarioResult& result) {
  if (result.verdict == Verdict::Skip || result.verdict == Verdict::Unimplemented || result.verdict == Verdict::Error) {
    return false;
  }
  if (!entry.scenarios.empty()) return concerns(entry, result.id);
  return std::ranges::find(result.requirements, entry.requirement) != result.requirements.end();
}

// In `met_by` goes for each entry that names a finding of the result the result's id, unless one is there.
void excuse_noting(ScenarioResult& result, const std::vector<BaselineEntry>& baseline,
                   std::chrono::year_month_day today, std::vector<std::string>& met_by) {
  const Verdict before = worst_of_steps(result);
  for (Finding& finding : result.findings) {
    for (std::size_t i = 0; i < baseline.size(); ++i) {
      if (!names(baseline[i], finding, result.id)) continue;
      if (met_by[i].empty()) met_by[i] = result.id;
      if (is_over(baseline[i], today)) {
        finding.message += fmt::format(" (it was known until {}: {})", written(*baseline[i].until), baseline[i].reason);
        continue;
      }
      finding.verdict = Verdict::XFail;
      finding.message += " (known: " + baseline[i].reason + ")";
      break;
    }
  }
  // A verdict that came from a finding follows it; skip and error stay.
  if (result.verdict == before && before != Verdict::Pass) {
    result.verdict = std::max(worst_of_steps(result), result.ended.value_or(Verdict::Pass));
  }
}

// Whether nothing but sessions in general can meet an entry, as far as the run goes: it names no scenarios, and those
// that test its requirement, if there are any, were not left out.
bool any_session_may_meet(const BaselineEntry& entry, const RunResult& run, const RequirementMap& ledger) {
  const auto row = ledger.find(entry.requirement);
  if (!entry.scenarios.empty() || row == ledger.end()) return false;
  return std::ranges::none_of(row->second->tests, [&](const std::string& test) {
    return std::ranges::any_of(run.scenarios, [&](const ScenarioResult& one) {
      const bool left_out = one.verdict == Verdict::Skip || one.verdict == Verdict::Unimplemented;
      return left_out && one.id == test;
    });
  });
}

ScenarioResult unmet_entries() {
  ScenarioResult result;
  result.id = kUnmetEntries;
  result.title = "Entries of the baseline that any session may meet, and none did";
  return result;
}

bool counts(Verdict verdict, const FailOn& fail_on) {
  return verdict == Verdict::Fail || verdict == Verdict::XPass || (fail_on.warn && verdict == Verdict::Warn) ||
         (fail_on.weakness && verdict == Verdict::Weakness);
}

}  // namespace

void excuse(ScenarioResult& result, const std::vector<BaselineEntry>& baseline, std::chrono::year_month_day today) {
  std::vector<std::string> met_by(baseline.size());
  excuse_noting(result, baseline, today, met_by);
}

void apply_baseline(RunResult& run, const std::vector<BaselineEntry>& baseline, const RequirementMap& ledger,
                    std::chrono::year_month_day today) {
  std::vector<std::string> met_by(baseline.size());
  for (ScenarioResult& result : run.scenarios) excuse_noting(result, baseline, today, met_by);
  for (std::size_t i = 0; i < baseline.size(); ++i) {
    BaselineUse use;
    use.requirement = baseline[i].requirement;
    use.deviation = baseline[i].deviation;
    use.where = baseline[i].where;
    if (is_over(baseline[i], today)) use.expired = written(*baseline[i].until);
    use.met = !met_by[i].empty() || baseline[i].sometimes;
    use.scenario = met_by[i];
    use.anywhere = any_session_may_meet(baseline[i], run, ledger);
    if (use.scenario.empty()) {
      const auto tested = std::ranges::find_if(
          run.scenarios, [&](const ScenarioResult& result) { return has_tested(baseline[i], result); });
      if (tested != run.scenarios.end()) use.scenario = tested->id;
    }
    run.baseline.push_back(std::move(use));
  }
}

void settle_baseline(RunResult& run) {
  for (const BaselineUse& use : run.baseline) {
    if (use.met && use.expired.empty()) continue;
    auto ran = std::ranges::find(run.scenarios, use.scenario, &ScenarioResult::id);
    if (ran == run.scenarios.end()) {
      if (use.met || !use.anywhere || !run.whole) continue;
      ran = std::ranges::find(run.scenarios, kUnmetEntries, &ScenarioResult::id);
      if (ran == run.scenarios.end()) ran = run.scenarios.insert(ran, unmet_entries());
    }
    Finding finding;
    finding.requirement = use.requirement;
    finding.verdict = Verdict::XPass;
    finding.deviation = use.deviation;
    finding.scenarios = {ran->id};
    finding.where = use.where;
    finding.message =
        use.met ? fmt::format("the baseline's entry was good until {}: look again, and take it out or put it off",
                              use.expired)
        : ran->id == kUnmetEntries
            ? "the baseline names this finding, but no session of the whole suite met it: take the entry out, name its "
              "scenarios, or say that it is there sometimes"
            : "the baseline names this finding, but it was not met: take the entry out";
    ran->findings.push_back(std::move(finding));
    ran->verdict = std::max(ran->verdict, Verdict::XPass);
  }
}

bool is_bad(const ScenarioResult& result, const FailOn& fail_on) {
  return counts(result.verdict, fail_on) ||
         std::ranges::any_of(result.findings, [&](const Finding& finding) { return counts(finding.verdict, fail_on); });
}

bool came_to_its_end(const RunResult& run) {
  return !run.interrupted_by && std::ranges::none_of(run.scenarios, [](const ScenarioResult& one) {
    return one.verdict == Verdict::Error || one.verdict == Verdict::Fail || one.ended == Verdict::Error;
  });
}

int exit_code(const RunResult& run) {
  if (run.interrupted_by) return 128 + *run.interrupted_by;
  const bool failed =
      std::ranges::any_of(run.findings, [&](const Finding& finding) { return counts(finding.verdict, run.fail_on); }) ||
      std::ranges::any_of(run.scenarios, [&](const ScenarioResult& one) { return is_bad(one, run.fail_on); });
  if (failed) return 1;
  const bool error =
      std::ranges::any_of(run.scenarios, [](const ScenarioResult& one) { return one.verdict == Verdict::Error; });
  return error ? 4 : 0;
}

}  // namespace imapspec::runner
