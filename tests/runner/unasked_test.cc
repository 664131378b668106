// What comes while no command is in progress, and whom it counts for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/runner/bench.h"

namespace imapspec::runner {
namespace {

using test::Bench;
using test::kGreeting;
using test::scenario;
using test::Turn;
using testing::Contains;
using testing::IsEmpty;

const std::string kTwoNoops = "  - C: 'NOOP'\n  - S: 'OK'\n  - C: 'NOOP'\n  - S: 'OK'\n";
const std::string kPauseBetween = "  - C: 'NOOP'\n  - S: 'OK'\n  - pause: 0.001\n  - C: 'NOOP'\n  - S: 'OK'\n";
const Turn kSelect{"SELECT", "* 3 EXISTS\r\n%t OK [READ-WRITE] x\r\n"};
const Turn kDone{"NOOP", "%t OK x\r\n"};

// A NOOP that is answered, and then `behind` in a segment of its own.
Turn then(std::string behind) { return {"NOOP", "%t OK x\r\n", false, false, std::move(behind)}; }

std::vector<std::string> found_by(const ScenarioResult& result, Check check) {
  std::vector<std::string> all;
  for (const Finding& finding : result.findings) {
    if (finding.check == check) all.push_back(finding.deviation);
  }
  return all;
}

TEST(Unasked, AnExpungeBetweenTwoCommandsIsNoneOfTheNext) {
  for (const std::string& steps : {kTwoNoops, kPauseBetween}) {
    const auto result = Bench().run(scenario("  - C: 'SELECT x'\n  - S: 'OK'\n" + steps),
                                    {{kGreeting, kSelect, then("* 3 EXPUNGE\r\n"), kDone}});
    EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
    EXPECT_THAT(found_by(result, Check::Monitor), Contains(testing::HasSubstr("EXPUNGE"))) << steps;
  }
}

TEST(Unasked, AnExpungeBehindTheLastCommandIsHeardBeforeTheEnd) {
  const auto result = Bench().run(scenario("  - C: 'SELECT x'\n  - S: 'OK'\n  - C: 'NOOP'\n  - S: 'OK'\n"),
                                  {{kGreeting, kSelect, then("* 3 EXPUNGE\r\n")}});
  EXPECT_THAT(found_by(result, Check::Monitor), Contains(testing::HasSubstr("EXPUNGE")));
}

TEST(Unasked, ACompletionThatCameBeforeItsCommandDoesNotCompleteIt) {
  for (const std::string& steps : {kTwoNoops, kPauseBetween}) {
    const auto result = Bench().run(scenario(steps), {{kGreeting, then("a2 OK too early\r\n"), {"NOOP", ""}}});
    EXPECT_EQ(result.verdict, Verdict::Error) << steps;
    EXPECT_EQ(result.reason, "no answer in time");
    EXPECT_THAT(found_by(result, Check::Monitor), Contains("a tag that was not sent"));
  }
}

TEST(Unasked, ASecondCompletionDoesNotCompleteTheNextCommandWithThatTag) {
  const std::string steps = "  - C: 'NOOP'\n    tag: 'x'\n  - S: 'OK'\n  - C: 'NOOP'\n    tag: 'x'\n  - S: 'OK'\n";
  const auto result = Bench().run(scenario(steps), {{kGreeting, then("x OK again\r\n"), {"NOOP", ""}}});
  EXPECT_EQ(result.verdict, Verdict::Error);
  EXPECT_THAT(found_by(result, Check::Monitor), Contains("a tag completed twice"));
}

TEST(Unasked, WhatMayComeUnaskedCountsForTheNextStep) {
  for (const std::string& steps : {kTwoNoops, kPauseBetween}) {
    const auto result = Bench().run(scenario("  - C: 'SELECT x'\n  - S: 'OK'\n" + steps + "  - S: '* 4 EXISTS'\n"),
                                    {{kGreeting, kSelect, then("* 4 EXISTS\r\n"), kDone}});
    EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
    EXPECT_THAT(found_by(result, Check::Step), IsEmpty());
  }
}

TEST(Unasked, WhatComesInAPauseIsAddedToWhatACommandThatIsSentAgainBrought) {
  const std::string steps =
      "  - C: 'NOOP'\n    until: '* 2 EXISTS'\n    within: 0.9\n  - S-in-order: ['* 1 EXISTS', '* 2 EXISTS']\n"
      "  - S: 'OK'\n";
  const Turn first{"NOOP", "* 1 EXISTS\r\n%t OK x\r\n", false, false, "* 2 EXISTS\r\n"};
  const auto result = Bench().run(scenario(steps), {{kGreeting, first, kDone}});
  EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
}

TEST(Unasked, ACompletionThatIsAwaitedMayComeInAPause) {
  const std::string steps =
      "  - send: 'b1 NOOP\\x0d\\x0a'\n  - pause: 0.001\n  - half-close: {}\n    await: b1\n  - S: 'b1 OK'\n";
  const auto result = Bench().run(scenario(steps), {{kGreeting, kDone}});
  EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
}

TEST(Unasked, WhatASilentEndLeftIsReadWithTheNextCommand) {
  Bench bench;
  const auto result = bench.run(
      scenario("  - C: 'NOOP'\n  - S: 'OK'\n  - pause: 0.001\n  - C: 'NOOP'\n  - S: '* BYE'\n  - S: 'closed'\n"),
      {{kGreeting, {"NOOP", "%t OK x\r\n", true, false, "* BYE [UNAVAILABLE] x\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
  EXPECT_EQ(bench.scripts_[0]->sent.size(), 2U);
}

TEST(Unasked, WhatWasSaidInTheClearIsNoAnswerUnderTls) {
  const std::string steps =
      "  - C: 'STARTTLS'\n  - S: 'OK'\n  - pause: 0.001\n  - tls: succeeds\n  - C: 'NOOP'\n  - S-not: '* 4 EXISTS'\n"
      "  - S: 'OK'\n";
  const Turn injected{"STARTTLS", "%t OK x\r\n", false, false, "* 4 EXISTS\r\n"};
  const auto result = Bench().run(scenario(steps), {{kGreeting, injected, kDone}});
  EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
}

TEST(Unasked, AFloodEndsAtOurOwnLimit) {
  std::string flood;
  for (int i = 0; i < 20'100; ++i) flood += "* 4 EXISTS\r\n";
  const auto result = Bench().run(scenario(kPauseBetween), {{kGreeting, then(flood), kDone}});
  EXPECT_EQ(result.verdict, Verdict::Error);
  EXPECT_THAT(result.reason, testing::HasSubstr("our own limit"));
}

}  // namespace
}  // namespace imapspec::runner
