#include "runner/run/janitor.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/runner/bench.h"

namespace imapspec::runner {
namespace {

using test::kGreeting;
using test::kLogin;
using test::Script;
using test::ScriptedLink;
using test::Turn;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const Turn kFound{"LIST", "* LIST () \"/\" box\r\n* LIST () \"/\" box/child\r\n%t OK x\r\n"};
const Turn kNothing{"LIST", "%t OK x\r\n"};
const Turn kDeleted{"DELETE", "%t OK x\r\n"};
const Turn kNotDeleted{"DELETE", "%t NO x\r\n"};
const Turn kLogout{"LOGOUT", "* BYE x\r\n%t OK x\r\n"};

// InterruptedLink is a connection on which a DELETE is sent just when the run is interrupted.
class InterruptedLink final : public ScriptedLink {
 public:
  InterruptedLink(std::shared_ptr<Script> script, std::atomic<int>& interrupted)
      : ScriptedLink(std::move(script)), interrupted_(interrupted) {}

  std::expected<void, LinkError> send(std::string_view octets, Deadline deadline) override {
    if (octets.contains("DELETE")) interrupted_ = 2;
    return ScriptedLink::send(octets, deadline);
  }

 private:
  std::atomic<int>& interrupted_;
};

// Scripts is a server's connections, in the order in which they are dialled.
class Scripts final : public Dialer {
 public:
  explicit Scripts(std::atomic<int>& interrupted) : interrupted_(interrupted) {}

  void add(std::vector<Turn> turns, bool punctual = false) {
    all_.push_back(std::make_shared<Script>(Script{.turns = std::move(turns), .punctual = punctual}));
  }
  // restart forgets all of them.
  void restart() {
    all_.clear();
    dialled_ = 0;
  }
  // interrupt_first makes the first one an InterruptedLink.
  void interrupt_first() { interrupts_ = true; }

  [[nodiscard]] std::size_t dialled() const { return dialled_; }

  // sent is what was sent on one of them, without tags and CRLF.
  [[nodiscard]] std::vector<std::string> sent(std::size_t index) const {
    std::vector<std::string> commands;
    for (const std::string& octets : all_[index]->sent) {
      commands.push_back(octets.substr(octets.find(' ') + 1, octets.size() - octets.find(' ') - 3));
    }
    return commands;
  }

  [[nodiscard]] bool has(Door) const override { return true; }
  std::expected<std::unique_ptr<Link>, LinkError> dial(Door, Deadline) override {
    if (dialled_ == all_.size()) {
      return std::unexpected(LinkError{LinkError::Kind::Unreachable, "connection refused"});
    }
    auto script = all_[dialled_++];
    if (interrupts_ && dialled_ == 1) return std::make_unique<InterruptedLink>(std::move(script), interrupted_);
    return std::make_unique<ScriptedLink>(std::move(script));
  }

 private:
  std::atomic<int>& interrupted_;
  std::vector<std::shared_ptr<Script>> all_;
  std::size_t dialled_ = 0;
  bool interrupts_ = false;
};

class JanitorTest : public ::testing::Test {
 protected:
  JanitorTest() {
    options_.tls = DefaultTls::None;
    options_.account = {"alice", "secret-alice"};
    options_.second_account = {"bob", "secret-bob"};
    bindings_.set_octets("mailbox", "box");
    bindings_.set_octets("user", "alice");
    bindings_.set_octets("password", "secret-alice");
    hire();
  }

  // hire sends home whoever was there, and has a new one by the options as they are now.
  void hire() { janitor_ = std::make_unique<Janitor>(context_); }
  void dismiss() { janitor_.reset(); }

  std::optional<std::string> clean(parser::Profile profile = parser::kRev2, bool second_user = false) {
    return janitor_->delete_scratch(bindings_, profile, second_user);
  }

  RunOptions options_;
  Probe probe_;
  Secrets secrets_;
  RequirementMap ledger_;
  std::atomic<int> interrupted_{0};
  Scripts server_{interrupted_};
  RunContext context_{options_, server_, probe_, secrets_, ledger_, "run", interrupted_};
  Bindings bindings_;
  std::unique_ptr<Janitor> janitor_;
};

TEST_F(JanitorTest, UsesAConnectionAgainAndLogsItOutInTheEnd) {
  server_.add({kGreeting, kLogin, kFound, kDeleted, kDeleted, kNothing, kFound, kDeleted, kDeleted, kLogout});
  for (int i = 0; i < 3; ++i) EXPECT_EQ(clean(), std::nullopt);
  const std::vector<std::string> before = server_.sent(0);
  EXPECT_THAT(before, ElementsAre("LOGIN alice secret-alice", "LIST \"\" \"box*\"", "DELETE box/child", "DELETE box",
                                  "LIST \"\" \"box*\"", "LIST \"\" \"box*\"", "DELETE box/child", "DELETE box"));
  dismiss();
  EXPECT_EQ(server_.sent(0).back(), "LOGOUT");
  EXPECT_EQ(server_.dialled(), 1U);
}

TEST_F(JanitorTest, HasAConnectionForEachUserAndRevision) {
  server_.add({kGreeting, kLogin, kNothing, kNothing});
  server_.add({kGreeting, kLogin, kNothing, kNothing});
  server_.add({kGreeting, kLogin, kNothing, kNothing});
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(clean(parser::kRev2, false), std::nullopt);
    EXPECT_EQ(clean(parser::kRev2, true), std::nullopt);
    EXPECT_EQ(clean(parser::kRev1, false), std::nullopt);
  }
  EXPECT_EQ(server_.dialled(), 3U);
  EXPECT_EQ(server_.sent(1).front(), "LOGIN bob secret-bob");
  for (std::size_t i = 0; i < 3; ++i) EXPECT_THAT(server_.sent(i), SizeIs(3));
}

TEST_F(JanitorTest, KeepsFewOnesAndLogsTheOldestOut) {
  for (int i = 0; i < 5; ++i) server_.add({kGreeting, kLogin, kNothing, kLogout});
  clean(parser::kRev2, false);
  clean(parser::kRev2, true);
  clean(parser::kRev1, false);
  EXPECT_THAT(server_.sent(0), Not(Contains("LOGOUT")));
  clean(parser::kRev1, true);
  EXPECT_EQ(server_.sent(0).back(), "LOGOUT");
  clean(parser::kRev2, false);
  EXPECT_EQ(server_.dialled(), 5U);
}

TEST_F(JanitorTest, OpensANewOneWhenTheKeptOneHasEndedOrAnswersWrongly) {
  const std::vector<Turn> faults[] = {
      {{"LIST", "* LIST () \"/\" box\r\n* BYE idle for too long\r\n", true}},
      {{"LIST", "", true}},
      {},
      {{"LIST", "%t NO x\r\n"}},
      {{"LIST", "* LIST () \"/\" box\r\n%t BAD x\r\n"}, kDeleted},
      {kFound, kDeleted, kNotDeleted},
      {kFound, {"DELETE", "* BYE x\r\n", true}},
  };
  for (const std::vector<Turn>& fault : faults) {
    server_.restart();
    hire();
    std::vector<Turn> turns = {kGreeting, kLogin, kNothing};
    turns.insert(turns.end(), fault.begin(), fault.end());
    server_.add(turns);
    server_.add({kGreeting, kLogin, kFound, kDeleted, kDeleted, kNothing});
    for (int i = 0; i < 3; ++i) EXPECT_EQ(clean(), std::nullopt);
    EXPECT_EQ(server_.dialled(), 2U);
    EXPECT_THAT(server_.sent(0), Not(Contains("LOGOUT"))) << "nothing is waited for on it";
    EXPECT_THAT(server_.sent(1), ElementsAre("LOGIN alice secret-alice", "LIST \"\" \"box*\"", "DELETE box/child",
                                             "DELETE box", "LIST \"\" \"box*\""));
  }
}

TEST_F(JanitorTest, KeepsNoneThatDidNotDoAllThatItWasAskedFor) {
  const std::pair<std::vector<Turn>, std::string> faults[] = {
      {{{"LIST", "%t NO x\r\n"}, kLogout}, "a2 LIST \"\" \"box*\": NO x"},
      {{kFound, kDeleted, kNotDeleted, kLogout}, "a4 DELETE box: NO x"},
      {{{"LIST", "* LIST () \"/\" box\r\n%t OK x\r\n", true}}, "the server closed the connection"},
  };
  for (const auto& [fault, told] : faults) {
    server_.restart();
    hire();
    std::vector<Turn> turns = {kGreeting, kLogin};
    turns.insert(turns.end(), fault.begin(), fault.end());
    for (int i = 0; i < 3; ++i) server_.add(turns);
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(clean(), told);
      EXPECT_EQ(server_.dialled(), i + 1);
    }
  }
}

TEST_F(JanitorTest, TellsWhatWentWrongOnTheNewConnection) {
  server_.add({kGreeting, kLogin, kNothing, kFound});
  server_.add({kGreeting, kLogin, kFound});
  EXPECT_EQ(clean(), std::nullopt);
  EXPECT_EQ(clean(), "no answer in time");
  EXPECT_EQ(clean(), "connection refused");
}

TEST_F(JanitorTest, KeepsNoneWhereTheServerIsToHaveAMostOfConnections) {
  options_.max_connections = 100;
  hire();
  for (int i = 0; i < 2; ++i) server_.add({kGreeting, kLogin, kNothing, kLogout});
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(clean(), std::nullopt);
    EXPECT_EQ(server_.sent(i).back(), "LOGOUT");
  }
}

TEST_F(JanitorTest, DeletesOnlyWhatIsTheScenarios) {
  server_.add({kGreeting, kLogin, {"LIST", "* LIST () \"/\" INBOX\r\n* LIST () \"/\" box\r\n%t OK x\r\n"}, kDeleted});
  EXPECT_EQ(clean(), std::nullopt);
  EXPECT_THAT(server_.sent(0), ElementsAre(HasSubstr("LOGIN"), HasSubstr("LIST"), "DELETE box"));
}

TEST_F(JanitorTest, BearsThatAMereNameStays) {
  server_.add({kGreeting,
               kLogin,
               {"LIST", "* LIST (\\noselect) \"/\" box\r\n* LIST (\\NonExistent) \"/\" boxes\r\n%t OK x\r\n"},
               kNotDeleted,
               kNotDeleted,
               kLogout});
  EXPECT_EQ(clean(), std::nullopt);
  EXPECT_THAT(server_.sent(0), SizeIs(5));
}

TEST_F(JanitorTest, TakesNoMoreTimeThanAScenario) {
  options_.scenario_timeout = std::chrono::milliseconds(0);
  server_.add({kGreeting, kLogin, kFound}, true);
  EXPECT_EQ(clean(), "no answer in time");
  EXPECT_THAT(server_.sent(0), IsEmpty());
}

TEST_F(JanitorTest, StopsAtTheFirstSilenceAndDeletesAThousandAtMost) {
  std::string listed;
  for (int i = 0; i < 1'001; ++i) listed += fmt::format("* LIST () \"/\" box-{}\r\n", i);
  std::vector<Turn> turns = {kGreeting, kLogin, {"LIST", listed + "%t OK x\r\n"}};
  server_.add(turns);
  EXPECT_THAT(clean(), testing::Optional(HasSubstr("more than 1000 mailboxes")));
  EXPECT_THAT(server_.sent(0), SizeIs(4)) << "one DELETE";
  turns.insert(turns.end(), 1'001, kDeleted);
  server_.add(turns);
  EXPECT_THAT(clean(), testing::Optional(HasSubstr("more than 1000 mailboxes")));
  EXPECT_THAT(server_.sent(1), SizeIs(2 + 1'000 + 1)) << "and LOGOUT";
}

TEST_F(JanitorTest, BeginsAgainWhenTheRunIsInterruptedMeanwhile) {
  server_.interrupt_first();
  server_.add({kGreeting, kLogin, kFound});
  server_.add({kGreeting, kLogin, kFound, kDeleted, kDeleted, kNothing});
  EXPECT_EQ(clean(), std::nullopt);
  EXPECT_THAT(server_.sent(1), testing::IsSupersetOf({"DELETE box/child", "DELETE box"}));
}

TEST_F(JanitorTest, BeginsAgainOnANewConnectionWhenTheKeptOneIsInterrupted) {
  server_.interrupt_first();
  server_.add({kGreeting, kLogin, kNothing, kFound});
  server_.add({kGreeting, kLogin, kFound, kDeleted, kDeleted, kNothing});
  EXPECT_EQ(clean(), std::nullopt);
  EXPECT_EQ(clean(), std::nullopt);
  EXPECT_THAT(server_.sent(1), testing::IsSupersetOf({"DELETE box/child", "DELETE box"}));
}

TEST_F(JanitorTest, StillDeletesAfterAnInterruption) {
  server_.add({kGreeting, kLogin, kNothing, kFound, kDeleted, kDeleted});
  EXPECT_EQ(clean(), std::nullopt);
  interrupted_ = 15;
  EXPECT_EQ(clean(), std::nullopt);
  EXPECT_EQ(server_.sent(0).back(), "DELETE box");
}

TEST_F(JanitorTest, IsNobodysEvidence) {
  const auto scenario = parse_scenario(
      "title: t\nrequirement: must\nstart: authenticated\nmailbox: []\nsteps:\n  - C: 'NOOP'\n  - S: 'OK'\n", "one",
      "one.yaml", "nowhere", Pattern::check);
  ASSERT_TRUE(scenario) << to_string(scenario.error().front());
  const std::vector<Turn> right = {kGreeting, kLogin, {"CREATE", "%t OK x\r\n"}, {"NOOP", "%t OK x\r\n"}};
  server_.add(right);
  server_.add({kGreeting, kLogin, kNothing, {"LIST", "* LIST what is this\r\n* BYE x\r\n", true}});
  server_.add(right);
  server_.add({kGreeting, kLogin, {"LIST", "", true}});
  for (int i = 0; i < 2; ++i) {
    const ScenarioResult result = run_scenario(*scenario, context_, "rev2", *janitor_);
    EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
    EXPECT_THAT(result.findings, IsEmpty());
  }
  EXPECT_EQ(server_.dialled(), 4U);
}

}  // namespace
}  // namespace imapspec::runner
