// Expectations of a step against what came back.
#include "runner/run/judge.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "parser/grammar/parse.h"
#include "runner/match/pattern.h"
#include "runner/scenario/loader.h"
#include "tests/runner/load_errors.h"
#include "tests/runner/scripted_link.h"

namespace imapspec::runner {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// A response that no repair makes readable.
const std::string kUnreadable = "* 1 FETCH (UID";
// Stands for one that is more than the parser takes.
const std::string kTooMuch = "* BEYOND";

// Court judges the expectations of one command.
class Court {
 public:
  Court() {
    ledger_.emplace("must", &must_);
    ledger_.emplace("may", &may_);
  }

  // judge reads `expectations`, the steps behind a command, and compares them with responses to it.
  Judgement judge(const std::string& expectations, const std::vector<std::string>& responses, bool closed = false) {
    const std::string yaml = "title: t\nrequirement: must\nstart: connected\nlet: {old: '7'}\nsteps:\n  - C: 'NOOP'\n" +
                             expectations + "  - S-may: 'OK'\n  - S: ['OK', 'NO', 'BAD', 'closed']\n";
    auto scenario = parse_scenario(yaml, "id", "s.yaml", "nowhere", Pattern::check);
    EXPECT_THAT(error_lines(scenario), IsEmpty());
    if (!scenario) return {};
    Exchange exchange;
    exchange.tag = "a1";
    exchange.closed = closed;
    for (const std::string& line : responses) {
      Received& received = exchange.responses.emplace_back();
      received.octets = line + "\r\n";
      received.arena = std::make_unique<parser::Arena>();
      auto parsed = parser::parse_response(received.octets, *received.arena, parser::kRev1AndRev2);
      EXPECT_EQ(parsed.has_value(), line != kUnreadable && line != kTooMuch) << line;
      received.beyond_limits = line == kTooMuch;
      if (parsed) received.response = *parsed;
    }
    test::ScriptedDialer dialer({});
    const RunContext context{options_, dialer, probe_, secrets_, ledger_, "run", interrupted_};
    const Condition::Facts facts{.has_capability = [](std::string_view) { return false; },
                                 .value_of = [](std::string_view) { return std::string("rev2"); },
                                 .is_captured = [](std::string_view) { return false; }};
    const Transcript transcript(secrets_, Clock::now());
    const JudgeInput input{.scenario = *scenario, .context = context, .facts = facts, .transcript = transcript};
    return runner::judge(scenario->steps.front(), exchange, input, bindings_);
  }

  Bindings bindings_;

 private:
  Requirement must_{"must", "9051", "1", Level::Must, "server", {}, {}, {}};
  Requirement may_{"may", "9051", "1", Level::May, "server", {}, {}, {}};
  RunOptions options_;
  Probe probe_;
  Secrets secrets_;
  std::map<std::string, const Requirement*, std::less<>> ledger_;
  std::atomic<int> interrupted_{0};
};

// deviation is that of the single finding, "" where there is none.
std::string deviation(const Judgement& judgement) {
  EXPECT_THAT(judgement.trouble, IsEmpty());
  return judgement.findings.empty() ? "" : judgement.findings.front().deviation;
}

const std::vector<std::string> kFetched = {"* 1 FETCH (UID 4)", "* 2 FETCH (UID 9)", "* 3 EXISTS", "a1 OK done"};

TEST(InOrder, AsksForOneResponseAfterTheOther) {
  EXPECT_EQ(deviation(Court().judge("  - S-in-order: ['* 1 FETCH (UID 4)', '* 3 EXISTS', 'OK']\n", kFetched)), "");
  EXPECT_EQ(deviation(Court().judge("  - S-in-order: ['* 3 EXISTS', '* 1 FETCH (UID 4)']\n", kFetched)),
            "did not send: * 1 FETCH (UID 4)");
  EXPECT_EQ(deviation(Court().judge("  - S-in-order: ['* 4 EXISTS', 'OK']\n", kFetched)), "did not send: * 4 EXISTS");
  // One response is not two.
  EXPECT_EQ(deviation(Court().judge("  - S-in-order: ['* 3 EXISTS', '* {:number} EXISTS']\n", kFetched)),
            "did not send: * {:number} EXISTS");
}

TEST(InOrder, TakesBackWhatWasCapturedOnAWrongWay) {
  Court court;
  EXPECT_EQ(deviation(court.judge("  - S-in-order: ['* {n:nz-number} FETCH (UID {uid:uniqueid})', '* {n+1} EXISTS']\n",
                                  kFetched)),
            "");
  EXPECT_EQ(court.bindings_.find("uid")->text, "9");
}

TEST(Only, ForbidsOthersOfTheSameKinds) {
  EXPECT_EQ(deviation(Court().judge("  - S-only: ['* 2 FETCH (UID 9)', '* 1 FETCH (UID 4)']\n", kFetched)), "");
  EXPECT_EQ(deviation(Court().judge("  - S-only: '* 2 FETCH (UID 9)'\n", kFetched)),
            "sent more than: * 2 FETCH (UID 9)");
  EXPECT_EQ(deviation(Court().judge("  - S-only: '* 3 EXISTS'\n", kFetched)), "");
  const std::vector<std::string> codes = {"* OK [UIDNEXT 4] x", "* OK [UIDVALIDITY 1] x", "a1 OK done"};
  EXPECT_EQ(deviation(Court().judge("  - S-only: '* OK [UIDNEXT 4]'\n", codes)), "");
  EXPECT_EQ(deviation(Court().judge("  - S-only: '* OK [UIDNEXT 4]'\n",
                                    {"* OK [UIDNEXT 4] x", "* OK [UIDNEXT 5] x", "a1 OK done"})),
            "sent more than: * OK [UIDNEXT 4]");
}

TEST(Only, CanForbidAllUntaggedData) {
  EXPECT_EQ(deviation(Court().judge("  - S-only: '* 3 EXISTS'\n    among: untagged\n", kFetched)),
            "sent more than: * 3 EXISTS");
  EXPECT_EQ(deviation(Court().judge("  - S-only: []\n    among: untagged\n", {"* OK some news", "a1 OK done"})), "");
  const Judgement judgement = Court().judge("  - S-only: []\n    among: untagged\n", kFetched);
  EXPECT_EQ(deviation(judgement), "sent more than: nothing");
  EXPECT_THAT(judgement.findings.front().message, HasSubstr("* 1 FETCH (UID 4)"));
}

TEST(Check, ComparesWhatWasCaptured) {
  const std::string captured = "  - S: '* 1 FETCH (UID {a:uniqueid})'\n  - S: '* 2 FETCH (UID {b:uniqueid})'\n";
  EXPECT_EQ(deviation(Court().judge(captured + "  - check: '{b} > {a} and {a} = 4'\n", kFetched)), "");
  const Judgement judgement = Court().judge(captured + "  - check: '{b} < {a}'\n    requirement: may\n", kFetched);
  EXPECT_EQ(deviation(judgement), "does not hold: {b} < {a}");
  EXPECT_EQ(judgement.findings.front().message, "{b} < {a} does not hold: b is 9, a is 4");
  EXPECT_EQ(judgement.findings.front().requirement, "may");
}

TEST(Check, OfWhatWasNeverCapturedIsNoVerdict) {
  const Judgement judgement =
      Court().judge("  - S-may: '* {n:number} EXPUNGE'\n  - check: '{n} > 3'\n", {"a1 OK done"});
  EXPECT_EQ(judgement.trouble, "s.yaml:8: {n} has no value here");
  EXPECT_THAT(judgement.findings, IsEmpty());
}

TEST(Text, IsAWarningAtMostAndEndsNothing) {
  EXPECT_EQ(deviation(Court().judge("  - S: 'OK'\n    text: done\n", kFetched)), "");
  EXPECT_EQ(deviation(Court().judge("  - S: 'OK'\n    text: 'd*e'\n", kFetched)), "");
  const Judgement judgement = Court().judge("  - S: 'OK'\n    text: completed\n", kFetched);
  EXPECT_EQ(deviation(judgement), "text is not: completed");
  EXPECT_EQ(judgement.findings.front().verdict, Verdict::Warn);
  EXPECT_FALSE(judgement.stop);
  EXPECT_EQ(
      Court().judge("  - S: 'OK'\n    text: completed\n    requirement: may\n", kFetched).findings.front().verdict,
      Verdict::Info);
}

TEST(Must, TakesAClosedConnection) { EXPECT_EQ(deviation(Court().judge("  - S: 'closed'\n", {}, true)), ""); }

TEST(Must, TellsOfWhatCouldNotBeRead) {
  const auto missed = [](const std::string& first) {
    return Court().judge("  - S: '* 1 FETCH (UID 4)'\n", {first, "a1 OK done"}).findings.at(0);
  };
  EXPECT_EQ(missed(kUnreadable).verdict, Verdict::Fail);
  EXPECT_THAT(missed(kUnreadable).message, HasSubstr("could not be read"));
  EXPECT_EQ(missed("* 3 EXISTS").message, "no response matches what is expected");
}

TEST(Limits, OfTheParserLeaveUndecidedWhatTheResponseCouldDecide) {
  const std::vector<std::string> responses = {"* 3 EXISTS", kTooMuch, "a1 OK done"};
  for (const char* undecided : {"S: '* 1 FETCH (UID 4)'", "S-not: '* 1 FETCH (UID 4)'", "S-only: '* 3 EXISTS'",
                                "S-in-order: ['* 3 EXISTS', '* 4 EXISTS']"}) {
    const Judgement judgement = Court().judge(std::string("  - ") + undecided + "\n", responses);
    EXPECT_THAT(judgement.trouble, HasSubstr("our own limit")) << undecided;
    EXPECT_TRUE(judgement.stop) << undecided;
    EXPECT_THAT(judgement.findings, IsEmpty()) << undecided;
  }
  for (const char* decided : {"S: '* 3 EXISTS'", "S: 'OK'", "S-in-order: ['* 3 EXISTS', 'OK']", "S-not: 'BAD'"}) {
    EXPECT_EQ(deviation(Court().judge(std::string("  - ") + decided + "\n", responses)), "") << decided;
  }
  EXPECT_NE(deviation(Court().judge("  - S-not: '* 3 EXISTS'\n", responses)), "");
  EXPECT_NE(deviation(Court().judge("  - S: 'NO'\n", responses)), "");
}

// Comparing takes too long where many words of a set can stand for many flags, and the last one for none.
TEST(Limits, OfComparingAreOfOneExpectation) {
  std::string wanted;
  std::string told = "$f";
  for (int i = 0; i < 12; ++i) wanted += "{:flag} ";
  for (int i = 0; i < 60; ++i) told += fmt::format(" $f{}", i);
  const std::vector<std::string> responses = {"* FLAGS (" + told + ")", "a1 OK done"};
  const std::string too_long = "'* FLAGS (" + wanted + "$missing)'";
  EXPECT_THAT(Court().judge("  - S-not: " + too_long + "\n", responses).trouble, HasSubstr("too long"));
  // Whatever was given up before, what is missing is missing.
  EXPECT_EQ(deviation(Court().judge("  - S: [" + too_long + ", 'OK']\n  - S: '* 3 EXISTS'\n", responses)),
            "did not send: * 3 EXISTS");
}

}  // namespace
}  // namespace imapspec::runner
