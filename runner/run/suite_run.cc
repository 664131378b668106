#include "runner/run/suite_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <utility>

#include "runner/run/executor.h"
#include "runner/run/judge.h"
#include "runner/scenario/glob.h"

namespace imapspec::runner {
namespace {

bool has_prefix(std::string_view id, std::string_view prefix) {
  while (prefix.ends_with('/')) prefix.remove_suffix(1);
  if (!id.starts_with(prefix)) return false;
  return id.size() == prefix.size() || id[prefix.size()] == '/' || id[prefix.size()] == '-';
}

bool names(const BaselineEntry& entry, const Finding& finding, const std::string& scenario) {
  return entry.requirement == finding.requirement && entry.deviation == finding.deviation &&
         entry.verdict == finding.verdict &&
         (entry.scenarios.empty() || std::any_of(entry.scenarios.begin(), entry.scenarios.end(),
                                                 [&](const std::string& glob) { return glob_match(glob, scenario); }));
}

bool concerns(const BaselineEntry& entry, const std::string& scenario) {
  return entry.scenarios.empty() || std::any_of(entry.scenarios.begin(), entry.scenarios.end(),
                                                [&](const std::string& glob) { return glob_match(glob, scenario); });
}

Verdict worst_of_steps(const ScenarioResult& result) {
  Verdict worst = Verdict::Pass;
  for (const Finding& finding : result.findings) {
    if (finding.check == Check::Step) worst = std::max(worst, finding.verdict);
  }
  return worst;
}

}  // namespace

std::vector<const Scenario*> select_scenarios(const std::vector<Scenario>& scenarios,
                                              std::span<const std::string> prefixes) {
  std::vector<const Scenario*> selected;
  for (const Scenario& scenario : scenarios) {
    if (prefixes.empty() || std::any_of(prefixes.begin(), prefixes.end(),
                                        [&](const std::string& prefix) { return has_prefix(scenario.id, prefix); })) {
      selected.push_back(&scenario);
    }
  }
  return selected;
}

std::vector<ScenarioResult> run_scenarios(const std::vector<const Scenario*>& scenarios, const RunContext& context,
                                          const std::vector<std::string>& profiles,
                                          const std::function<void(const ScenarioResult&)>& done) {
  const std::size_t total = scenarios.size() * profiles.size();
  std::vector<ScenarioResult> results(total);
  std::atomic<std::size_t> next{0};
  std::mutex telling;
  const auto work = [&] {
    for (std::size_t i = next++; i < total && context.interrupted.load() == 0; i = next++) {
      results[i] = run_scenario(*scenarios[i / profiles.size()], context, profiles[i % profiles.size()]);
      const std::scoped_lock lock(telling);
      done(results[i]);
    }
  };
  {
    std::vector<std::jthread> workers;
    const std::size_t jobs = std::clamp<std::size_t>(context.options.jobs, 1, std::max<std::size_t>(total, 1));
    workers.reserve(jobs);
    for (std::size_t i = 0; i < jobs; ++i) workers.emplace_back(work);
  }
  // Those that an interruption left out have no id.
  std::erase_if(results, [](const ScenarioResult& result) { return result.id.empty(); });
  return results;
}

void apply_baseline(RunResult& run, const std::vector<BaselineEntry>& baseline) {
  std::vector<bool> met(baseline.size(), false);
  for (ScenarioResult& result : run.scenarios) {
    const Verdict before = worst_of_steps(result);
    for (Finding& finding : result.findings) {
      for (std::size_t i = 0; i < baseline.size(); ++i) {
        if (!names(baseline[i], finding, result.id)) continue;
        met[i] = true;
        finding.verdict = Verdict::XFail;
        finding.message += " (known: " + baseline[i].reason + ")";
        break;
      }
    }
    // A verdict that came from a finding follows it; skip and error stay.
    if (result.verdict == before && before != Verdict::Pass) result.verdict = worst_of_steps(result);
  }
  for (std::size_t i = 0; i < baseline.size(); ++i) {
    if (met[i]) continue;
    const auto runs = std::find_if(run.scenarios.begin(), run.scenarios.end(), [&](const ScenarioResult& result) {
      return result.verdict != Verdict::Skip && result.verdict != Verdict::Error && concerns(baseline[i], result.id);
    });
    if (runs == run.scenarios.end()) continue;
    Finding finding;
    finding.requirement = baseline[i].requirement;
    finding.verdict = Verdict::XPass;
    finding.deviation = baseline[i].deviation;
    finding.scenarios = {runs->id};
    finding.where = baseline[i].where;
    finding.message = "the baseline names this finding, but it was not met: take the entry out";
    runs->findings.push_back(std::move(finding));
    runs->verdict = std::max(runs->verdict, Verdict::XPass);
  }
}

int exit_code(const RunResult& run, const FailOn& fail_on) {
  if (run.interrupted_by) return 128 + *run.interrupted_by;
  const auto counts = [&](Verdict verdict) {
    return verdict == Verdict::Fail || verdict == Verdict::XPass || (fail_on.warn && verdict == Verdict::Warn) ||
           (fail_on.weakness && verdict == Verdict::Weakness);
  };
  const bool failed =
      std::any_of(run.findings.begin(), run.findings.end(), [&](const Finding& f) { return counts(f.verdict); }) ||
      std::any_of(run.scenarios.begin(), run.scenarios.end(),
                  [&](const ScenarioResult& s) { return counts(s.verdict); });
  if (failed) return 1;
  const bool error = std::any_of(run.scenarios.begin(), run.scenarios.end(),
                                 [](const ScenarioResult& s) { return s.verdict == Verdict::Error; });
  return error ? 4 : 0;
}

}  // namespace imapspec::runner
