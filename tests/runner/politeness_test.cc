// How a scenario treats a server that bears only so much, and how it ends when its time is over.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runner/run/executor.h"
#include "runner/scenario/loader.h"
#include "tests/runner/scripted_link.h"

namespace imapspec::runner {
namespace {

using test::Script;
using test::ScriptedDialer;
using test::Turn;
using testing::HasSubstr;

const Turn kGreeting{"", "* OK [CAPABILITY IMAP4rev2] hi\r\n"};
const Turn kBad{"FROB", "%t BAD what\r\n"};
const Turn kBadAndBye{"FROB", "* BYE too many\r\n%t BAD what\r\n", true};
const Turn kBye{"FROB", "* BYE too many\r\n", true};
const Turn kEnd{"FROB", "", true};

class Politeness : public ::testing::Test {
 protected:
  Politeness() {
    options_.tls = DefaultTls::None;
    probe_.offers_rev2 = true;
    probe_.capabilities = {"IMAP4rev2"};
    row_.id = "r";
    ledger_.emplace("r", &row_);
  }

  // run sends as many bad commands as asked for, each of which has to be answered BAD, and then does `last`.
  ScenarioResult run(std::size_t commands, const std::string& keys, std::vector<std::vector<Turn>> connections,
                     const std::string& last = "") {
    std::string yaml = "title: t\nrequirement: r\nstart: connected\ntls: none\n" + keys + "steps:\n";
    for (std::size_t i = 0; i < commands; ++i) yaml += "  - C: 'FROB'\n  - S: 'BAD'\n";
    const auto scenario = parse_scenario(yaml + last, "one", "one.yaml", ".");
    if (!scenario) {
      ADD_FAILURE() << to_string(scenario.error().front());
      return {};
    }
    std::vector<std::shared_ptr<Script>>& scripts = scripts_;
    scripts.clear();
    for (auto& turns : connections) scripts.push_back(std::make_shared<Script>(Script{std::move(turns), {}}));
    ScriptedDialer dialer(scripts);
    const Secrets secrets;
    const RunContext context{options_, dialer, probe_, secrets, ledger_, "run", interrupted_, ends_};
    Janitor janitor(context);
    return run_scenario(*scenario, context, "rev2", janitor);
  }

  std::vector<std::shared_ptr<Script>> scripts_;
  RunOptions options_;
  Probe probe_;
  Requirement row_;
  RequirementMap ledger_;
  std::atomic<int> interrupted_{0};
  Clock::time_point ends_ = Clock::time_point::max();
};

TEST_F(Politeness, AServerMayEndAConnectionAfterTooManyBadCommands) {
  const Turn bye{"NOOP", "* BYE too many\r\n", true};
  const ScenarioResult result = run(2, "", {{kGreeting, kBad, kBad, bye}}, "  - C: 'NOOP'\n  - S: 'OK'\n");
  EXPECT_EQ(result.verdict, Verdict::Skip);
  EXPECT_THAT(result.reason, HasSubstr("ended the connection after 2 bad commands"));
}

TEST_F(Politeness, ButNotBeforeThatWithoutAWord) {
  const ScenarioResult result = run(2, "", {{kGreeting, kBad, kEnd}});
  EXPECT_EQ(result.verdict, Verdict::Fail) << result.reason;
  EXPECT_EQ(run(3, "", {{kGreeting, kBad, kBad, kEnd}}).verdict, Verdict::Skip);
  options_.bad_commands.before_login = 3;
  EXPECT_EQ(run(3, "", {{kGreeting, kBad, kBad, kEnd}}).verdict, Verdict::Fail);
}

TEST_F(Politeness, AByeAfterABadCommandNamesTheLimitThatATargetCanKnow) {
  const ScenarioResult result = run(2, "", {{kGreeting, kBad, kBye}});
  EXPECT_EQ(result.verdict, Verdict::Skip);
  EXPECT_EQ(
      result.reason,
      "the server said BYE after 1 bad command: too many (\"bad-commands\" of the target, now 2 before login, says "
      "how many it bears)");
  EXPECT_TRUE(result.findings.empty());
  // It may come behind the answer, too.
  options_.bad_commands.before_login = 3;
  const Turn last{"FROB", "%t BAD what\r\n* BYE too many\r\n", true};
  EXPECT_THAT(run(3, "", {{kGreeting, kBad, last}}).reason, HasSubstr("BYE after 2 bad commands: too many"));
}

TEST_F(Politeness, AnAnswerBeforeTheEndIsAnAnswer) {
  const ScenarioResult result = run(2, "", {{kGreeting, kBad, kBadAndBye}});
  EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
}

TEST_F(Politeness, AScenarioThatAllowsItGoesOnWithANewConnection) {
  const std::vector<std::vector<Turn>> connections = {
      {kGreeting, kBad, kBad}, {kGreeting, kBad, kBad}, {kGreeting, kBad}};
  const ScenarioResult result = run(5, "reconnect: true\n", connections);
  EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
  options_.bad_commands.before_login = 5;
  EXPECT_EQ(run(5, "reconnect: true\n", {{kGreeting, kBad, kBad, kBad, kBad, kBad}}).verdict, Verdict::Pass);
}

TEST_F(Politeness, AScenarioEndsBeforeItAsksForMoreThanTheServerBears) {
  const ScenarioResult result = run(3, "", {{kGreeting, kBad, kBad, kBad}});
  EXPECT_EQ(result.verdict, Verdict::Skip);
  EXPECT_EQ(result.reason,
            "one.yaml:10: more than 2 bad commands on a connection, which are as many as the server bears by "
            "\"bad-commands\" of "
            "the target, or by --bad-commands; \"reconnect: true\" lets a scenario open another one");
  EXPECT_EQ(scripts_[0]->sent.size(), 2U);
  options_.bad_commands.before_login = 3;
  EXPECT_EQ(run(3, "", {{kGreeting, kBad, kBad, kBad}}).verdict, Verdict::Pass);
}

TEST_F(Politeness, OctetsThatAreSentAsTheyAreCountToo) {
  const std::string send = "  - send: 'z FROB\\x0D\\x0A'\n    await: z\n  - S: ['z BAD', 'z NO']\n";
  EXPECT_EQ(run(0, "", {{kGreeting, kBad, kBad, kBad}}, send + send + send).verdict, Verdict::Skip);
  EXPECT_EQ(scripts_[0]->sent.size(), 2U);
  // All of them are in one write.
  const std::string at_once =
      "  - send: 'a FROB\\x0D\\x0Ab FROB\\x0D\\x0Ac FROB\\x0D\\x0A'\n    await: [a, b, c]\n"
      "  - S: 'a BAD'\n  - S: 'b BAD'\n  - S: 'c BAD'\n";
  EXPECT_EQ(run(0, "", {{kGreeting}}, at_once).verdict, Verdict::Skip);
  EXPECT_EQ(scripts_[0]->sent.size(), 0U);
  // What is not hoped to be bad is asked on.
  const Turn noop{"NOOP", "%t OK x\r\n"};
  EXPECT_EQ(run(2, "", {{kGreeting, kBad, kBad, noop}}, "  - C: 'NOOP'\n  - S: 'OK'\n").verdict, Verdict::Pass);
}

TEST_F(Politeness, WhoHasLoggedInMayDoMore) {
  options_.account = {"alice", "secret-alice"};
  const Turn login{"LOGIN", "%t OK in\r\n"};
  const std::string late = "  - C: 'LOGIN {user} {password}'\n  - S: 'OK'\n";
  const std::string bad = "  - C: 'FROB'\n  - S: 'BAD'\n";
  EXPECT_EQ(run(0, "", {{kGreeting, login, kBad, kBad, kBad}}, late + bad + bad + bad).verdict, Verdict::Pass);
}

TEST_F(Politeness, ASilentServerIsNotBlamed) {
  const ScenarioResult result = run(1, "", {{kGreeting}});
  EXPECT_EQ(result.verdict, Verdict::Error);
  EXPECT_TRUE(result.findings.empty());
}

TEST_F(Politeness, AScenarioThatTakesTooLongNamesItsTime) {
  options_.scenario_timeout = std::chrono::milliseconds(0);
  const ScenarioResult late = run(1, "", {{kGreeting, kBad}});
  EXPECT_EQ(late.verdict, Verdict::Error);
  EXPECT_EQ(late.reason, "it took more than 0 s, which is the limit of a scenario");
  ends_ = Clock::now();
  options_.scenario_timeout = std::chrono::hours(1);
  EXPECT_EQ(run(1, "", {{kGreeting, kBad}}).reason, "the run's time was over");
}

TEST_F(Politeness, AnInterruptedScenarioSaysSo) {
  interrupted_ = 15;
  const ScenarioResult result = run(1, "", {{kGreeting, kBad}});
  EXPECT_EQ(result.verdict, Verdict::Error);
  EXPECT_EQ(result.reason, "interrupted");
}

}  // namespace
}  // namespace imapspec::runner
