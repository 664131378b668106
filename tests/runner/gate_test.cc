#include "runner/run/gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runner/run/merge.h"
#include "tests/runner/temporary_folder.h"

namespace imapspec::runner {
namespace {

using std::chrono::year_month_day;
using ::testing::HasSubstr;

constexpr year_month_day kToday{std::chrono::year(2026), std::chrono::month(11), std::chrono::day(21)};

Finding finding(std::string requirement, Verdict verdict, Check check = Check::Step) {
  Finding one;
  one.requirement = std::move(requirement);
  one.verdict = verdict;
  one.check = check;
  one.deviation = "answered OK";
  return one;
}

ScenarioResult result(std::string id, Verdict verdict, std::vector<Finding> findings = {}) {
  ScenarioResult one;
  one.id = std::move(id);
  one.verdict = verdict;
  one.findings = std::move(findings);
  for (Finding& each : one.findings) each.scenarios = {one.id};
  return one;
}

RunResult run_of(std::vector<ScenarioResult> scenarios, FailOn fail_on = {}) {
  RunResult run;
  run.scenarios = std::move(scenarios);
  run.fail_on = fail_on;
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

// judged is a run with its baseline, as the command does it.
RunResult judged(RunResult run, const std::vector<BaselineEntry>& baseline) {
  apply_baseline(run, baseline, kToday);
  settle_baseline(run);
  merge_findings(run);
  return run;
}

TEST(ExitCode, SaysWhatHappened) {
  EXPECT_EQ(exit_code(run_of({result("a", Verdict::Pass)})), 0);
  EXPECT_EQ(exit_code(run_of({result("a", Verdict::Skip)})), 0);
  EXPECT_EQ(exit_code(run_of({result("a", Verdict::Fail, {finding("r", Verdict::Fail)})})), 1);
  EXPECT_EQ(exit_code(run_of({result("a", Verdict::Error)})), 4);
  EXPECT_EQ(exit_code(run_of({result("a", Verdict::Error), result("b", Verdict::Fail)})), 1);
  const std::vector<ScenarioResult> warned = {result("a", Verdict::Warn, {finding("r", Verdict::Warn)})};
  EXPECT_EQ(exit_code(run_of(warned)), 0);
  EXPECT_EQ(exit_code(run_of(warned, {.warn = true})), 1);
  EXPECT_EQ(exit_code(run_of({result("a", Verdict::Weakness)}, {.weakness = true})), 1);
  // What only the monitor saw counts although every scenario passed.
  EXPECT_EQ(exit_code(run_of({result("a", Verdict::Pass, {finding("r", Verdict::Fail, Check::Monitor)})})), 1);
  RunResult interrupted = run_of({result("a", Verdict::Fail)});
  interrupted.interrupted_by = 2;
  EXPECT_EQ(exit_code(interrupted), 130);
}

TEST(Baseline, KnownFindingsAreExpected) {
  const RunResult run =
      judged(run_of({result("f/a", Verdict::Fail, {finding("r", Verdict::Fail)})}), {entry("r", {"f/*"})});
  EXPECT_EQ(run.scenarios[0].verdict, Verdict::XFail);
  EXPECT_EQ(exit_code(run), 0);
}

TEST(Baseline, AnyOtherFindingStillFails) {
  const RunResult run = judged(
      run_of({result("f/a", Verdict::Fail, {finding("r", Verdict::Fail), finding("s", Verdict::Fail)})}), {entry("r")});
  EXPECT_EQ(run.scenarios[0].verdict, Verdict::Fail);
  const RunResult elsewhere =
      judged(run_of({result("g/a", Verdict::Fail, {finding("r", Verdict::Fail)})}), {entry("r", {"f/*"})});
  EXPECT_EQ(elsewhere.scenarios[0].verdict, Verdict::Fail);
}

TEST(Baseline, AFindingThatIsGoneIsUnexpected) {
  const RunResult run = judged(run_of({result("f/a", Verdict::Pass)}), {entry("r", {"f/*"})});
  EXPECT_EQ(run.scenarios[0].verdict, Verdict::XPass);
  EXPECT_EQ(exit_code(run), 1);
  // Nothing that the entry is about has run: nothing is known of it.
  for (const Verdict verdict : {Verdict::Skip, Verdict::Unimplemented, Verdict::Error}) {
    const RunResult part =
        judged(run_of({result("f/a", verdict), result("g/a", Verdict::Pass)}), {entry("r", {"f/*"})});
    EXPECT_EQ(part.scenarios[0].verdict, verdict);
    EXPECT_EQ(part.scenarios[1].verdict, Verdict::Pass);
  }
}

TEST(Baseline, AnEntryWithoutScenariosIsAboutThoseThatTestItsRequirement) {
  ScenarioResult tests_it = result("b", Verdict::Pass);
  tests_it.requirements = {"q", "r"};
  EXPECT_EQ(exit_code(judged(run_of({result("a", Verdict::Pass)}), {entry("r")})), 0);
  EXPECT_EQ(exit_code(judged(run_of({result("a", Verdict::Pass), tests_it}), {entry("r")})), 1);
  tests_it.verdict = Verdict::Skip;
  EXPECT_EQ(exit_code(judged(run_of({result("a", Verdict::Pass), tests_it}), {entry("r")})), 0);
}

TEST(Baseline, AFindingOfSomeRunsMayBeGone) {
  BaselineEntry known = entry("r", {"a"});
  known.sometimes = true;
  EXPECT_EQ(exit_code(judged(run_of({result("a", Verdict::Pass)}), {known})), 0);
  const RunResult met = judged(run_of({result("a", Verdict::Fail, {finding("r", Verdict::Fail)})}), {known});
  EXPECT_EQ(met.scenarios[0].verdict, Verdict::XFail);
  // It is good until its day all the same.
  known.until = std::chrono::sys_days(kToday) - std::chrono::days(1);
  EXPECT_EQ(exit_code(judged(run_of({result("a", Verdict::Pass)}), {known})), 1);
}

TEST(Baseline, MonitorFindingsLeaveTheScenarioAlone) {
  const RunResult run =
      judged(run_of({result("f/a", Verdict::Pass, {finding("r", Verdict::Fail, Check::Monitor)})}), {entry("r")});
  EXPECT_EQ(run.scenarios[0].verdict, Verdict::Pass);
  EXPECT_EQ(exit_code(run), 0);
}

TEST(Baseline, AnEntryCountsUntilItsDay) {
  BaselineEntry good = entry("r");
  good.until = kToday;
  const RunResult known = run_of({result("a", Verdict::Fail, {finding("r", Verdict::Fail)})});
  EXPECT_EQ(exit_code(judged(known, {good})), 0);
  good.until = std::chrono::sys_days(kToday) - std::chrono::days(1);
  good.where.line = 7;
  const RunResult over = judged(known, {good});
  EXPECT_EQ(over.scenarios[0].verdict, Verdict::Fail);
  EXPECT_THAT(over.scenarios[0].findings[0].message, HasSubstr("it was known until 2026-11-20: known"));
  EXPECT_EQ(over.scenarios[0].findings[1].where.line, 7U);
  EXPECT_EQ(exit_code(over), 1);
  // A warning would not make the run bad; an entry that nobody looks after does.
  good.verdict = Verdict::Warn;
  EXPECT_EQ(exit_code(judged(run_of({result("a", Verdict::Warn, {finding("r", Verdict::Warn)})}), {good})), 1);
}

TEST(Baseline, WhatIsWrittenMakesTheNextRunGood) {
  RunResult run = run_of({result("f/a", Verdict::Fail, {finding("r", Verdict::Fail), finding("s", Verdict::Warn)}),
                          result("f/b", Verdict::Fail, {finding("r", Verdict::Fail)}),
                          result("f/c", Verdict::Pass, {finding("r", Verdict::Fail, Check::Monitor)})},
                         {.warn = true});
  BaselineEntry known = entry("s", {"f/*"});
  known.verdict = Verdict::Warn;
  known.reason = "it's old";
  known.clause = "RFC 9051: SHOULD";
  run = judged(run, {known});
  const TemporaryFolder folder;
  folder.write("new.yaml", write_baseline(run, {known}));
  const auto written = load_baseline(folder.path() / "new.yaml");
  ASSERT_TRUE(written.has_value()) << to_string(written.error().front());
  ASSERT_EQ(written->size(), 2U);
  EXPECT_EQ(written->at(0).reason, "it's old");
  EXPECT_EQ(written->at(0).clause, "RFC 9051: SHOULD");
  EXPECT_TRUE(lacks_reason(written->at(1)));
  const RunResult next =
      judged(run_of({result("f/a", Verdict::Fail, {finding("r", Verdict::Fail), finding("s", Verdict::Warn)}),
                     result("f/b", Verdict::Fail, {finding("r", Verdict::Fail)}),
                     result("f/c", Verdict::Pass, {finding("r", Verdict::Fail, Check::Monitor)})},
                    {.warn = true}),
             *written);
  EXPECT_EQ(exit_code(next), 0);
  // And a good run has an empty one.
  folder.write("none.yaml", write_baseline(run_of({result("a", Verdict::Pass)}), {}));
  EXPECT_TRUE(load_baseline(folder.path() / "none.yaml")->empty());
}

// shard makes a run one of `count`.
RunResult shard(RunResult run, std::size_t index, std::size_t count) {
  run.shard = {.index = index, .count = count};
  run.selected = 3;
  return run;
}

// rewritten is the baseline that a run with a baseline writes, read again.
std::vector<BaselineEntry> rewritten(RunResult run, const std::vector<BaselineEntry>& known) {
  run = judged(std::move(run), known);
  const TemporaryFolder folder;
  folder.write("new.yaml", write_baseline(run, known));
  const auto written = load_baseline(folder.path() / "new.yaml");
  EXPECT_TRUE(written.has_value()) << to_string(written.error().front());
  return written.value_or(std::vector<BaselineEntry>());
}

TEST(Baseline, WhatIsWrittenKeepsWhatWasNotTested) {
  BaselineEntry often = entry("r", {"f/*", "h/a"});
  often.sometimes = true;
  BaselineEntry elsewhere = entry("s", {"*/elsewhere"});
  elsewhere.until = kToday;
  const BaselineEntry skipped = entry("t", {"f/skipped"});
  const BaselineEntry untested = entry("u");
  const BaselineEntry gone = entry("v", {"f/a"});
  const auto written =
      rewritten(run_of({result("f/a", Verdict::Pass), result("f/skipped", Verdict::Skip), result("g", Verdict::Pass)}),
                {often, elsewhere, skipped, untested, gone});
  ASSERT_EQ(written.size(), 4U);
  EXPECT_TRUE(written[0].sometimes);
  EXPECT_EQ(written[0].scenarios, often.scenarios);
  EXPECT_EQ(written[1].scenarios, elsewhere.scenarios);
  EXPECT_EQ(written[1].until, kToday);
  EXPECT_EQ(written[2].requirement, "t");
  EXPECT_TRUE(written[3].scenarios.empty());
  // What one shard does not meet another one may.
  EXPECT_EQ(rewritten(shard(run_of({result("f/a", Verdict::Pass)}), 1, 2), {gone}).size(), 1U);
}

TEST(Baseline, WhatIsWrittenKeepsEndsAndWhatWasMet) {
  BaselineEntry good = entry("r", {"f/*", "g/*", "h/*"});
  good.until = kToday;
  const auto failed = [](std::string id) {
    return result(std::move(id), Verdict::Fail, {finding("r", Verdict::Fail)});
  };
  const auto written =
      rewritten(run_of({failed("f/a"), result("f/b", Verdict::Pass), result("g/a", Verdict::Pass)}), {good});
  ASSERT_EQ(written.size(), 1U);
  EXPECT_EQ(written[0].until, kToday);
  EXPECT_EQ(written[0].scenarios, (std::vector<std::string>{"f/*", "h/*"}));
  // One that is over would make the next run as bad, and one without an end would never be looked at again.
  good.until = std::chrono::sys_days(kToday) - std::chrono::days(1);
  const auto renewed = rewritten(run_of({failed("f/a")}), {good});
  ASSERT_EQ(renewed.size(), 1U);
  EXPECT_EQ(renewed[0].until, std::nullopt);
  EXPECT_TRUE(lacks_reason(renewed[0]));
  EXPECT_THAT(renewed[0].reason, HasSubstr("2026-11-20: known"));
}

TEST(Baseline, WhatIsWrittenDoesNotMixReasons) {
  BaselineEntry first = entry("r", {"f/*"});
  first.reason = "first";
  BaselineEntry second = entry("r", {"g/*"});
  second.reason = "second";
  const auto written = rewritten(run_of({result("f/a", Verdict::Fail, {finding("r", Verdict::Fail)}),
                                         result("g/a", Verdict::Fail, {finding("r", Verdict::Fail)}),
                                         result("h/a", Verdict::Fail, {finding("r", Verdict::Fail)})}),
                                 {first, second});
  ASSERT_EQ(written.size(), 3U);
  EXPECT_EQ(written[0].reason, "first");
  EXPECT_EQ(written[1].reason, "second");
  EXPECT_EQ(written[1].scenarios, (std::vector<std::string>{"g/*"}));
  EXPECT_TRUE(lacks_reason(written[2]));
  EXPECT_EQ(written[2].scenarios, (std::vector<std::string>{"h/a"}));
}

TEST(Baseline, WhatNamesNothingIsStale) {
  std::vector<Scenario> scenarios(1);
  scenarios[0].id = "f/select";
  std::vector<Requirement> requirements(1);
  requirements[0].id = "6.3.2/a";
  EXPECT_TRUE(stale_entries({entry("6.3.2/a", {"f/*"})}, scenarios, requirements).empty());
  BaselineEntry stale = entry("6.3.2/b", {"f/selekt"});
  stale.where = {"b.yaml", 3, 1};
  const auto errors = stale_entries({stale}, scenarios, requirements);
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(to_string(errors[0]),
            "b.yaml:3:1: the requirement \"6.3.2/b\" is not in the ledger; did you mean \"6.3.2/a\"?");
  EXPECT_EQ(to_string(errors[1]), "b.yaml:3:1: no scenario is called \"f/selekt\"; did you mean \"f/select\"?");
}

TEST(Merge, ShardsBecomeTheWholeRun) {
  const std::vector<ScenarioResult> all = {result("a", Verdict::Fail, {finding("r", Verdict::Fail)}),
                                           result("b", Verdict::Pass),
                                           result("c", Verdict::Fail, {finding("r", Verdict::Fail)})};
  const std::vector<BaselineEntry> baseline = {entry("s", {"b"}), entry("t", {"z"})};
  RunResult whole = judged(run_of(all), baseline);
  whole.selected = 3;
  std::vector<RunResult> shards = {shard(run_of({all[1]}), 2, 2), shard(run_of({all[0], all[2]}), 1, 2)};
  for (RunResult& one : shards) {
    one.scenarios.insert(one.scenarios.begin(), result(std::string(kSanityFirst), Verdict::Pass));
    apply_baseline(one, baseline, kToday);
  }
  auto merged = merge_runs(shards);
  ASSERT_TRUE(merged.has_value()) << merged.error();
  EXPECT_EQ(merged->scenarios.front().id, kSanityFirst);
  merged->scenarios.erase(merged->scenarios.begin());
  EXPECT_EQ(merged->scenarios, whole.scenarios);
  EXPECT_EQ(merged->findings, whole.findings);
  EXPECT_EQ(exit_code(*merged), 1);
}

TEST(Merge, AnEntryThatOneShardMetIsMet) {
  const std::vector<BaselineEntry> baseline = {entry("r")};
  std::vector<RunResult> shards = {shard(run_of({result("a", Verdict::Pass)}), 1, 2),
                                   shard(run_of({result("b", Verdict::Fail, {finding("r", Verdict::Fail)})}), 2, 2)};
  for (RunResult& one : shards) apply_baseline(one, baseline, kToday);
  EXPECT_EQ(exit_code(*merge_runs(shards)), 0);
}

TEST(Merge, AWholeRunAloneStaysAsItIs) {
  const RunResult whole = judged(run_of({result("a", Verdict::Pass)}), {entry("r", {"a"})});
  ASSERT_EQ(whole.scenarios[0].findings.size(), 1U);
  const auto merged = merge_runs({whole});
  ASSERT_TRUE(merged.has_value()) << merged.error();
  EXPECT_EQ(merged->scenarios, whole.scenarios);
}

TEST(Merge, AServerThatWasNotResetMayBeInSeveralShards) {
  ScenarioResult failed = result(std::string(kReset), Verdict::Error);
  failed.repetition = 2;
  const auto merged =
      merge_runs({shard(run_of({result("a", Verdict::Pass), failed}), 1, 2), shard(run_of({failed}), 2, 2)});
  ASSERT_TRUE(merged.has_value()) << merged.error();
  EXPECT_EQ(merged->scenarios.size(), 2U);
  EXPECT_EQ(exit_code(*merged), 4);
}

TEST(Merge, RefusesWhatIsNoWholeRun) {
  const RunResult first = shard(run_of({result("a", Verdict::Pass)}), 1, 2);
  const RunResult second = shard(run_of({result("b", Verdict::Pass)}), 2, 2);
  const auto why = [](std::vector<RunResult> shards) {
    const auto merged = merge_runs(std::move(shards));
    return merged ? std::string() : merged.error();
  };
  EXPECT_EQ(why({second, first}), "");
  EXPECT_EQ(why({first}), "shard 2/2 is missing");
  EXPECT_EQ(why({first, second, first}), "shard 1/2 is there twice");
  EXPECT_THAT(why({first, shard(run_of({}), 3, 3)}), HasSubstr("is not of a run of 2 shards"));
  EXPECT_EQ(why({first, shard(run_of({result("a", Verdict::Pass)}), 2, 2)}), "a [] is in more than one shard");
  EXPECT_EQ(why({}), "there is nothing to merge");
  RunResult other = second;
  other.selected = 4;
  EXPECT_THAT(why({first, other}), HasSubstr("is of another run"));
}

}  // namespace
}  // namespace imapspec::runner
