// Results of runs made by hand, and what a baseline makes of them.
#pragma once

#include <array>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "runner/result/result.h"
#include "runner/run/gate.h"
#include "runner/scenario/baseline.h"

namespace imapspec::runner::test {

inline constexpr std::chrono::year_month_day kToday{std::chrono::year(2026), std::chrono::month(11),
                                                    std::chrono::day(21)};

inline Finding finding(std::string requirement, Verdict verdict, Check check = Check::Step) {
  Finding one;
  one.requirement = std::move(requirement);
  one.verdict = verdict;
  one.check = check;
  one.deviation = "answered OK";
  return one;
}

inline ScenarioResult result(std::string id, Verdict verdict, std::vector<Finding> findings = {}) {
  ScenarioResult one;
  one.id = std::move(id);
  one.verdict = verdict;
  one.findings = std::move(findings);
  for (Finding& each : one.findings) each.scenarios = {one.id};
  return one;
}

inline RunResult run_of(std::vector<ScenarioResult> scenarios, FailOn fail_on = {}) {
  RunResult run;
  run.scenarios = std::move(scenarios);
  run.fail_on = fail_on;
  merge_findings(run);
  return run;
}

inline BaselineEntry entry(std::string requirement, std::vector<std::string> scenarios = {}) {
  BaselineEntry one;
  one.requirement = std::move(requirement);
  one.deviation = "answered OK";
  one.scenarios = std::move(scenarios);
  one.reason = "known";
  return one;
}

// A ledger of what the monitor alone tests, and of what a scenario tests too.
inline const RequirementMap& ledger() {
  static const auto row = [](std::string id, std::vector<std::string> tests) {
    Requirement one;
    one.id = std::move(id);
    one.tests = std::move(tests);
    return one;
  };
  static const std::array rows{row("monitored", {"monitor"}), row("both", {"f/tests-it", "monitor"})};
  static const RequirementMap map{{rows[0].id, &rows[0]}, {rows[1].id, &rows[1]}};
  return map;
}

// judged is a run with its baseline, as the command does it.
inline RunResult judged(RunResult run, const std::vector<BaselineEntry>& baseline) {
  apply_baseline(run, baseline, ledger(), kToday);
  settle_baseline(run);
  merge_findings(run);
  return run;
}

// whole is a run of all of the suite.
inline RunResult whole(std::vector<ScenarioResult> scenarios) {
  RunResult run = run_of(std::move(scenarios));
  run.whole = true;
  return run;
}

// shard makes a run one of `count`.
inline RunResult shard(RunResult run, std::size_t index, std::size_t count) {
  run.shard = {.index = index, .count = count};
  run.selected = 3;
  return run;
}

}  // namespace imapspec::runner::test
