#include "runner/result/result.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace imapspec::runner {
namespace {

using ::testing::ElementsAre;

TEST(VerdictNames, AreTheWordsOfReports) {
  const std::vector<std::pair<Verdict, std::string_view>> table = {
      {Verdict::Pass, "pass"},   {Verdict::Info, "info"},         {Verdict::Skip, "skip"},
      {Verdict::XFail, "xfail"}, {Verdict::Weakness, "weakness"}, {Verdict::Unimplemented, "unimplemented"},
      {Verdict::Warn, "warn"},   {Verdict::Error, "error"},       {Verdict::XPass, "xpass"},
      {Verdict::Fail, "fail"}};
  for (const auto& [verdict, name] : table) {
    EXPECT_EQ(verdict_name(verdict), name);
    EXPECT_EQ(verdict_named(name), verdict);
  }
  EXPECT_EQ(verdict_named("Pass"), std::nullopt);
  EXPECT_EQ(verdict_named(""), std::nullopt);
}

TEST(LevelNames, AreTheWordsOfTheLedger) {
  const std::vector<std::pair<Level, std::string_view>> table = {{Level::Must, "must"},
                                                                 {Level::Should, "should"},
                                                                 {Level::May, "may"},
                                                                 {Level::Statement, "statement"},
                                                                 {Level::Hardening, "hardening"}};
  for (const auto& [level, name] : table) {
    EXPECT_EQ(level_name(level), name);
    EXPECT_EQ(level_named(name), level);
  }
  EXPECT_EQ(level_named("MUST"), std::nullopt);
}

TEST(CheckNames, SayWhoFoundIt) {
  EXPECT_EQ(check_name(Check::Step), "step");
  EXPECT_EQ(check_name(Check::Monitor), "monitor");
  EXPECT_EQ(check_name(Check::Grammar), "grammar");
}

TEST(VerdictFor, FollowsTheLevel) {
  EXPECT_EQ(verdict_for(Level::Must), Verdict::Fail);
  EXPECT_EQ(verdict_for(Level::Statement), Verdict::Fail);
  EXPECT_EQ(verdict_for(Level::Should), Verdict::Warn);
  EXPECT_EQ(verdict_for(Level::May), Verdict::Info);
  EXPECT_EQ(verdict_for(Level::Hardening), Verdict::Weakness);
}

Finding finding(std::string requirement, std::string deviation, std::string message = {}) {
  Finding made;
  made.requirement = std::move(requirement);
  made.deviation = std::move(deviation);
  made.message = std::move(message);
  return made;
}

ScenarioResult scenario(std::string id, std::vector<Finding> findings) {
  ScenarioResult made;
  made.id = std::move(id);
  made.findings = std::move(findings);
  return made;
}

TEST(MergeFindings, KeepsTheFirstAndNamesAllScenarios) {
  RunResult run;
  run.findings.push_back(finding("stale", "stale"));
  run.scenarios.push_back(scenario("a", {finding("r", "d", "first"), finding("r", "d", "second")}));
  run.scenarios.push_back(scenario("b", {finding("q", "d")}));
  run.scenarios.push_back(scenario("c", {finding("r", "d", "third")}));
  run.scenarios.push_back(scenario("a", {finding("r", "d", "in the other profile")}));
  merge_findings(run);
  ASSERT_EQ(run.findings.size(), 2U);
  EXPECT_EQ(run.findings[0].requirement, "r");
  EXPECT_EQ(run.findings[0].message, "first");
  EXPECT_THAT(run.findings[0].scenarios, ElementsAre("a", "c"));
  EXPECT_EQ(run.findings[1].requirement, "q");
  EXPECT_THAT(run.findings[1].scenarios, ElementsAre("b"));
}

TEST(MergeFindings, KeepsApartWhatDiffers) {
  Finding other_check = finding("r", "d");
  other_check.check = Check::Monitor;
  Finding other_verdict = finding("r", "d");
  other_verdict.verdict = Verdict::Warn;
  RunResult run;
  run.scenarios.push_back(scenario("a", {finding("r", "d"), finding("r", "e"), other_check, other_verdict}));
  merge_findings(run);
  EXPECT_EQ(run.findings.size(), 4U);
}

TEST(CountVerdicts, HasAnEntryForEveryVerdict) {
  RunResult run;
  run.scenarios = {scenario("a", {}), scenario("b", {}), scenario("c", {})};
  run.scenarios[2].verdict = Verdict::Fail;
  const auto counts = count_verdicts(run);
  EXPECT_EQ(counts.size(), 10U);
  EXPECT_EQ(counts.at(Verdict::Pass), 2U);
  EXPECT_EQ(counts.at(Verdict::Fail), 1U);
  EXPECT_EQ(counts.at(Verdict::XPass), 0U);
}

}  // namespace
}  // namespace imapspec::runner
