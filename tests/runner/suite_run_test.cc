#include "runner/run/suite_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "runner/run/connection_gate.h"
#include "runner/run/paced_dialer.h"

namespace imapspec::runner {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// NoServer refuses every connection, and remembers how many were asked for at once.
class NoServer : public Dialer {
 public:
  [[nodiscard]] bool has(Door) const override { return true; }
  std::expected<std::unique_ptr<Link>, LinkError> dial(Door, Deadline) override {
    const int now = ++dialling_;
    {
      const std::scoped_lock lock(mutex_);
      most_ = std::max(most_, now);
      times_.push_back(Clock::now());
    }
    std::this_thread::yield();
    --dialling_;
    return std::unexpected(LinkError{LinkError::Kind::Unreachable, "connection refused"});
  }

  [[nodiscard]] int most() const { return most_; }
  [[nodiscard]] const std::vector<Clock::time_point>& times() const { return times_; }

 private:
  std::atomic<int> dialling_{0};
  std::mutex mutex_;
  int most_ = 0;
  std::vector<Clock::time_point> times_;
};

class SuiteRunTest : public ::testing::Test {
 protected:
  // add makes a scenario that only connects, and finds that it cannot.
  Scenario& add(std::string id) {
    scenarios_.push_back(std::make_unique<Scenario>());
    Scenario& one = *scenarios_.back();
    one.id = std::move(id);
    one.requirements = {"r"};
    one.start = Start::Connected;
    return one;
  }

  std::vector<ScenarioResult> run(RunHooks hooks = {}, std::size_t repeat = 1) {
    RunPlan plan{.scenarios = {}, .profiles = {"rev1", "rev2"}, .repeat = repeat, .named = {}};
    for (const auto& one : scenarios_) plan.scenarios.push_back(one.get());
    const RunContext context{options_, dialer_, probe_, secrets_, ledger_, "id", interrupted_, ends_};
    if (!hooks.done) hooks.done = [this](const ScenarioResult& one) { ended_.push_back(one.id); };
    return run_scenarios(plan, context, hooks);
  }

  static std::vector<std::string> told(const std::vector<ScenarioResult>& results) {
    std::vector<std::string> lines;
    for (const ScenarioResult& one : results) {
      lines.push_back(one.id + " " + one.profile + " " + std::string(verdict_name(one.verdict)));
    }
    return lines;
  }

  RunOptions options_;
  NoServer dialer_;
  const Probe probe_;
  const Secrets secrets_;
  const RequirementMap ledger_;
  std::atomic<int> interrupted_{0};
  Clock::time_point ends_ = Clock::time_point::max();
  std::vector<std::unique_ptr<Scenario>> scenarios_;
  std::vector<std::string> ended_;
};

TEST_F(SuiteRunTest, ResultsAreInOrderWhateverRunsFirst) {
  add("a").sends = {"wrong-password"};
  add("b");
  options_.jobs = 8;
  EXPECT_THAT(told(run()), ElementsAre("a rev1 error", "a rev2 error", "b rev1 error", "b rev2 error"));
  // What gets passwords wrong came last.
  EXPECT_THAT(ended_, ElementsAre("b", "b", "a", "a"));
}

TEST_F(SuiteRunTest, WhatMayNotRunIsSkippedWithItsReason) {
  add("a").risk = Risk::P2;
  const auto results = run();
  EXPECT_THAT(told(results), ElementsAre("a rev1 skip", "a rev2 skip"));
  EXPECT_THAT(results[0].reason, HasSubstr("--allow P2"));
  EXPECT_THAT(dialer_.times(), IsEmpty());
}

TEST_F(SuiteRunTest, TheRunEndsWithTheFirstBadOneAsIfOneWereRunAtATime) {
  for (const char* const id : {"a", "b", "c", "d", "e", "f"}) add(id);
  RunHooks hooks;
  hooks.stops = [](const ScenarioResult& one) { return one.id == "b"; };
  for (const std::size_t jobs : {1U, 2U, 8U}) {
    options_.jobs = jobs;
    const auto results = run(hooks, 3);
    EXPECT_THAT(told(results),
                ElementsAre("a rev1 error", "a rev2 error", "b rev1 error", "b rev2 skip", "c rev1 skip", "c rev2 skip",
                            "d rev1 skip", "d rev2 skip", "e rev1 skip", "e rev2 skip", "f rev1 skip", "f rev2 skip"));
    EXPECT_EQ(results.back().reason, "not run: the run ended with b");
  }
}

TEST_F(SuiteRunTest, RepetitionsAreCounted) {
  add("a");
  std::size_t between = 0;
  RunHooks hooks;
  hooks.between = [&]() -> std::optional<std::string> {
    ++between;
    return std::nullopt;
  };
  const auto results = run(hooks, 3);
  ASSERT_THAT(results, SizeIs(6));
  EXPECT_EQ(results[0].repetition, 1U);
  EXPECT_EQ(results[5].repetition, 3U);
  EXPECT_EQ(between, 2U);
  hooks.between = [] { return std::optional<std::string>("the server is gone"); };
  const auto failed = run(hooks, 3);
  EXPECT_THAT(told(failed), ElementsAre("a rev1 error", "a rev2 error", "reset  error"));
  EXPECT_EQ(failed.back().repetition, 2U);
}

TEST_F(SuiteRunTest, NothingBeginsWhenTheTimeIsOver) {
  add("a");
  ends_ = Clock::now();
  const auto results = run();
  EXPECT_THAT(told(results), ElementsAre("a rev1 error", "a rev2 error"));
  EXPECT_EQ(results[0].reason, "not run: the run's time was over");
  EXPECT_THAT(dialer_.times(), IsEmpty());
}

TEST_F(SuiteRunTest, NothingBeginsAfterAnInterruption) {
  add("a");
  interrupted_ = 2;
  EXPECT_THAT(run(), IsEmpty());
}

TEST_F(SuiteRunTest, ConnectionsAreLimited) {
  for (int i = 0; i < 100; ++i) add("s" + std::to_string(i));
  options_.jobs = 8;
  options_.max_connections = 2;
  run();
  EXPECT_LE(dialer_.most(), 2);
  Scenario& two = add("two");
  two.connections.emplace_back().name = "other";
  options_.max_connections = 1;
  const auto results = run();
  EXPECT_LE(dialer_.most(), 2);
  EXPECT_EQ(results.back().verdict, Verdict::Skip);
  EXPECT_THAT(results.back().reason, HasSubstr("needs 2 connections at once"));
}

TEST(PacedDialerTest, LeavesTimeBetweenConnections) {
  NoServer server;
  std::atomic<int> interrupted{0};
  constexpr std::chrono::milliseconds kDelay{20};
  PacedDialer dialer(server, kDelay, interrupted);
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 3; ++i) {
      threads.emplace_back([&] { EXPECT_FALSE(dialer.dial(Door::Cleartext, Clock::now()).has_value()); });
    }
  }
  ASSERT_THAT(server.times(), SizeIs(3));
  EXPECT_GE(server.times()[1] - server.times()[0], kDelay / 2);
  EXPECT_GE(server.times()[2] - server.times()[0], kDelay * 3 / 2);
}

TEST(PacedDialerTest, WaitsNoLongerWhenInterrupted) {
  NoServer server;
  std::atomic<int> interrupted{0};
  PacedDialer dialer(server, std::chrono::hours(1), interrupted);
  EXPECT_FALSE(dialer.dial(Door::Cleartext, Clock::now()).has_value());
  std::jthread second([&] { EXPECT_FALSE(dialer.dial(Door::Cleartext, Clock::now()).has_value()); });
  interrupted = 15;
  second.join();
  EXPECT_THAT(server.times(), SizeIs(2));
}

TEST_F(SuiteRunTest, WhatIsLeftOnTheServerIsToldOnceInTheEnd) {
  std::vector<std::string> warned;
  RunHooks hooks;
  hooks.warn = [&](const std::string& text) { warned.push_back(text); };
  add("harmless");
  run(hooks);
  EXPECT_THAT(warned, IsEmpty());
  for (const char* id : {"a", "b"}) add(id).mailboxes.emplace_back().name = "box";
  run(hooks);
  ASSERT_THAT(warned, SizeIs(1));
  EXPECT_THAT(warned[0], ::testing::StartsWith("scratch mailboxes may be left on the server: 4 times, first "));
  EXPECT_THAT(warned[0], HasSubstr("connection refused"));
}

}  // namespace
}  // namespace imapspec::runner
