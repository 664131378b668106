// What the end of a connection means: BYE, which may come at any time, and an end that is asked for.
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
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> failures(const ScenarioResult& result) {
  std::vector<std::string> all;
  for (const Finding& finding : result.findings) {
    if (finding.check == Check::Step) all.push_back(finding.deviation);
  }
  return all;
}

ScenarioResult run_with(const std::string& steps, const Turn& noop) {
  return Bench().run(scenario(steps), {{kGreeting, noop}});
}

TEST(Bye, InPlaceOfAnAnswerBreaksNoRequirement) {
  const std::string cases[] = {
      "  - C: 'NOOP'\n  - S: 'OK'\n",
      "  - C: 'NOOP'\n  - S: '* 1 EXISTS'\n  - S: 'OK'\n",
      "  - C: 'NOOP'\n  - S-in-order: ['* 1 EXISTS', 'OK']\n",
      "  - C: 'NOOP'\n  - S-only: ['* 1 EXISTS']\n  - S: 'OK'\n",
      "  - C: 'NOOP'\n  - outcome:\n      - {S: 'OK', verdict: pass}\n",
      "  - setup: 'NOOP'\n",
      "  - quiet: {}\n",
      "  - C: 'NOOP'\n    until: '* 1 EXISTS'\n  - S: 'OK'\n",
      "  - pipeline:\n      - C: 'NOOP'\n      - S: 'OK'\n      - C: 'CHECK'\n      - S: 'OK'\n",
  };
  for (const std::string& steps : cases) {
    const auto result = run_with(steps, {"NOOP", "* BYE [UNAVAILABLE] going down\r\n", true});
    EXPECT_EQ(result.verdict, Verdict::Error) << steps;
    EXPECT_EQ(result.reason, "the server said BYE: going down") << steps;
    EXPECT_THAT(failures(result), IsEmpty()) << steps;
    EXPECT_EQ(run_with(steps, {"NOOP", "", true}).verdict,
              steps.find("setup") != std::string::npos ? Verdict::Skip : Verdict::Fail)
        << "a close without BYE: " << steps;
  }
}

TEST(Bye, BehindTheAnswerBeforeIsWhyTheNextOneDidNotCome) {
  const auto result = run_with("  - C: 'NOOP'\n  - S: 'OK'\n  - C: 'NOOP'\n  - S: 'OK'\n",
                               {"NOOP", "%t OK x\r\n", true, false, "* BYE autologout\r\n"});
  EXPECT_EQ(result.verdict, Verdict::Error);
  EXPECT_EQ(result.reason, "the server said BYE: autologout");
}

TEST(Bye, InPlaceOfAGreetingIsNoFailure) {
  const auto result =
      Bench().run(scenario("  - S: '* OK'\n  - C: 'NOOP'\n  - S: 'OK'\n"), {{{"", "* BYE too busy\r\n", true}}});
  EXPECT_EQ(result.verdict, Verdict::Error);
  EXPECT_EQ(result.reason, "the server said BYE: too busy");
}

TEST(Bye, ExcusesNothingThatWasAnswered) {
  EXPECT_EQ(run_with("  - C: 'NOOP'\n  - S: 'OK'\n", {"NOOP", "* BYE x\r\n%t NO x\r\n", true}).verdict, Verdict::Fail);
  EXPECT_EQ(run_with("  - C: 'NOOP'\n  - S: '* 1 EXISTS'\n  - S: 'OK'\n", {"NOOP", "* BYE x\r\n%t OK x\r\n"}).verdict,
            Verdict::Fail);
  EXPECT_EQ(
      run_with("  - C: 'NOOP'\n  - S-not: '* 1 EXISTS'\n  - S: 'OK'\n", {"NOOP", "* 1 EXISTS\r\n* BYE x\r\n", true})
          .verdict,
      Verdict::Fail);
}

TEST(Bye, IsJudgedByAStepThatIsAboutTheEnd) {
  const Turn bye{"NOOP", "* BYE x\r\n", true};
  EXPECT_EQ(run_with("  - C: 'NOOP'\n  - S: ['OK', 'closed']\n", bye).verdict, Verdict::Pass);
  EXPECT_EQ(run_with("  - C: 'NOOP'\n  - S-not: '* BYE'\n  - S: 'OK'\n", bye).verdict, Verdict::Fail);
  EXPECT_EQ(run_with("  - C: 'NOOP'\n  - S: 'OK'\n  - S-not: '* BYE'\n", bye).verdict, Verdict::Fail);
  EXPECT_EQ(run_with("  - C: 'NOOP'\n  - S: '* BYE'\n  - S: 'OK'\n", bye).verdict, Verdict::Fail);
}

TEST(Bye, ThatLogoutAskedForExcusesNothing) {
  EXPECT_EQ(run_with("  - C: 'LOGOUT'\n  - S: 'OK'\n", {"LOGOUT", "* BYE x\r\n", true}).verdict, Verdict::Fail);
}

const Turn kGoodbyes{"LOGOUT", "* BYE x\r\n%t OK x\r\n", true};
const std::string kEnds[] = {
    "  - C: 'LOGOUT'\n  - S: 'closed'\n",
    "  - C: 'LOGOUT'\n  - S: '* BYE'\n  - S: 'OK'\n  - S: 'closed'\n",
    "  - C: 'LOGOUT'\n  - S-in-order: ['* BYE', 'OK', 'closed']\n",
    "  - C: 'LOGOUT'\n  - S-only: ['closed', '* BYE']\n",
    "  - pipeline:\n      - C: 'NOOP'\n      - S: 'OK'\n      - C: 'LOGOUT'\n      - S: 'closed'\n",
};

TEST(Closed, IsReadOnForWhereItIsExpected) {
  for (const std::string& steps : kEnds) {
    Turn logout = kGoodbyes;
    if (steps.find("pipeline") != std::string::npos) logout.answer = "a1 OK x\r\n* BYE x\r\na2 OK x\r\n";
    Bench bench;
    EXPECT_EQ(bench.run(scenario(steps), {{kGreeting, logout}}).verdict, Verdict::Pass) << steps;
    EXPECT_EQ(bench.scripts_[0]->sent.size(), 1U) << "nothing more has to be asked: " << steps;
  }
}

TEST(Closed, IsMissedWhereTheServerGoesOnToAnswer) {
  const Turn kept{"LOGOUT", "* BYE x\r\n%t OK x\r\n"};
  for (const std::string& steps : {kEnds[0], kEnds[1], kEnds[2], kEnds[3]}) {
    const auto result = Bench().run(scenario(steps), {{kGreeting, kept, {"NOOP", "%t OK x\r\n"}}});
    EXPECT_EQ(result.verdict, Verdict::Fail) << steps << result.reason;
    // Time proves nothing.
    const auto silent = Bench().run(scenario(steps), {{kGreeting, kept}});
    EXPECT_EQ(silent.verdict, Verdict::Error) << steps;
    EXPECT_THAT(silent.reason, HasSubstr("did not close the connection in time"));
  }
}

TEST(Closed, AmongOtherAnswersIsNotWaitedFor) {
  Bench bench;
  const auto result =
      bench.run(scenario("  - C: 'FROB'\n  - S: ['NO', 'closed']\n"), {{kGreeting, {"FROB", "%t BAD x\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Fail);
  EXPECT_EQ(bench.scripts_[0]->sent.size(), 1U);
}

}  // namespace
}  // namespace imapspec::runner
