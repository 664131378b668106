#include "runner/run/suite_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace imapspec::runner {
namespace {

Finding finding(std::string requirement, Verdict verdict, Check check = Check::Step) {
  Finding one;
  one.requirement = std::move(requirement);
  one.verdict = verdict;
  one.check = check;
  one.deviation = "answered OK";
  return one;
}

ScenarioResult result(std::string id, Verdict verdict, std::vector<Finding> findings) {
  ScenarioResult one;
  one.id = std::move(id);
  one.verdict = verdict;
  one.findings = std::move(findings);
  for (Finding& each : one.findings) each.scenarios = {one.id};
  return one;
}

RunResult run_of(std::vector<ScenarioResult> scenarios) {
  RunResult run;
  run.scenarios = std::move(scenarios);
  merge_findings(run);
  return run;
}

BaselineEntry entry(std::string requirement, std::vector<std::string> scenarios = {}) {
  BaselineEntry one;
  one.requirement = std::move(requirement);
  one.deviation = "answered OK";
  one.scenarios = std::move(scenarios);
  one.reason = "known";
  return one;
}

TEST(ExitCode, SaysWhatHappened) {
  EXPECT_EQ(exit_code(run_of({result("a", Verdict::Pass, {})}), {}), 0);
  EXPECT_EQ(exit_code(run_of({result("a", Verdict::Skip, {})}), {}), 0);
  EXPECT_EQ(exit_code(run_of({result("a", Verdict::Fail, {finding("r", Verdict::Fail)})}), {}), 1);
  EXPECT_EQ(exit_code(run_of({result("a", Verdict::Error, {})}), {}), 4);
  EXPECT_EQ(exit_code(run_of({result("a", Verdict::Error, {}), result("b", Verdict::Fail, {})}), {}), 1);
  const RunResult warned = run_of({result("a", Verdict::Warn, {finding("r", Verdict::Warn)})});
  EXPECT_EQ(exit_code(warned, {}), 0);
  EXPECT_EQ(exit_code(warned, {.warn = true, .weakness = false}), 1);
  EXPECT_EQ(exit_code(run_of({result("a", Verdict::Weakness, {})}), {.warn = false, .weakness = true}), 1);
  // What only the monitor saw counts although every scenario passed.
  EXPECT_EQ(exit_code(run_of({result("a", Verdict::Pass, {finding("r", Verdict::Fail, Check::Monitor)})}), {}), 1);
  RunResult interrupted = run_of({result("a", Verdict::Fail, {})});
  interrupted.interrupted_by = 2;
  EXPECT_EQ(exit_code(interrupted, {}), 130);
}

TEST(Baseline, KnownFindingsAreExpected) {
  RunResult run = run_of({result("f/a", Verdict::Fail, {finding("r", Verdict::Fail)})});
  apply_baseline(run, {entry("r", {"f/*"})});
  merge_findings(run);
  EXPECT_EQ(run.scenarios[0].verdict, Verdict::XFail);
  EXPECT_EQ(exit_code(run, {}), 0);
}

TEST(Baseline, AnyOtherFindingStillFails) {
  RunResult run = run_of({result("f/a", Verdict::Fail, {finding("r", Verdict::Fail), finding("s", Verdict::Fail)})});
  apply_baseline(run, {entry("r")});
  EXPECT_EQ(run.scenarios[0].verdict, Verdict::Fail);
  RunResult elsewhere = run_of({result("g/a", Verdict::Fail, {finding("r", Verdict::Fail)})});
  apply_baseline(elsewhere, {entry("r", {"f/*"})});
  EXPECT_EQ(elsewhere.scenarios[0].verdict, Verdict::Fail);
}

TEST(Baseline, AFindingThatIsGoneIsUnexpected) {
  RunResult run = run_of({result("f/a", Verdict::Pass, {})});
  apply_baseline(run, {entry("r", {"f/*"})});
  merge_findings(run);
  EXPECT_EQ(run.scenarios[0].verdict, Verdict::XPass);
  EXPECT_EQ(exit_code(run, {}), 1);
  // Nothing that the entry is about has run: nothing is known of it.
  RunResult part = run_of({result("g/a", Verdict::Pass, {})});
  apply_baseline(part, {entry("r", {"f/*"})});
  EXPECT_EQ(part.scenarios[0].verdict, Verdict::Pass);
}

TEST(Baseline, MonitorFindingsLeaveTheScenarioAlone) {
  RunResult run = run_of({result("f/a", Verdict::Pass, {finding("r", Verdict::Fail, Check::Monitor)})});
  apply_baseline(run, {entry("r")});
  merge_findings(run);
  EXPECT_EQ(run.scenarios[0].verdict, Verdict::Pass);
  EXPECT_EQ(exit_code(run, {}), 0);
}

TEST(Selection, TakesWholeIdsAndFolders) {
  std::vector<Scenario> scenarios(4);
  scenarios[0].id = "rfc9051/6.3.2-select/a";
  scenarios[1].id = "rfc9051/6.3.2-select/ab";
  scenarios[2].id = "rfc9051/6.3.20-other/a";
  scenarios[3].id = "security/a";
  const auto ids = [&](std::vector<std::string> prefixes) {
    std::vector<std::string> found;
    for (const Scenario* one : select_scenarios(scenarios, prefixes)) found.push_back(one->id);
    return found;
  };
  EXPECT_EQ(ids({}).size(), 4U);
  EXPECT_THAT(ids({"rfc9051/6.3.2-select/a"}), testing::ElementsAre("rfc9051/6.3.2-select/a"));
  EXPECT_EQ(ids({"rfc9051/6.3.2"}).size(), 2U);
  EXPECT_EQ(ids({"rfc9051/"}).size(), 3U);
  EXPECT_EQ(ids({"security", "rfc9051/6.3.20"}).size(), 2U);
  EXPECT_TRUE(ids({"nothing"}).empty());
}

}  // namespace
}  // namespace imapspec::runner
