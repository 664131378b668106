// The shards of a run, put together again.
#include "runner/run/merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/runner/judged_runs.h"

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
    apply_baseline(one, baseline, ledger(), kToday);
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
  for (RunResult& one : shards) apply_baseline(one, baseline, ledger(), kToday);
  EXPECT_EQ(exit_code(*merge_runs(shards)), 0);
}

TEST(Merge, AnEntryThatAnySessionMayMeetIsOverWhenNoneOfAllShardsDid) {
  const std::vector<BaselineEntry> baseline = {entry("monitored"), entry("both")};
  std::vector<RunResult> shards = {shard(whole({result("a", Verdict::Pass)}), 1, 2),
                                   shard(whole({result("f/tests-it", Verdict::Skip)}), 2, 2)};
  for (RunResult& one : shards) apply_baseline(one, baseline, ledger(), kToday);
  const auto merged = merge_runs(shards);
  ASSERT_TRUE(merged.has_value()) << merged.error();
  ASSERT_EQ(merged->findings.size(), 1U);
  EXPECT_EQ(merged->findings[0].requirement, "monitored");
  shards[1].whole = false;
  EXPECT_EQ(exit_code(*merge_runs(shards)), 0);
}

TEST(Merge, AWholeRunAloneStaysAsItIs) {
  const RunResult unmet = judged(whole({result("z", Verdict::Pass)}), {entry("monitored")});
  EXPECT_EQ(merge_runs({unmet})->scenarios, unmet.scenarios);
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
