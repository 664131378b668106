// The scenarios about IMAP4rev1, which the bundled server does not speak: each passes on a right answer and
// fails on a wrong one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "runner/match/pattern.h"
#include "runner/monitor/monitor.h"
#include "runner/run/executor.h"
#include "runner/scenario/loader.h"
#include "tests/runner/scripted_link.h"

namespace imapspec::runner {
namespace {

using test::Script;
using test::ScriptedDialer;
using test::Turn;

const std::filesystem::path& suite_folder() {
  static const std::filesystem::path kFolder = std::filesystem::path(IMAPSPEC_SOURCE_DIR) / "scenarios";
  return kFolder;
}

Suite bundled_suite() {
  const auto built_in = monitor_requirements();
  auto suite = load_suite(suite_folder(), {built_in.begin(), built_in.end()}, Pattern::check);
  if (suite) return std::move(*suite);
  ADD_FAILURE() << to_string(suite.error().front());
  return {};
}

// Rev1Server runs scenarios against scripts of an IMAP4rev1 server.
class Rev1Server {
 public:
  Rev1Server() {
    options_.tls = DefaultTls::None;
    options_.account = {"alice", "secret-alice"};
    secrets_.add("secret-alice", "<password>");
    probe_.offers_rev1 = true;
    probe_.capabilities = {"IMAP4rev1"};
    for (const Requirement& row : suite_.requirements) ledger_.emplace(row.id, &row);
  }

  // run answers the steps of a scenario with `turns`, in which "%m" stands for its scratch mailbox. What builds
  // the start state goes well.
  ScenarioResult run(const std::string& id, std::vector<Turn> turns) {
    const Scenario* scenario = find(id);
    if (scenario == nullptr) {
      ADD_FAILURE() << "no scenario " << id;
      return {};
    }
    const std::string name = scratch_name(*scenario);
    std::vector<Turn> all = start(*scenario);
    for (Turn& turn : turns) {
      for (std::size_t at = 0; (at = turn.answer.find("%m")) != std::string::npos;) turn.answer.replace(at, 2, name);
      all.push_back(std::move(turn));
    }
    return play(*scenario, std::move(all)).first;
  }

 private:
  [[nodiscard]] const Scenario* find(const std::string& id) const {
    const auto found =
        std::ranges::find_if(suite_.scenarios, [&](const Scenario& scenario) { return scenario.id == id; });
    return found == suite_.scenarios.end() ? nullptr : &*found;
  }

  // What SELECT and EXAMINE answer before their OK.
  static std::string opened(const Scenario& scenario) {
    return "* " + std::to_string(scenario.messages.size()) +
           " EXISTS\r\n* 0 RECENT\r\n* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)\r\n"
           "* OK [PERMANENTFLAGS (\\Seen)] ok\r\n* OK [UIDVALIDITY 1] ok\r\n* OK [UIDNEXT 9] ok\r\n";
  }

  static std::vector<Turn> start(const Scenario& scenario) {
    std::vector<Turn> turns{{"", "* OK [CAPABILITY IMAP4rev1] hi\r\n"}, {"LOGIN", "%t OK in\r\n"}};
    if (scenario.scratch) turns.push_back({"CREATE", "%t OK made\r\n"});
    std::size_t tag = 3;  // after LOGIN and CREATE
    for (const Fixture& message : scenario.messages) {
      turns.push_back({"APPEND", "+ go on\r\n"});
      turns.push_back({message.octets, "a" + std::to_string(tag++) + " OK kept\r\n"});
    }
    std::string flags;
    for (std::size_t i = 0; i < scenario.messages.size(); ++i) {
      flags += "* " + std::to_string(i + 1) + " FETCH (FLAGS (" + scenario.messages[i].flags + "))\r\n";
    }
    if (!std::ranges::all_of(scenario.messages, &std::string::empty, &Fixture::flags)) {
      turns.insert(turns.end(), {{"EXAMINE", opened(scenario) + "%t OK [READ-ONLY] open\r\n"},
                                 {"FETCH", flags + "%t OK told\r\n"},
                                 {"CLOSE", "%t OK closed\r\n"}});
    }
    if (scenario.start == Start::Selected) {
      turns.push_back({"SELECT", opened(scenario) + "%t OK [READ-WRITE] open\r\n"});
    }
    return turns;
  }

  // The scratch mailbox's name is random between runs and fixed for one run and scenario: CREATE tells it.
  std::string scratch_name(const Scenario& scenario) {
    const auto sent = play(scenario, {{"", "* OK hi\r\n"}, {"LOGIN", "%t OK in\r\n"}}).second;
    const std::string& create = sent.at(1);  // "a2 CREATE NAME" CRLF
    const std::size_t begin = create.rfind(' ') + 1;
    return create.substr(begin, create.size() - begin - 2);
  }

  // Cleaning up would need a second connection: it is refused, which is no business of the verdict's.
  std::pair<ScenarioResult, std::vector<std::string>> play(const Scenario& scenario, std::vector<Turn> turns) {
    const auto script = std::make_shared<Script>(Script{std::move(turns), {}});
    ScriptedDialer dialer({script});
    const RunContext context{options_, dialer, probe_, secrets_, ledger_, "run", interrupted_};
    Janitor janitor(context);
    ScenarioResult result = run_scenario(scenario, context, "rev1", janitor);
    return {std::move(result), script->sent};
  }

  const Suite suite_ = bundled_suite();
  RunOptions options_;
  Probe probe_;
  Secrets secrets_;
  std::map<std::string, const Requirement*, std::less<>> ledger_;
  std::atomic<int> interrupted_{0};
};

// Row is a scenario with a right server's answers to its commands, and with wrong ones.
struct Row {
  std::string id;
  std::vector<Turn> right;
  struct Wrong {
    std::vector<Turn> turns;
    std::string requirement;  // what the finding is about
    Verdict verdict = Verdict::Fail;
  };
  std::vector<Wrong> wrong;
};

std::vector<Turn> search(const std::string& answer) { return {{"SEARCH", answer + "%t OK done\r\n"}}; }

std::vector<Turn> lists(const std::string& percent, const std::string& star) {
  return {{"CREATE", "%t OK made\r\n"},
          {"%\"", percent + "%t OK done\r\n"},
          {"*\"", star + "%t OK done\r\n"},
          {"DELETE", "%t OK gone\r\n"}};
}

std::vector<Row> rows() {
  const std::string own = "* LIST () \".\" %m\r\n";
  const std::string child = "* LIST () \".\" %m.child\r\n";
  return {
      {.id = "rfc9051/6.3.9-list/percent-stops-at-dot",
       .right = lists(own, own + child),
       .wrong = {{lists(own + child, own + child), "6.3.9/percent-stops-at-delimiter"},
                 {lists(own, own), "6.3.9/star-matches-everything", Verdict::Warn}}},
      {.id = "rfc9051/6.4.4-search/answers-search-in-rev1",
       .right = search("* SEARCH 1 3\r\n"),
       .wrong = {{search("* ESEARCH (TAG \"a7\") ALL 1,3\r\n"), "rfc3501-6.4.4/search-response"},
                 {search("* SEARCH 1 2\r\n"), "rfc3501-6.4.4/search-response"},
                 {search(""), "rfc3501-6.4.4/search-response"}}},
      {.id = "rfc9051/6.4.4-search/or-in-rev1",
       .right = search("* SEARCH 1 2\r\n"),
       .wrong = {{search("* SEARCH\r\n"), "6.4.4/or-matches-either"},
                 {search("* SEARCH 1 2 3\r\n"), "6.4.4/or-matches-either"}}},
  };
}

TEST(Rev1Scenarios, AllAreProvenHere) {
  std::set<std::string> about_rev1;
  const Suite suite = bundled_suite();
  for (const Scenario& scenario : suite.scenarios) {
    if (scenario.profile == "rev1") about_rev1.insert(scenario.id);
  }
  std::set<std::string> proven;
  for (const Row& row : rows()) proven.insert(row.id);
  EXPECT_EQ(proven, about_rev1);
}

TEST(Rev1Scenarios, PassOnARightServerAndFailOnAWrongOne) {
  Rev1Server server;
  for (const Row& row : rows()) {
    SCOPED_TRACE(row.id);
    const ScenarioResult good = server.run(row.id, row.right);
    EXPECT_EQ(good.verdict, Verdict::Pass) << good.reason;
    EXPECT_TRUE(good.findings.empty()) << good.findings.front().message;
    EXPECT_FALSE(row.wrong.empty());
    for (const Row::Wrong& wrong : row.wrong) {
      const ScenarioResult bad = server.run(row.id, wrong.turns);
      EXPECT_EQ(bad.verdict, wrong.verdict) << bad.reason;
      EXPECT_THAT(bad.findings, testing::Contains(testing::AllOf(
                                    testing::Field("requirement", &Finding::requirement, wrong.requirement),
                                    testing::Field("verdict", &Finding::verdict, wrong.verdict),
                                    testing::Field("check", &Finding::check, Check::Step))));
    }
  }
}

}  // namespace
}  // namespace imapspec::runner
