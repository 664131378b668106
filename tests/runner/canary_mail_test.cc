// What a run plants in the second user's mail is looked for wherever somebody else is logged in.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "runner/match/pattern.h"
#include "runner/run/suite_run.h"
#include "runner/scenario/loader.h"
#include "tests/runner/bench.h"
#include "tests/runner/scripted_link.h"

namespace imapspec::runner {
namespace {

using test::kGreeting;
using test::kLogin;
using test::Script;
using test::ScriptedDialer;
using test::Turn;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class CanaryMailTest : public testing::Test {
 protected:
  CanaryMailTest() {
    options_.tls = DefaultTls::None;
    options_.account = {"alice", "secret-alice"};
    options_.second_account = {"bob", "secret-bob"};
    options_.max_connections = 1;
    probe_.offers_rev2 = true;
    probe_.capabilities = {"IMAP4rev2"};
  }

  // run has one scenario, whose LIST is answered like this. It yields the requirements of the findings. `deletion`
  // answers the DELETE of what was planted.
  std::vector<std::string> run(const std::string& answer, const std::string& deletion = "%t OK gone\r\n") {
    const auto scenario = parse_scenario(
        "title: t\nrequirement: r\nstart: authenticated\ntls: none\nsteps:\n  - C: 'LIST \"\" *'\n  - S: 'OK'\n", "one",
        "one.yaml", "nowhere", Pattern::check);
    EXPECT_TRUE(scenario);
    const Turn logout{"LOGOUT", "* BYE bye\r\n%t OK bye\r\n", true};
    scripts_.clear();
    for (std::vector<Turn> turns :
         {std::vector<Turn>{
              kLogin, {"CREATE", "%t OK made\r\n"}, {"APPEND", "+ go on\r\n"}, {"Subject", "a3 OK x\r\n"}},
          std::vector<Turn>{kLogin, {"LIST", answer}},
          std::vector<Turn>{
              kLogin, {"LIST", "* LIST () \"/\" imapspec-canary-id\r\n%t OK x\r\n"}, {"DELETE", deletion}}}) {
      turns.insert(turns.begin(), kGreeting);
      turns.push_back(logout);
      scripts_.push_back(std::make_shared<Script>(Script{std::move(turns), {}}));
    }
    ScriptedDialer dialer(scripts_);
    const RunContext context{options_, dialer, probe_, secrets_, ledger_, "id", interrupted_};
    const RunPlan plan{.scenarios = {&*scenario}, .profiles = {"rev2"}, .repeat = 1, .named = {}};
    std::vector<std::string> found;
    RunHooks hooks;
    hooks.done = [](const ScenarioResult&) {};
    hooks.warn = [this](const std::string& text) { warned_.push_back(text); };
    for (const ScenarioResult& result : run_scenarios(plan, context, hooks)) {
      for (const Finding& finding : result.findings) found.push_back(finding.requirement);
    }
    return found;
  }

  RunOptions options_;
  Probe probe_;
  const Secrets secrets_;
  const RequirementMap ledger_;
  const std::atomic<int> interrupted_{0};
  std::vector<std::shared_ptr<Script>> scripts_;
  std::vector<std::string> warned_;
};

TEST_F(CanaryMailTest, IsLookedForAndTakenAway) {
  EXPECT_THAT(run("* LIST () \"/\" imapspec-canary-id\r\n%t OK x\r\n"),
              ElementsAre("11/other-users-data-is-not-shown"));
  EXPECT_THAT(scripts_[0]->sent.front(), HasSubstr("LOGIN bob"));
  EXPECT_THAT(scripts_[0]->sent, testing::Contains(HasSubstr("Subject: canary-id")));
  EXPECT_THAT(scripts_[2]->sent, testing::Contains(HasSubstr("DELETE imapspec-canary-id")));
  EXPECT_THAT(run("* LIST () \"/\" imapspec-other\r\n%t OK x\r\n"), IsEmpty());
}

TEST_F(CanaryMailTest, ThatStaysIsTold) {
  run("%t OK x\r\n");
  EXPECT_THAT(warned_, IsEmpty());
  run("%t OK x\r\n", "%t NO it is mine\r\n");
  EXPECT_THAT(warned_, ElementsAre(AllOf(HasSubstr("imapspec-canary-id"), HasSubstr("NO it is mine"))));
}

TEST_F(CanaryMailTest, IsNotThereWithoutASecondUserOrWithoutLeaveToLogIn) {
  options_.consent.risk = Risk::P0;
  run("%t OK x\r\n");
  EXPECT_THAT(scripts_[0]->sent, testing::Not(testing::Contains(HasSubstr("bob"))));
  options_.consent.risk = Risk::P1;
  options_.second_account = {};
  run("%t OK x\r\n");
  EXPECT_THAT(scripts_[0]->sent.front(), HasSubstr("LOGIN alice"));
}

}  // namespace
}  // namespace imapspec::runner
