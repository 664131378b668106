// How things are sent: on which connection, at the same time, in how many writes, and for how long one waits.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/runner/bench.h"

namespace imapspec::runner {
namespace {

using test::Bench;
using test::kGreeting;
using test::kLogin;
using test::scenario;
using test::Turn;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> deviations(const ScenarioResult& result) {
  std::vector<std::string> all;
  for (const Finding& finding : result.findings) {
    if (finding.check == Check::Step) all.push_back(finding.deviation);
  }
  return all;
}

TEST(Sending, LinesOfATranscriptCarryTheNameOfTheirConnection) {
  Bench bench;
  const auto result = bench.run(scenario("  - C: 'NOOP'\n  - S: 'OK'\n  - C: 'CHECK'\n    on: b\n  - S: 'OK'\n"
                                         "connections: {b: {}}\n"),
                                {{kGreeting, {"NOOP", "%t OK x\r\n"}}, {kGreeting, kLogin, {"CHECK", "%t OK x\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
  std::vector<std::string> sent;
  for (const TranscriptLine& line : result.transcript) {
    if (line.direction == TranscriptLine::Direction::Client) sent.push_back(line.connection + ": " + line.text);
  }
  EXPECT_THAT(sent, ElementsAre("main: a1 NOOP", "b: a1 LOGIN alice <password>", "b: a2 CHECK"));
}

TEST(Sending, ConnectionsHaveAnswersOfTheirOwn) {
  Bench bench;
  // What the first connection was told last is not what the second one is judged by.
  const auto result =
      bench.run(scenario("  - S: '* OK'\n    on: b\n  - C: 'NOOP'\n    on: b\n  - S-not: '* 1 EXISTS'\n  - S: 'OK'\n"
                         "  - C: 'NOOP'\n  - S: '* 1 EXISTS'\n  - S: 'OK'\n"
                         "connections: {b: {start: connected, tls: none}}\n"),
                {{kGreeting, {"NOOP", "* 1 EXISTS\r\n%t OK x\r\n"}}, {kGreeting, {"NOOP", "%t OK x\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
}

TEST(Sending, ASecondUserLogsInAsSuch) {
  Bench bench;
  const std::string yaml = scenario("  - setup: 'NOOP'\n    on: b\nconnections: {b: {user: 2, tls: none}}\n");
  const auto skipped = bench.run(yaml, {});
  EXPECT_EQ(skipped.verdict, Verdict::Skip);
  EXPECT_EQ(skipped.reason, "it needs a second user, and none is known");
  bench.options_.second_account = {"bob", "secret-bob"};
  EXPECT_EQ(bench.run(yaml, {{kGreeting}, {kGreeting, kLogin, {"NOOP", "%t OK x\r\n"}}}).verdict, Verdict::Pass);
  EXPECT_EQ(bench.scripts_[1]->sent.front(), "a1 LOGIN bob secret-bob\r\n");
}

TEST(Sending, BranchesAllGoToTheirEndsAndWhatTheyFindIsInTheirOrder) {
  Bench bench;
  const auto result = bench.run(
      scenario("  - at-once:\n      main:\n        - C: 'NOOP'\n        - S: '* {n:number} EXISTS'\n        - S: 'OK'\n"
               "      b:\n        - C: 'CHECK'\n        - S: 'NO'\n"
               "      c:\n        - C: 'NOOP'\n        - S: 'BAD'\n        - C: 'CHECK'\n        - S: 'OK'\n"
               "  - C: 'CHECK'\n  - S: 'OK'\n"
               "connections: {b: {tls: none}, c: {tls: none}}\n"),
      {{kGreeting, {"NOOP", "* 3 EXISTS\r\n%t OK x\r\n"}},
       {kGreeting, kLogin, {"CHECK", "%t OK x\r\n"}},
       {kGreeting, kLogin, {"NOOP", "%t OK [ALERT] x\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Fail);
  EXPECT_THAT(deviations(result), ElementsAre("answered OK", "answered OK [ALERT]"));
  // The scenario ended there, and so did the branch that failed.
  EXPECT_EQ(bench.scripts_[0]->sent.size(), 1U);
  EXPECT_EQ(bench.scripts_[2]->sent.size(), 2U);
}

TEST(Sending, WhatABranchCapturedIsKnownAfterwards) {
  Bench bench;
  const auto result = bench.run(
      scenario("  - at-once:\n      main:\n        - C: 'NOOP'\n        - S: '* {n:number} EXISTS'\n        - S: 'OK'\n"
               "      b:\n        - C: 'NOOP'\n        - S: '* {m:number} EXISTS'\n        - S: 'OK'\n"
               "  - C: 'NOOP'\n  - S: '* {m+1} EXISTS'\n  - S: 'OK'\n"
               "connections: {b: {tls: none}}\n"),
      {{kGreeting, {"NOOP", "* 3 EXISTS\r\n%t OK x\r\n"}, {"NOOP", "* 5 EXISTS\r\n%t OK x\r\n"}},
       {kGreeting, kLogin, {"NOOP", "* 4 EXISTS\r\n%t OK x\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
}

TEST(Sending, CommandsOfAPipelineAreOneWriteAndHaveTheirOwnAnswers) {
  Bench bench;
  const std::string steps =
      "  - pipeline:\n      - C: 'NOOP'\n      - S: 'OK'\n      - C: 'SEARCH ALL'\n        tag: 'x.1'\n"
      "      - S: '* 2 EXISTS'\n      - S: 'NO'\n";
  const auto good = bench.run(scenario(steps), {{kGreeting, {"SEARCH", "x.1 NO x\r\n* 2 EXISTS\r\na1 OK x\r\n"}}});
  EXPECT_EQ(good.verdict, Verdict::Pass) << good.reason;
  EXPECT_THAT(bench.scripts_[0]->sent, ElementsAre("a1 NOOP\r\nx.1 SEARCH ALL\r\n"));
  const auto bad = bench.run(scenario(steps), {{kGreeting, {"SEARCH", "a1 OK x\r\n* 2 EXISTS\r\nx.1 OK x\r\n"}}});
  EXPECT_THAT(deviations(bad), ElementsAre("answered OK"));
  EXPECT_EQ(bad.findings[0].sent, "x.1 SEARCH ALL");
}

TEST(Sending, AnOddTagIsSentAsItIsAndBoundedByANoop) {
  Bench bench;
  const std::string steps =
      "  - C: 'NOOP'\n    tag: 'a+b'\n  - S: '* BAD'\n  - S-not: 'OK'\n  - S: ['* BAD', 'closed']\n";
  const auto result = bench.run(scenario(steps), {{kGreeting, {"a+b", "* BAD what\r\n"}, {"a1 NOOP", "a1 OK x\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
  EXPECT_THAT(bench.scripts_[0]->sent, ElementsAre("a+b NOOP\r\n", "a1 NOOP\r\n"));
  // A server that says nothing to it is judged, not waited for.
  const auto silent = bench.run(scenario(steps), {{kGreeting, {"a+b", ""}, {"a1 NOOP", "a1 OK x\r\n"}}});
  EXPECT_EQ(silent.verdict, Verdict::Fail);
}

TEST(Sending, WritesBeginWhereTheScenarioSays) {
  Bench bench;
  bench.run(scenario("  - send: 'b1 NOOP\\x0d\\x0a'\n    cut: [2, 8]\n    await: b1\n  - S: 'b1 OK'\n"),
            {{kGreeting, {"\n", "b1 OK x\r\n"}}});
  EXPECT_THAT(bench.scripts_[0]->sent, ElementsAre("b1", " NOOP\r", "\n"));
  bench.run(scenario("  - C: 'X'\n    cut: octets\n    gap: 0.001\n  - S: 'OK'\n"),
            {{kGreeting, {"\n", "a1 OK x\r\n"}}});
  EXPECT_THAT(bench.scripts_[0]->sent, ElementsAre("a", "1", " ", "X", "\r", "\n"));
}

std::vector<std::string> monitored(const ScenarioResult& result) {
  std::vector<std::string> all;
  for (const Finding& finding : result.findings) {
    if (finding.check == Check::Monitor) all.push_back(finding.requirement);
  }
  return all;
}

TEST(Sending, ACommandInSeveralStepsIsOneCommand) {
  Bench bench;
  const auto whole = bench.run(scenario("  - send: 'b1 NO'\n  - send: 'OP\\x0d\\x0a'\n    await: b1\n  - S: 'b1 OK'\n"),
                               {{kGreeting, {"\n", "b1 OK x\r\n"}}});
  EXPECT_EQ(whole.verdict, Verdict::Pass) << whole.reason;
  EXPECT_THAT(monitored(whole), IsEmpty());
  const auto literal = bench.run(scenario("  - send: 'b1 LOGIN {1}\\x0d\\x0a'\n  - S: '+'\n"
                                          "  - send: 'x y\\x0d\\x0a'\n    await: b1\n  - S: 'b1 OK'\n"
                                          "  - send: 'b2 NOOP\\x0d\\x0a'\n    await: b2\n  - S: 'b2 OK'\n"),
                                 {{kGreeting, {"{1}", "+ go\r\n"}, {"\n", "b1 OK x\r\n"}, {"b2", "b2 OK x\r\n"}}});
  EXPECT_EQ(literal.verdict, Verdict::Pass) << literal.reason;
  EXPECT_THAT(monitored(literal), IsEmpty());
}

TEST(Sending, ALineThatIsAnsweredBeforeItsEndOrLeftWasACommand) {
  Bench bench;
  const auto answered =
      bench.run(scenario("  - send: 'b1 NO'\n    await: b1\n  - S: 'b1 BAD'\n"), {{kGreeting, {"b1", "b1 BAD x\r\n"}}});
  EXPECT_EQ(answered.verdict, Verdict::Pass) << answered.reason;
  EXPECT_THAT(monitored(answered), IsEmpty());
  const auto left = bench.run(scenario("  - send: 'b1 NO'\n  - C: 'NOOP'\n  - S: 'OK'\n"),
                              {{kGreeting, {"b1", ""}, {"a1", "b1 BAD x\r\na1 OK x\r\n"}}});
  EXPECT_EQ(left.verdict, Verdict::Pass) << left.reason;
  EXPECT_THAT(monitored(left), IsEmpty());
  // What was never sent at all is still a finding.
  const auto other = bench.run(scenario("  - send: 'b1 NO'\n  - C: 'NOOP'\n  - S: 'OK'\n"),
                               {{kGreeting, {"b1", ""}, {"a1", "b2 BAD x\r\na1 OK x\r\n"}}});
  EXPECT_THAT(monitored(other), ElementsAre("2.2.2/tag-of-a-command"));
}

TEST(Sending, ACutBehindTheLastOctetIsAnErrorOfTheScenario) {
  Bench bench;
  const auto result = bench.run(scenario("  - C: 'X'\n    cut: 6\n  - S: 'OK'\n"), {{kGreeting}});
  EXPECT_EQ(result.verdict, Verdict::Error);
  EXPECT_EQ(result.reason, "\"cut\" at 6, but there are 6 octets only");
  EXPECT_TRUE(bench.scripts_[0]->sent.empty());
}

TEST(Sending, OffsetsCountOverLiterals) {
  Bench bench;
  bench.run(scenario("  - C: 'LOGIN {user:literal} x'\n    cut: [3, 16]\n  - S: 'OK'\n"),
            {{kGreeting, {"{5}", "+ go\r\n"}, {"x", "a1 OK x\r\n"}}});
  EXPECT_THAT(bench.scripts_[0]->sent, ElementsAre("a1 ", "LOGIN {5}\r\n", "al", "ice x\r\n"));
}

TEST(Sending, AHalfClosedConnectionIsReadToItsEnd) {
  Bench bench;
  const auto result = bench.run(scenario("  - send: 'b1 NOOP\\x0d\\x0a'\n  - half-close: {}\n  - S: 'b1 OK'\n"
                                         "  - S: 'closed'\n"),
                                {{kGreeting, {"NOOP", "b1 OK x\r\n", true}}});
  EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
  EXPECT_EQ(bench.scripts_[0]->sent.back(), "(FIN)");
}

TEST(Sending, AResetEndsTheConnectionAndAnotherMayFollow) {
  Bench bench;
  const auto result = bench.run(scenario("  - reset: {}\n  - connect: connected\n  - C: 'NOOP'\n  - S: 'OK'\n"),
                                {{kGreeting}, {kGreeting, {"NOOP", "%t OK x\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
  EXPECT_THAT(bench.scripts_[0]->sent, ElementsAre("(RST)"));
}

TEST(Sending, WaitingReadsUntilWhatIsAwaitedCame) {
  const std::string steps =
      "  - C: 'IDLE'\n  - S: '+'\n  - wait: '* {n:number} EXISTS'\n    within: 0.2\n"
      "  - continue: 'DONE'\n  - S: 'OK'\n  - C: 'NOOP'\n  - S: '* {n} EXISTS'\n  - S: 'OK'\n";
  const auto run = [&](const std::string& push) {
    return Bench().run(
        scenario(steps),
        {{kGreeting, {"IDLE", "+ go\r\n" + push}, {"DONE", "a1 OK x\r\n"}, {"NOOP", "* 7 EXISTS\r\n%t OK x\r\n"}}});
  };
  const auto good = run("* 7 EXISTS\r\n");
  EXPECT_EQ(good.verdict, Verdict::Pass) << good.reason;
  const auto late = run("");
  // No sentence says how soon a server that idles has to tell.
  EXPECT_EQ(late.verdict, Verdict::Error);
  EXPECT_EQ(late.reason, "what is waited for did not come in time: * {n:number} EXISTS");
  EXPECT_THAT(deviations(late), IsEmpty());
}

const Turn kNothing{"NOOP", "%t OK x\r\n"};

TEST(Sending, ACommandIsSentAgainUntilWhatIsAskedForCame) {
  Bench bench;
  const std::string steps = "  - C: 'NOOP'\n    until: '* {n:number > 2} EXISTS'\n  - S: 'OK'\n  - check: '{n} = 3'\n";
  const auto late =
      bench.run(scenario(steps),
                {{kGreeting, kNothing, {"NOOP", "* 2 EXISTS\r\n%t OK x\r\n"}, {"NOOP", "* 3 EXISTS\r\n%t OK x\r\n"}}});
  EXPECT_EQ(late.verdict, Verdict::Pass) << late.reason;
  EXPECT_THAT(bench.scripts_[0]->sent, ElementsAre("a1 NOOP\r\n", "a2 NOOP\r\n", "a3 NOOP\r\n"));
  const auto at_once = bench.run(scenario(steps), {{kGreeting, {"NOOP", "* 3 EXISTS\r\n%t OK x\r\n"}}});
  EXPECT_EQ(at_once.verdict, Verdict::Pass) << at_once.reason;
  EXPECT_EQ(bench.scripts_[0]->sent.size(), 1U);
}

TEST(Sending, WhatCameForACommandThatIsSentAgainCountsTogether) {
  Bench bench;
  const std::string steps =
      "  - C: 'NOOP'\n    until: '* 2 EXISTS'\n  - S-in-order: ['* 1 EXPUNGE', '* 2 EXISTS', 'OK [ALERT]']\n"
      "  - S-not: '* 3 EXISTS'\n  - S-only: ['* 1 EXPUNGE', '* 2 EXISTS']\n    among: untagged\n";
  const Turn expunge{"NOOP", "* 1 EXPUNGE\r\n%t OK x\r\n"};
  const Turn exists{"NOOP", "* 2 EXISTS\r\n%t OK [ALERT] x\r\n"};
  const auto good = bench.run(scenario(steps), {{kGreeting, expunge, kNothing, exists}});
  EXPECT_EQ(good.verdict, Verdict::Pass) << good.reason;
  const Turn more{"NOOP", "* 3 EXISTS\r\n%t OK x\r\n"};
  EXPECT_THAT(deviations(bench.run(scenario(steps), {{kGreeting, expunge, more, exists}})),
              ElementsAre("sent what must not come: * 3 EXISTS"));
}

TEST(Sending, WhatNeverComesIsAFindingThatTellsHowOftenItWasAskedFor) {
  Bench bench;
  bench.options_.time_scale = 1000;  // makes no server work faster
  const std::vector<std::vector<Turn>> nothing{{kGreeting, kNothing, kNothing, kNothing, kNothing, kNothing, kNothing}};
  const auto never =
      bench.run(scenario("  - C: 'NOOP'\n    until: '* 2 EXISTS'\n    within: 0.05\n  - S: 'OK'\n"), nothing);
  EXPECT_EQ(never.verdict, Verdict::Fail) << never.reason;
  EXPECT_THAT(deviations(never), ElementsAre("did not send: * 2 EXISTS"));
  EXPECT_THAT(never.findings[0].message,
              testing::MatchesRegex("no response matches what is expected; the command was sent [2-6] times in .* s"));
  const auto warned = bench.run(
      scenario("  - C: 'NOOP'\n    until:\n      - '* 2 EXISTS'\n      - {S: 'OK', verdict: warn, message: late}\n"
               "    within: 0.03\n    requirement: hard\n  - S: 'OK'\n  - check: '1 = 2'\n"),
      nothing);
  ASSERT_THAT(deviations(warned), ElementsAre("answered OK", "does not hold: 1 = 2"));
  EXPECT_EQ(warned.findings[0].requirement, "hard");
  EXPECT_THAT(warned.findings[0].message, testing::MatchesRegex("late; the command was sent .*"));
  EXPECT_EQ(warned.findings[0].verdict, Verdict::Warn);
}

TEST(Sending, ABadCommandIsNotSentAgain) {
  Bench bench;
  const std::string steps = "  - C: 'NOOP'\n    until: '* 2 EXISTS'\n  - S: ['OK', 'BAD', 'closed']\n";
  EXPECT_EQ(bench.run(scenario(steps), {{kGreeting, {"NOOP", "%t BAD x\r\n"}, kNothing}}).verdict, Verdict::Fail);
  EXPECT_EQ(bench.scripts_[0]->sent.size(), 1U);
  const auto closed = bench.run(scenario(steps), {{kGreeting, {"NOOP", "* BYE x\r\n", true}}});
  EXPECT_THAT(deviations(closed), ElementsAre("did not send: * 2 EXISTS"));
  EXPECT_EQ(bench.run(scenario(steps), {{kGreeting, kNothing}}).verdict, Verdict::Error);
}

TEST(Sending, ASetupWhoseAnswerNeverComesBlocksTheScenario) {
  Bench bench;
  const std::string steps = "  - setup: 'NOOP'\n    until: '* 2 EXISTS'\n    within: 0.02\n";
  const auto blocked = bench.run(scenario(steps), {{kGreeting, kNothing, kNothing, kNothing}});
  EXPECT_EQ(blocked.verdict, Verdict::Skip);
  EXPECT_THAT(blocked.reason,
              HasSubstr("blocked: what a2 NOOP is to bring did not come (the command was sent 2 times"));
  EXPECT_EQ(bench.run(scenario(steps), {{kGreeting, {"NOOP", "* 2 EXISTS\r\n%t OK x\r\n"}}}).verdict, Verdict::Pass);
}

TEST(Sending, QuietIsBoundedByARoundTrip) {
  const auto run = [](const std::string& answer) {
    return Bench().run(scenario("  - quiet: {}\n    requirement: should\n"), {{kGreeting, {"NOOP", answer}}});
  };
  EXPECT_EQ(run("%t OK x\r\n").verdict, Verdict::Pass);
  const auto loud = run("* 1 EXISTS\r\n%t OK x\r\n");
  EXPECT_EQ(loud.verdict, Verdict::Warn);
  EXPECT_THAT(deviations(loud), ElementsAre("sent something unasked"));
  EXPECT_THAT(deviations(run("%t BAD x\r\n")), ElementsAre("refused NOOP"));
  EXPECT_EQ(run("").verdict, Verdict::Error);
}

TEST(Sending, ADialledConnectionHasReadNothing) {
  Bench bench;
  const std::string yaml =
      "title: t\nrequirement: must\nstart: dialled\ntls: none\nsteps:\n"
      "  - send: 'b1 NOOP\\x0d\\x0a'\n    await: b1\n  - S: '* OK'\n  - S: 'b1 OK'\n";
  const auto result = bench.run(yaml, {{kGreeting, {"NOOP", "b1 OK x\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
}

TEST(Sending, AScenarioHasATimeOfItsOwn) {
  Bench bench;
  bench.options_.scenario_timeout = std::chrono::milliseconds(0);
  const auto result = bench.run(scenario("  - C: 'NOOP'\n  - S: 'OK'\n"), {{kGreeting, {"NOOP", "%t OK x\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Error);
  EXPECT_THAT(result.reason, HasSubstr("the limit of a scenario"));
}

TEST(Sending, PausesAreByTheServersClockAndComeOnTop) {
  const std::string steps = "  - pause: 0.9\n  - C: 'NOOP'\n  - S: 'OK'\n";
  Bench bench;
  bench.options_.time_scale = 100;
  const auto result = bench.run(scenario(steps), {{kGreeting, {"NOOP", "%t OK x\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
  EXPECT_LT(result.duration, std::chrono::milliseconds(800));
}

TEST(Sending, AHandshakeThatIsNotWhatWasAgreedIsAFinding) {
  const auto run = [](const std::string& facts) {
    return Bench().run(scenario("  - tls: succeeds\n    negotiates: {" + facts + "}\n"), {{kGreeting}});
  };
  EXPECT_EQ(run("version: '1.3', cipher: test, alpn: '', resumed: false").verdict, Verdict::Pass);
  EXPECT_THAT(deviations(run("version: '1.2'")), ElementsAre("negotiated TLSv1.3"));
  EXPECT_THAT(deviations(run("alpn: imap")), ElementsAre("selected by ALPN: nothing"));
  EXPECT_THAT(deviations(run("resumed: true")), ElementsAre("did not resume the session"));
}

TEST(Sending, AConditionAsksWhatAHandshakeAgreedOn) {
  const auto holds = [](const std::string& condition) {
    const auto result = Bench().run(
        scenario("  - tls: succeeds\n  - C: 'NOOP'\n  - outcome:\n      - {S: 'OK', verdict: pass, when: '" +
                 condition + "'}\n      - {S: 'OK', verdict: warn}\n"),
        {{kGreeting, {"NOOP", "%t OK x\r\n"}}});
    return result.verdict == Verdict::Pass;
  };
  for (const char* condition : {"tls-version = 1.3", "tls-cipher = test", "tls-alpn = none", "tls-resumed = no"}) {
    EXPECT_TRUE(holds(condition)) << condition;
  }
  for (const char* condition : {"tls-version = 1.2 or tls-version = none", "tls-cipher = tset", "tls-resumed = yes"}) {
    EXPECT_FALSE(holds(condition)) << condition;
  }
}

TEST(Sending, WithoutAHandshakeAllOfItIsNone) {
  const auto result = Bench().run(
      scenario("  - C: 'NOOP'\n  - outcome:\n      - {S: 'OK', verdict: pass, when: 'tls-version = none and tls-cipher "
               "= none and tls-alpn = none and tls-resumed = no'}\n      - {S: 'OK', verdict: warn}\n"),
      {{kGreeting, {"NOOP", "%t OK x\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
}

TEST(Sending, AConditionAsksWhetherSomethingWasCaptured) {
  const auto run = [](const std::string& answer) {
    return Bench().run(
        scenario("  - C: 'NOOP'\n  - S-may: '* {n:number} EXISTS'\n  - S: 'OK'\n  - C: 'CHECK'\n  - outcome:\n"
                 "      - {S: '* {n} EXISTS', verdict: pass, when: 'captured n'}\n"
                 "      - {S: 'OK', verdict: pass, when: 'not captured n'}\n"),
        {{kGreeting, {"NOOP", answer}, {"CHECK", "* 3 EXISTS\r\n%t OK x\r\n"}}});
  };
  EXPECT_EQ(run("* 3 EXISTS\r\n%t OK x\r\n").verdict, Verdict::Pass);
  EXPECT_EQ(run("%t OK x\r\n").verdict, Verdict::Pass);
  EXPECT_EQ(run("* 4 EXISTS\r\n%t OK x\r\n").verdict, Verdict::Fail);
}

}  // namespace
}  // namespace imapspec::runner
