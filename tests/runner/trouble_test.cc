// What went wrong on our side or on the way: it is neither a pass nor a server's fault.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/runner/bench.h"

namespace imapspec::runner {
namespace {

using test::Bench;
using test::kGreeting;
using test::kLogin;
using test::scenario;
using test::Turn;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

TEST(Trouble, InTheMiddleOfAnAnswerIsNoPass) {
  const std::string cases[] = {
      "  - send: 'b1 NOOP\\x0d\\x0a'\n    await: b1\n  - S-not: '* BYE'\n",
      "  - send: 'b1 NOOP\\x0d\\x0a'\n    await: b1\n  - S: '* 1 EXISTS'\n",
      "  - send: 'b1 NOOP\\x0d\\x0a'\n  - half-close: {}\n    await: b1\n  - S: '* 1 EXISTS'\n",
      "  - C: 'NOOP'\n    tag: 'b+1'\n  - S: ['BAD', '* BAD']\n",
  };
  for (const std::string& steps : cases) {
    Bench bench;
    const auto result = bench.run(scenario(steps), {{kGreeting, {"NOOP", "* 1 EXISTS\r\n* BAD what\r\n"}}});
    EXPECT_EQ(result.verdict, Verdict::Error) << steps;
    EXPECT_EQ(result.reason, "no answer in time") << steps;
  }
}

TEST(Trouble, DoesNotHideWhatFailsInAPipeline) {
  Bench bench;
  const std::string steps =
      "  - pipeline:\n      - C: 'NOOP'\n      - S: 'OK'\n      - C: 'CHECK'\n      - S: 'OK'\n"
      "      - S-not: '* 1 EXISTS'\n      - C: 'NOOP'\n      - S: ['OK', 'BAD']\n";
  const auto result = bench.run(scenario(steps), {{kGreeting, {"NOOP", "* 1 EXISTS\r\na1 OK x\r\na2 OK x\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Fail) << result.reason;
}

// A pipeline of NOOP and CHECK, of which the first is answered by `answer` and the second by nothing.
ScenarioResult half_answered(const std::string& expected, const std::string& answer) {
  const std::string steps = "  - pipeline:\n      - C: 'NOOP'\n" + expected + "      - C: 'CHECK'\n      - S: 'OK'\n";
  return Bench().run(scenario(steps), {{kGreeting, {"NOOP", answer}}});
}

TEST(Trouble, BehindAFindingThatIsCertainIsToldBesideIt) {
  const std::string cases[][2] = {
      {"      - S: 'OK'\n", "a1 NO x\r\n"},
      {"      - S: ['OK', 'NO']\n", "a1 BAD x\r\n"},
      {"      - S: 'OK [CLOSED]'\n", "a1 OK x\r\n"},
      {"      - outcome:\n          - {S: 'OK', verdict: pass}\n          - {S: 'NO', verdict: fail}\n", "a1 NO x\r\n"},
      {"      - S: 'OK'\n      - S-not: '* 1 EXISTS'\n", "* 1 EXISTS\r\na1 OK x\r\n"},
      {"      - S-only: ['* 2 EXISTS', 'OK']\n", "* 1 EXISTS\r\n* 2 EXISTS\r\na1 OK x\r\n"},
  };
  for (const auto& [expected, answer] : cases) {
    const auto result = half_answered(expected, answer);
    EXPECT_EQ(result.verdict, Verdict::Fail) << expected;
    EXPECT_EQ(result.reason, "no answer in time") << expected;
    EXPECT_EQ(result.ended, Verdict::Error) << expected;
  }
}

TEST(Trouble, HidesWhatMayHaveBeenInTheRest) {
  const std::string cases[][2] = {
      {"      - S: 'OK'\n      - S: '* 1 EXISTS'\n", "a1 OK x\r\n"},
      {"      - S: ['NO', '* 1 EXISTS']\n", "a1 OK x\r\n"},
      {"      - S: ['NO', 'closed']\n", "a1 OK x\r\n"},
      {"      - S: 'OK'\n", "* OK x\r\n"},
      {"      - S: 'OK'\n", "a2 NO x\r\n"},
  };
  for (const auto& [expected, answer] : cases) {
    const auto result = half_answered(expected, answer);
    EXPECT_EQ(result.verdict, Verdict::Error) << expected;
    EXPECT_EQ(result.ended, Verdict::Error) << expected;
  }
}

TEST(Trouble, IsKnownOfTheTagThatIsAskedFor) {
  const auto result_of = [](const std::string& pattern) {
    return Bench().run(
        scenario("  - send: 'b1 NOOP\\x0d\\x0ab2 NOOP\\x0d\\x0a'\n    await: [b1, b2]\n  - S: '" + pattern + "'\n"),
        {{kGreeting, {"NOOP", "b1 NO x\r\n"}}});
  };
  EXPECT_EQ(result_of("b1 OK").verdict, Verdict::Fail);
  EXPECT_EQ(result_of("b2 OK").verdict, Verdict::Error);
}

TEST(Trouble, AfterWhatCameIntoTheSilenceIsToldBesideIt) {
  const auto result_of = [](const std::string& answer) {
    return Bench().run(scenario("  - quiet: {}\n"), {{kGreeting, {"NOOP", answer}}});
  };
  EXPECT_EQ(result_of("* 1 EXISTS\r\n").verdict, Verdict::Fail);
  EXPECT_EQ(result_of("* 1 EXISTS\r\n").reason, "no answer in time");
  EXPECT_EQ(result_of("").verdict, Verdict::Error);
  EXPECT_EQ(result_of("a1 WHAT\r\n").verdict, Verdict::Error);
}

TEST(Trouble, WithTheMailboxesOfAScenarioIsAnErrorAsWithItsScratchMailbox) {
  const auto result_of = [](const std::string& mailbox, const std::vector<std::vector<Turn>>& connections) {
    return Bench().run("title: t\nrequirement: must\nstart: connected\ntls: none\nmailboxes:\n  box: " + mailbox +
                           "\nsteps:\n  - C: 'NOOP'\n  - S: 'OK'\n",
                       connections);
  };
  const Turn refused{"CREATE", "%t NO secret-alice may not\r\n"};
  for (const auto& turns : std::vector<std::vector<std::vector<Turn>>>{
           {}, {{kGreeting, kLogin}}, {{kGreeting, kLogin, refused}}, {{kGreeting, kLogin, {"CREATE", "", true}}}}) {
    const auto result = result_of("{}", turns);
    EXPECT_EQ(result.verdict, Verdict::Error) << result.reason;
    EXPECT_THAT(result.reason, StartsWith("making the mailboxes: "));
    EXPECT_THAT(result.reason, Not(HasSubstr("secret")));
  }
  EXPECT_EQ(result_of("{special-use: '\\Sent'}", {{kGreeting, kLogin, refused}}).verdict, Verdict::Skip)
      << "a server need not give it that use";
  EXPECT_EQ(result_of("{special-use: '\\Sent'}", {{kGreeting, kLogin}}).verdict, Verdict::Error);
}

TEST(Trouble, OfOneBranchIsNotHiddenByTheSkipOfAnother) {
  for (const bool skip_first : {false, true}) {
    const std::string skips = "        - setup: 'CHECK'\n";
    const std::string hangs = "        - C: 'NOOP'\n        - S: 'OK'\n";
    const std::string steps = "  - at-once:\n      main:\n" + (skip_first ? skips : hangs) + "      b:\n" +
                              (skip_first ? hangs : skips) + "connections: {b: {start: connected, tls: none}}\n";
    const std::vector<Turn> turns = {kGreeting, {"CHECK", "%t NO x\r\n"}};
    const auto result = Bench().run(scenario(steps), {turns, turns});
    EXPECT_EQ(result.verdict, Verdict::Error) << result.reason;
    EXPECT_EQ(result.reason, "no answer in time");
  }
}

TEST(Trouble, WithTheConnectionBeforeAHandshakeIsNoRefusal) {
  Bench bench;
  const auto result = bench.run(scenario("  - C: 'NOOP'\n  - S: ['OK', 'closed']\n  - tls: refused\n"),
                                {{kGreeting, {"NOOP", "", true}}});
  EXPECT_EQ(result.verdict, Verdict::Error);
  EXPECT_THAT(result.reason, HasSubstr("before the TLS handshake"));
}

TEST(Trouble, WithTimeEndsWhatIsMadeBeforeAScenarioToo) {
  Bench bench;
  bench.options_.scenario_timeout = std::chrono::milliseconds(0);
  bench.punctual_ = true;
  const auto result = bench.run(
      "title: t\nrequirement: must\nstart: connected\ntls: none\nmailboxes: {box: {}}\nsteps:\n  - C: 'NOOP'\n"
      "  - S: 'OK'\n",
      {{kGreeting, kLogin, {"CREATE", "%t OK x\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Error);
  EXPECT_THAT(result.reason, HasSubstr("the limit of a scenario"));
  EXPECT_THAT(bench.scripts_[0]->sent, Not(Contains(HasSubstr("LOGIN"))));
}

TEST(Trouble, IsToldWithoutSecrets) {
  const std::string yaml =
      "title: t\nrequirement: must\nstart: authenticated\ntls: none\nsteps:\n  - C: 'NOOP'\n  - S: 'OK'\n";
  EXPECT_THAT(Bench().run(yaml, {{kGreeting, {"LOGIN", "%t NO no such password secret-alice\r\n"}}}).reason,
              HasSubstr("NO no such password <password>"));
  EXPECT_THAT(Bench().run(yaml, {{{"", "* BYE secret-alice\r\n"}}}).reason, HasSubstr("refused the connection: <pass"));
  // What the monitor says of it.
  const auto result = Bench().run(scenario("  - C: 'NOOP'\n  - S: ['OK', 'closed']\n"),
                                  {{kGreeting, {"NOOP", "* BYE secret-alice\r\n", true}}});
  ASSERT_THAT(result.findings, Not(IsEmpty()));
  for (const Finding& finding : result.findings) EXPECT_THAT(finding.message, Not(HasSubstr("secret-alice")));
}

TEST(Trouble, OfTheProbeIsToldWithoutSecrets) {
  Bench bench;
  EXPECT_THAT(bench.probe({{kGreeting, {"CAPABILITY", "* CAPABILITY IMAP4rev2\r\n%t NO secret-alice\r\n"}}}),
              HasSubstr("NO <password>"));
}

TEST(CleaningUp, IsDoneForWhoeverLoggedIn) {
  Bench bench;
  bench.options_.second_account = {"bob", "secret-bob"};
  const Turn nothing{"LIST", "%t OK x\r\n"};
  const auto result = bench.run(
      scenario("  - C: 'LOGIN {user2} {password2}'\n  - S: 'OK'\n  - C: 'CREATE {mailbox}'\n  - S: 'OK'\n"),
      {{kGreeting, kLogin, {"CREATE", "%t OK x\r\n"}}, {kGreeting, kLogin, nothing}, {kGreeting, kLogin, nothing}});
  EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
  EXPECT_THAT(bench.scripts_[1]->sent, Contains(HasSubstr("LOGIN alice")));
  EXPECT_THAT(bench.scripts_[2]->sent, Contains(HasSubstr("LOGIN bob")));
}

}  // namespace
}  // namespace imapspec::runner
