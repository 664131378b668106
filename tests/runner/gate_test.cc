#include "runner/run/gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/runner/judged_runs.h"
#include "tests/runner/temporary_folder.h"

namespace imapspec::runner {
namespace {

using test::entry;
using test::finding;
using test::judged;
using test::kToday;
using test::ledger;
using test::result;
using test::run_of;
using test::shard;
using test::whole;
using ::testing::HasSubstr;

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

TEST(Baseline, AnEntryThatAnySessionMayMeetIsOverWhenNoneOfAWholeRunDid) {
  const RunResult run = judged(whole({result("a", Verdict::Pass)}), {entry("monitored")});
  EXPECT_EQ(exit_code(run), 1);
  EXPECT_EQ(run.scenarios.back().id, kUnmetEntries);
  EXPECT_EQ(run.scenarios.back().verdict, Verdict::XPass);
  EXPECT_THAT(run.scenarios.back().findings.at(0).message, HasSubstr("no session of the whole suite met it"));
  // A part of the suite knows nothing of the rest.
  EXPECT_EQ(exit_code(judged(run_of({result("a", Verdict::Pass)}), {entry("monitored")})), 0);
  // Met, or there sometimes, or about scenarios that did not run.
  const auto met = result("a", Verdict::Pass, {finding("monitored", Verdict::Fail, Check::Monitor)});
  EXPECT_EQ(exit_code(judged(whole({met}), {entry("monitored")})), 0);
  BaselineEntry often = entry("monitored");
  often.sometimes = true;
  EXPECT_EQ(exit_code(judged(whole({result("a", Verdict::Pass)}), {often})), 0);
  EXPECT_EQ(exit_code(judged(whole({result("a", Verdict::Pass)}), {entry("monitored", {"slow/*"})})), 0);
}

TEST(Baseline, AnEntryThatALeftOutScenarioMayMeetIsNotOver) {
  for (const Verdict verdict : {Verdict::Skip, Verdict::Unimplemented}) {
    EXPECT_EQ(exit_code(judged(whole({result("a", Verdict::Pass), result("f/tests-it", verdict)}), {entry("both")})),
              0);
  }
  EXPECT_EQ(exit_code(judged(whole({result("f/tests-it", Verdict::Pass)}), {entry("both")})), 1);
}

TEST(Baseline, WhatEndsAScenarioEarlyMayHideWhatComesLater) {
  EXPECT_TRUE(came_to_its_end(run_of({result("a", Verdict::XFail), result("b", Verdict::Skip)})));
  EXPECT_FALSE(came_to_its_end(run_of({result("a", Verdict::Fail)})));
  EXPECT_FALSE(came_to_its_end(run_of({result("a", Verdict::Error)})));
  RunResult interrupted = run_of({result("a", Verdict::Pass)});
  interrupted.interrupted_by = 2;
  EXPECT_FALSE(came_to_its_end(interrupted));
}

TEST(Baseline, AnErrorBesideAFindingThatIsKnownIsStillAnError) {
  ScenarioResult both = result("a", Verdict::Fail, {finding("r", Verdict::Fail)});
  both.ended = Verdict::Error;
  both.reason = "no answer in time";
  EXPECT_EQ(exit_code(run_of({both})), 1);
  const RunResult known = judged(run_of({both}), {entry("r")});
  EXPECT_EQ(known.scenarios[0].verdict, Verdict::Error);
  EXPECT_EQ(known.scenarios[0].findings[0].verdict, Verdict::XFail);
  EXPECT_EQ(exit_code(known), 4);
  EXPECT_FALSE(came_to_its_end(known));
  // What is left out behind a finding that is known changes nothing.
  both.ended = Verdict::Skip;
  EXPECT_EQ(judged(run_of({both}), {entry("r")}).scenarios[0].verdict, Verdict::XFail);
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
  // Nothing met it, and anything may have.
  EXPECT_TRUE(rewritten(whole({result("f/a", Verdict::Pass)}), {entry("monitored")}).empty());
  EXPECT_EQ(rewritten(run_of({result("f/a", Verdict::Pass)}), {entry("monitored")}).size(), 1U);
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

}  // namespace
}  // namespace imapspec::runner
