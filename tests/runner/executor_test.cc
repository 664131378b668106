#include "runner/run/executor.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "runner/match/pattern.h"
#include "runner/scenario/loader.h"
#include "tests/runner/bench.h"

namespace imapspec::runner {
namespace {

using test::Bench;
using test::kGreeting;
using test::scenario;
using test::Script;
using test::ScriptedDialer;
using test::Turn;
using testing::HasSubstr;

TEST(Executor, AScenarioPassesWhenAllExpectationsHold) {
  Bench bench;
  const auto result = bench.run(scenario("  - S: '* OK'\n  - C: 'NOOP'\n  - S: '* 3 EXISTS'\n  - S: 'OK'\n"),
                                {{kGreeting, {"NOOP", "%t OK done\r\n"}}});
  // EXISTS is missing.
  EXPECT_EQ(result.verdict, Verdict::Fail);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].deviation, "did not send: * 3 EXISTS");
  EXPECT_EQ(result.findings[0].sent, "a1 NOOP");
  EXPECT_EQ(result.findings[0].actual, "a1 OK done");
  EXPECT_EQ(result.findings[0].where.line, 8U);

  const auto good = bench.run(scenario("  - C: 'CAPABILITY'\n  - S: '* CAPABILITY IMAP4rev2'\n  - S: 'OK'\n"),
                              {{kGreeting, {"CAPABILITY", "* CAPABILITY IMAP4rev2\r\n%t OK done\r\n"}}});
  EXPECT_EQ(good.verdict, Verdict::Pass) << good.reason;
  EXPECT_TRUE(good.findings.empty());
}

TEST(Executor, TheLevelOfTheRequirementDecidesTheVerdict) {
  Bench bench;
  const std::pair<const char*, Verdict> cases[] = {
      {"must", Verdict::Fail}, {"should", Verdict::Warn}, {"hard", Verdict::Weakness}};
  for (const auto& [requirement, verdict] : cases) {
    const auto result =
        bench.run(scenario("  - C: 'FROB'\n  - S: 'BAD'\n", requirement), {{kGreeting, {"FROB", "%t OK done\r\n"}}});
    EXPECT_EQ(result.verdict, verdict) << requirement;
    ASSERT_EQ(result.findings.size(), 1U);
    EXPECT_EQ(result.findings[0].deviation, "answered OK");
  }
}

TEST(Executor, TheFirstOutcomeThatMatchesAndHoldsDecides) {
  Bench bench;
  const std::string steps =
      "  - C: 'LOGIN {user} {password}'\n"
      "  - outcome:\n"
      "      - {S: 'NO', verdict: pass}\n"
      "      - {S: 'BAD', verdict: warn, message: BAD is not right}\n"
      "      - {S: 'OK', when: 'plaintext-login = refused', verdict: fail, message: it was let in}\n"
      "      - {S: 'OK', verdict: info, message: it may}\n";
  const auto verdict = [&](const std::string& answer, const std::string& policy) {
    bench.options_.plaintext_login = policy;
    return bench.run(scenario(steps), {{kGreeting, {"LOGIN", answer}}}).verdict;
  };
  EXPECT_EQ(verdict("%t NO x\r\n", "refused"), Verdict::Pass);
  EXPECT_EQ(verdict("%t BAD x\r\n", "refused"), Verdict::Warn);
  EXPECT_EQ(verdict("%t OK x\r\n", "refused"), Verdict::Fail);
  EXPECT_EQ(verdict("%t OK x\r\n", "unknown"), Verdict::Info);
}

TEST(Executor, AnOutcomeThatSkipsEndsTheScenario) {
  for (const char* word : {"skip", "unimplemented"}) {
    Bench bench;
    const std::string steps = std::string("  - C: 'NOOP'\n  - outcome:\n      - {S: 'OK', verdict: ") + word +
                              ", message: enough}\n  - C: 'CHECK'\n  - S: 'NO'\n";
    const auto result = bench.run(scenario(steps), {{kGreeting, {"NOOP", "%t OK x\r\n"}, {"CHECK", "%t OK done\r\n"}}});
    EXPECT_EQ(verdict_name(result.verdict), word);
    EXPECT_EQ(result.reason, "enough");
    for (const std::string& sent : bench.scripts_[0]->sent) EXPECT_THAT(sent, testing::Not(HasSubstr("CHECK")));
  }
}

TEST(Executor, ConditionsGoByWhatWasAdvertisedBeforeTheStep) {
  Bench bench;
  const std::string login =
      "  - C: 'LOGIN {user} {password}'\n"
      "  - outcome:\n"
      "      - {S: 'OK', when: 'capability LOGINDISABLED', verdict: fail, message: m}\n"
      "      - {S: 'OK', verdict: warn, message: m}\n";
  const Turn greeting{"", "* OK [CAPABILITY IMAP4rev2 LOGINDISABLED] hi\r\n"};
  const auto after = bench.run(scenario(login), {{greeting, {"LOGIN", "%t OK [CAPABILITY IMAP4rev2 IDLE] in\r\n"}}});
  EXPECT_EQ(after.verdict, Verdict::Fail);
  const std::string asked =
      "  - C: 'CAPABILITY'\n"
      "  - outcome:\n"
      "      - {S: 'OK', when: 'capability QUOTA', verdict: warn, message: m}\n"
      "      - {S: 'OK', verdict: pass}\n";
  const auto answer =
      bench.run(scenario(asked), {{greeting, {"CAPABILITY", "* CAPABILITY IMAP4rev2 QUOTA\r\n%t OK x\r\n"}}});
  EXPECT_EQ(answer.verdict, Verdict::Warn);
}

TEST(Executor, AContinuationWithoutSpaceIsRepairedAndRecorded) {
  Bench bench;
  const auto result = bench.run(scenario("  - C: 'AUTHENTICATE PLAIN'\n  - S: '+'\n  - continue: '*'\n  - S: 'BAD'\n"),
                                {{kGreeting, {"AUTHENTICATE", "+\r\n"}, {"*", "a1 BAD cancelled\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].check, Check::Grammar);
}

TEST(Executor, ACodeWithoutTextBehindItIsOneFindingOfTheMonitorAndStillTheCode) {
  Bench bench;
  const std::string steps =
      "  - C: 'SELECT x'\n  - S: '* OK [UIDNEXT {next:nz-number}]'\n  - S: 'OK [READ-WRITE]'\n"
      "  - check: '{next} = 4392'\n";
  for (const std::string text : {"", " ", "Predicted next UID"}) {
    const auto result = bench.run(
        scenario(steps), {{kGreeting, {"SELECT", "* OK [UIDNEXT 4392]" + text + "\r\n%t OK [READ-WRITE]\r\n"}}});
    EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason << text;
    for (const Finding& finding : result.findings) EXPECT_EQ(finding.check, Check::Monitor) << finding.message;
    EXPECT_EQ(std::ranges::count(result.findings, "9/code-before-text", &Finding::requirement), text == " " ? 1 : 2);
  }
  // What is no code is none.
  const auto other =
      bench.run(scenario("  - C: 'NOOP'\n  - S: 'OK [X-OWN]'\n"), {{kGreeting, {"NOOP", "%t OK [X-OWN]\r\n"}}});
  EXPECT_EQ(other.verdict, Verdict::Fail);
}

TEST(Executor, PasswordsAreNotInTheTranscript) {
  Bench bench;
  const auto result = bench.run(scenario("  - C: 'LOGIN {user} {password}'\n  - S: 'OK'\n"),
                                {{kGreeting, {"LOGIN alice secret-alice", "%t NO secret-alice is wrong\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Fail);
  EXPECT_EQ(result.findings[0].sent, "a1 LOGIN alice <password>");
  ASSERT_FALSE(result.transcript.empty());
  EXPECT_EQ(result.transcript.back().text, "a1 NO <password> is wrong") << "and nothing of the clean-up";
  for (const TranscriptLine& line : result.transcript) EXPECT_THAT(line.text, testing::Not(HasSubstr("secret")));
}

TEST(Executor, PasswordsThatAreSentInPiecesAreNotInTheTranscript) {
  Bench bench;
  const auto result = bench.run(scenario("  - send: 'a LOGIN alice sec'\n  - send: 'ret-'\n"
                                         "  - send: 'alice\\x0D\\x0A'\n    await: a\n  - S: '* 1 EXISTS'\n"),
                                {{kGreeting, {"LOGIN", ""}, {"ret-", ""}, {"alice", "a OK in\r\n"}}});
  ASSERT_EQ(result.verdict, Verdict::Fail) << result.reason;
  std::vector<std::string> sent;
  for (const TranscriptLine& line : result.transcript) {
    if (line.direction == TranscriptLine::Direction::Client) sent.push_back(line.text);
  }
  EXPECT_THAT(sent, testing::ElementsAre("a LOGIN alice <password>", "<password>", "<password>"));
  EXPECT_EQ(result.findings.front().sent, "<password>");
}

TEST(Executor, TheBase64OfAPasswordIsNotInTheTranscript) {
  Bench bench;
  // "c2VjcmV0LWFsaWNl" is the password, and the others are "x secret-alice", and one octet more before it.
  const auto result =
      bench.run(scenario("  - C: 'NOOP'\n  - S: 'NO'\n"), {{kGreeting,
                                                            {"NOOP",
                                                             "* OK c2VjcmV0LWFsaWNl\r\n* OK eCBzZWNyZXQtYWxpY2U=\r\n"
                                                             "%t OK eHggc2VjcmV0LWFsaWNl eHNlY3JldC1hbGljZXg=\r\n"}}});
  ASSERT_FALSE(result.transcript.empty());
  for (const TranscriptLine& line : result.transcript) {
    for (const char* part : {"c2VjcmV0", "ZWNyZXQ", "lY3JldC"}) EXPECT_THAT(line.text, testing::Not(HasSubstr(part)));
  }
  ASSERT_FALSE(result.findings.empty());
  EXPECT_THAT(result.findings.front().actual, HasSubstr("* OK <password>"));
}

TEST(Executor, WhatDoesNotParseIsAFindingAndTheConversationGoesOn) {
  Bench bench;
  const auto result = bench.run(scenario("  - C: 'NOOP'\n  - S: 'OK'\n"),
                                {{kGreeting, {"NOOP", "* CAPABILITY  IMAP4rev2\r\n%t OK\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Pass) << "the scenario's own steps hold";
  ASSERT_EQ(result.findings.size(), 2U);
  for (const Finding& finding : result.findings) {
    EXPECT_EQ(finding.check, Check::Grammar);
    EXPECT_EQ(finding.requirement, "9/formal-syntax");
    EXPECT_EQ(finding.verdict, Verdict::Fail);
  }
}

TEST(Executor, TheGrammarOfAnExtensionIsInForceOnceItIsEnabled) {
  Bench bench;
  const auto findings = [&](const std::string& enabled) {
    const auto result = bench.run(
        scenario("  - C: 'ENABLE QRESYNC'\n  - S: 'OK'\n  - C: 'NOOP'\n  - S: 'OK'\n"),
        {{kGreeting, {"ENABLE", enabled + "%t OK done\r\n"}, {"NOOP", "* VANISHED (EARLIER) 7\r\n%t OK done\r\n"}}});
    return std::ranges::count(result.findings, Check::Grammar, &Finding::check);
  };
  EXPECT_EQ(findings("* ENABLED\r\n"), 1);
  EXPECT_EQ(findings("* ENABLED QRESYNC\r\n"), 0);
}

TEST(Executor, AGreetingThatDoesNotParseIsOneFinding) {
  Bench bench;
  const auto result =
      bench.run(scenario("  - C: 'CAPABILITY'\n  - S: '* CAPABILITY IMAP4rev2'\n  - S: 'OK'\n"),
                {{Turn{"", "* HELLO there\r\n"}, {"CAPABILITY", "* CAPABILITY IMAP4rev2\r\n%t OK done\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
  EXPECT_EQ(result.findings.size(), 1U) << "and what follows is read as responses";
}

TEST(Executor, ABareLineFeedIsRepairedAndRecorded) {
  Bench bench;
  const auto result = bench.run(scenario("  - C: 'NOOP'\n  - S: 'OK'\n"), {{kGreeting, {"NOOP", "%t OK done\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Pass);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_THAT(result.findings[0].message, HasSubstr("LF"));
}

TEST(Executor, WhatTheMonitorAndTheGrammarFindHasItsEvidence) {
  Bench bench;
  const auto result = bench.run(scenario("  - C: 'LOGIN {user} {password}'\n  - S: 'OK'\n  - C: 'NOOP'\n  - S: 'OK'\n"),
                                {{kGreeting,
                                  {"LOGIN", "zz OK secret-alice\r\n%t OK in\r\n"},
                                  {"NOOP", "* 1 FETCH  (FLAGS ())\r\n%t OK done\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Pass);
  const auto found = [&](std::string_view requirement) {
    const auto one = std::ranges::find(result.findings, requirement, &Finding::requirement);
    return one == result.findings.end() ? Finding() : *one;
  };
  const Finding tag = found("2.2.2/tag-of-a-command");
  EXPECT_EQ(tag.where.line, 6U);
  EXPECT_EQ(tag.sent, "a1 LOGIN alice <password>");
  EXPECT_EQ(tag.expected, "A tagged response carries the tag of a command that the client sent");
  EXPECT_EQ(tag.actual, "zz OK <password>");
  ASSERT_EQ(tag.before.size(), 3U) << "connected, greeted, and told to log in";
  EXPECT_EQ(tag.before[1].text, "* OK [CAPABILITY IMAP4rev2] hi");
  EXPECT_EQ(tag.before[2].text, tag.sent);

  const Finding grammar = found("9/formal-syntax");
  EXPECT_EQ(grammar.where.line, 8U);
  EXPECT_EQ(grammar.sent, "a2 NOOP");
  EXPECT_EQ(grammar.actual, "* 1 FETCH  (FLAGS ())");
  ASSERT_FALSE(grammar.before.empty());
  EXPECT_EQ(grammar.before.back().text, "a2 NOOP");
}

TEST(Executor, ACompletionIsTheEvidenceOfWhatDidNotComeBeforeIt) {
  Bench bench;
  const auto result =
      bench.run(scenario("  - C: 'CAPABILITY'\n  - S: 'OK'\n"), {{kGreeting, {"CAPABILITY", "%t OK done\r\n"}}});
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].requirement, "6.1.1/capability-before-ok");
  EXPECT_EQ(result.findings[0].sent, "a1 CAPABILITY");
  EXPECT_EQ(result.findings[0].actual, "a1 OK done");
  EXPECT_EQ(result.findings[0].where.line, 6U);
}

TEST(Executor, TheMonitorsFindingsAreNotTheScenarios) {
  Bench bench;
  const auto result =
      bench.run(scenario("  - C: 'NOOP'\n  - S: 'OK'\n"), {{kGreeting, {"NOOP", "zz OK what\r\n%t OK done\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Pass);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].check, Check::Monitor);
  EXPECT_EQ(result.findings[0].requirement, "2.2.2/tag-of-a-command");
}

TEST(Executor, SilenceIsAnErrorOfNobodyInParticular) {
  Bench bench;
  const auto result = bench.run(scenario("  - C: 'NOOP'\n  - S: 'OK'\n"), {{kGreeting}});
  EXPECT_EQ(result.verdict, Verdict::Error);
  EXPECT_EQ(result.reason, "no answer in time");
}

TEST(Executor, ACommandOnAnotherConnectionOpensIt) {
  const std::string steps =
      "  - C: 'NOOP'\n  - S: 'OK'\n  - setup: 'EXPUNGE'\n    on: b\n  - C: 'NOOP'\n  - S: '* 1 EXISTS'\n  - S: 'OK'\n"
      "connections: {b: {}}\n";
  const auto run = [&](const std::string& answer) {
    return Bench().run(scenario(steps), {{kGreeting, {"NOOP", "%t OK x\r\n"}, {"NOOP", "* 1 EXISTS\r\n%t OK x\r\n"}},
                                         {kGreeting, {"LOGIN", "%t OK x\r\n"}, {"EXPUNGE", answer}}});
  };
  EXPECT_EQ(run("%t OK x\r\n").verdict, Verdict::Pass);
  EXPECT_EQ(run("%t NO x\r\n").verdict, Verdict::Skip);
}

TEST(Executor, AClosedConnectionIsAnAnswer) {
  Bench bench;
  const std::vector<Turn> turns{kGreeting, {"NOOP", "* OK not now\r\n", true}};
  EXPECT_EQ(bench.run(scenario("  - C: 'NOOP'\n  - S: 'OK'\n"), {turns}).verdict, Verdict::Fail);
  EXPECT_EQ(bench.run(scenario("  - C: 'NOOP'\n  - S: ['BAD', 'closed']\n"), {turns}).verdict, Verdict::Pass);
}

TEST(Executor, LiteralsWaitForTheContinuation) {
  Bench bench;
  const std::string steps = "  - C: 'LOGIN {user:literal} {password:literal+}'\n  - S: 'OK'\n";
  const auto good = bench.run(scenario(steps), {{kGreeting, {"LOGIN {5}", "+ go\r\n"}, {"alice", "a1 OK in\r\n"}}});
  EXPECT_EQ(good.verdict, Verdict::Pass) << good.reason;
  const std::vector<std::string> sent{"a1 LOGIN {5}\r\n", "alice {12+}\r\nsecret-alice\r\n"};
  EXPECT_EQ(bench.scripts_[0]->sent, sent);
  // Refused at the announcement: the octets are not sent.
  const auto refused = bench.run(scenario(steps), {{kGreeting, {"LOGIN {5}", "%t NO not here\r\n"}}});
  EXPECT_EQ(refused.verdict, Verdict::Fail);
  EXPECT_EQ(bench.scripts_[0]->sent.size(), 1U);
}

TEST(Executor, AContinuationCanBeExpectedAndAnswered) {
  Bench bench;
  const auto result = bench.run(scenario("  - C: 'AUTHENTICATE PLAIN'\n  - S: '+'\n  - continue: '*'\n  - S: 'BAD'\n"),
                                {{kGreeting, {"AUTHENTICATE", "+ \r\n"}, {"*", "a1 BAD cancelled\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
}

TEST(Executor, ARefusedSetupBlocksAndDoesNotFail) {
  Bench bench;
  const auto result = bench.run(scenario("  - setup: 'CREATE x'\n  - C: 'NOOP'\n  - S: 'OK'\n"),
                                {{kGreeting, {"CREATE", "%t NO no\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Skip);
  EXPECT_THAT(result.reason, HasSubstr("blocked"));
}

TEST(Executor, ARefusedHandshakeIsRightWhereItIsExpected) {
  Bench bench;
  Turn refusal{"", ""};
  refusal.refuse_tls = true;
  const std::vector<Turn> refuses{kGreeting, {"STARTTLS", "%t OK go\r\n"}, refusal};
  const std::vector<Turn> accepts{kGreeting, {"STARTTLS", "%t OK go\r\n"}};
  const auto steps = [](const char* expected) {
    return scenario(std::string("  - C: 'STARTTLS'\n  - S: 'OK'\n  - tls: ") + expected + "\n");
  };
  EXPECT_EQ(bench.run(steps("refused"), {refuses}).verdict, Verdict::Pass);
  EXPECT_EQ(bench.run(steps("refused"), {accepts}).verdict, Verdict::Fail);
  EXPECT_EQ(bench.run(steps("either"), {refuses}).verdict, Verdict::Pass);
  EXPECT_EQ(bench.run(steps("succeeds"), {accepts}).verdict, Verdict::Pass);
  EXPECT_EQ(bench.run(steps("succeeds"), {refuses}).verdict, Verdict::Fail);
}

TEST(Executor, TheScratchMailboxesAreBuiltAndDeleted) {
  Bench bench;
  const std::string base = fmt::format("imapspec-run-{:08x}", std::hash<std::string>{}("test/onerev2") & 0xffffffffU);
  const auto result =
      bench.run("title: t\nrequirement: must\nstart: selected\ntls: none\nmailbox: []\nsteps:\n  - S: '* 0 EXISTS'\n",
                {{kGreeting,
                  {"LOGIN", "%t OK x\r\n"},
                  {"CREATE imapspec-run-", "%t OK x\r\n"},
                  {"SELECT imapspec-run-", "* 0 EXISTS\r\n%t OK [READ-WRITE] x\r\n"}},
                 {kGreeting,
                  {"LOGIN", "%t OK x\r\n"},
                  {"LIST \"\" \"imapspec-run-", "* LIST () \"/\" " + base + "\r\n* LIST () \"/\" " + base +
                                                    "/child\r\n* LIST () \"/\" precious\r\n%t OK x\r\n"},
                  {"DELETE " + base + "/child", "%t OK x\r\n"},
                  {"DELETE " + base + "\r\n", "%t OK x\r\n"},
                  {"LOGOUT", "* BYE x\r\n%t OK x\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
  ASSERT_EQ(bench.scripts_[1]->sent.size(), 5U) << "and nobody else's mailbox";
}

TEST(Executor, NeedsAndProfileDecideWhetherItRuns) {
  Bench bench;
  const auto needing = bench.run(
      "title: t\nrequirement: must\nstart: connected\nneeds: 'capability QUOTA'\nsteps:\n  - C: 'NOOP'\n  - S: 'OK'\n",
      {});
  EXPECT_EQ(needing.verdict, Verdict::Unimplemented);
  const auto rev1 = bench.run(
      "title: t\nrequirement: must\nstart: connected\nprofile: rev1\nsteps:\n  - C: 'NOOP'\n  - S: 'OK'\n", {});
  EXPECT_EQ(rev1.verdict, Verdict::Skip);
  const auto implied = bench.run(
      "title: t\nrequirement: must\nstart: connected\ntls: none\nneeds: 'capability IDLE'\nsteps:\n  - C: 'NOOP'\n  - "
      "S: 'OK'\n",
      {{kGreeting, {"NOOP", "%t OK x\r\n"}}});
  EXPECT_EQ(implied.verdict, Verdict::Pass) << "IMAP4rev2 contains IDLE";
}

TEST(Executor, AnUnreachableServerIsAnError) {
  Bench bench;
  const auto result = bench.run(scenario("  - C: 'NOOP'\n  - S: 'OK'\n"), {});
  EXPECT_EQ(result.verdict, Verdict::Error);
  EXPECT_EQ(result.reason, "connection refused");
}

TEST(Executor, ALineWithoutEndIsOurOwnLimit) {
  Bench bench;
  const auto result = bench.run(scenario("  - C: 'NOOP'\n  - S: 'OK'\n"),
                                {{kGreeting, {"NOOP", "* OK " + std::string(2U << 20, 'x')}}});
  EXPECT_EQ(result.verdict, Verdict::Error);
  EXPECT_THAT(result.reason, HasSubstr("our own limit"));
}

}  // namespace
}  // namespace imapspec::runner
