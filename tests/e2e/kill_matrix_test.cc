// The suite proves itself: a right server passes all of it, each named way to be wrong is caught for the right
// reason, and each scenario can fail.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "runner/match/pattern.h"
#include "runner/monitor/monitor.h"
#include "runner/scenario/loader.h"
#include "tests/e2e/imapspec_command.h"
#include "tests/e2e/process.h"
#include "tests/runner/temporary_folder.h"

namespace imapspec::e2e {
namespace {

using nlohmann::json;

constexpr std::size_t kAtATime = 2;
constexpr std::chrono::seconds kOneRun{120};

// SuiteRun is one run of the whole suite against the bundled server.
struct SuiteRun {
  std::optional<int> exit_code;
  std::string errors;
  json report;

  [[nodiscard]] std::set<std::string> with(std::string_view verdict) const {
    std::set<std::string> ids;
    for (const json& scenario : report.at("scenarios")) {
      if (scenario.at("verdict") == verdict) ids.insert(scenario.at("id"));
    }
    return ids;
  }
  // ran yields the scenarios that the server was asked about.
  [[nodiscard]] std::set<std::string> ran() const {
    std::set<std::string> ids;
    for (const json& scenario : report.at("scenarios")) {
      if (scenario.at("verdict") != "skip" && scenario.at("verdict") != "unimplemented") ids.insert(scenario.at("id"));
    }
    return ids;
  }
};

// run_suite runs it with these arguments. The name is for messages.
SuiteRun run_suite(std::string_view name, const std::vector<std::string>& more) {
  const runner::TemporaryFolder folder;
  const std::string file = folder.path() / "report.json";
  std::vector<std::string> arguments{"run", "--quiet", "--jobs", "8", "--json", file};
  arguments.insert(arguments.end(), more.begin(), more.end());
  Finished finished = run_program(command(arguments), {}, kOneRun);
  std::ifstream stream(file, std::ios::binary);
  SuiteRun run{.exit_code = finished.exit_code,
               .errors = std::move(finished.errors),
               .report = json::parse(stream, nullptr, false)};
  if (run.report.is_discarded()) {
    ADD_FAILURE() << name << ": no report: " << run.errors;
    run.report = {{"scenarios", json::array()}, {"findings", json::array()}};
  }
  return run;
}

struct Fault {
  std::string name;
  std::string requirement;
  bool takes_time = false;     // nothing but time reaches it
  bool breaks_should = false;  // what the requirement says is a SHOULD, which is worth a warning
};

// Half an hour in 18 seconds, and for logging in there is more than half a second.
const std::vector<std::string> kSlowPart{"--tag", "slow", "--time-scale", "100"};

std::vector<Fault> all_faults() {
  const Finished listed = run_program(command({"list", "faults", "--json"}));
  EXPECT_EQ(listed.exit_code, 0);
  std::vector<Fault> faults;
  for (const json& row : json::parse(listed.output)) {
    faults.push_back({.name = row.at("name"),
                      .requirement = row.at("requirement"),
                      .takes_time = row.at("reach") == "timer",
                      .breaks_should = row.at("level") == "should"});
  }
  return faults;
}

std::vector<runner::Scenario> all_scenarios() {
  const auto built_in = runner::monitor_requirements();
  auto suite = runner::load_suite(std::filesystem::path(IMAPSPEC_SOURCE_DIR) / "scenarios",
                                  {built_in.begin(), built_in.end()}, runner::Pattern::check);
  if (!suite) {
    ADD_FAILURE() << runner::to_string(suite.error().front());
    return {};
  }
  return std::move(suite->scenarios);
}

// is_refusal says whether a pattern is a tagged NO or BAD, or the end of the connection.
bool is_refusal(std::string_view pattern) {
  if (pattern == "closed") return true;
  for (std::size_t words = 0; words < 2 && !pattern.empty() && !pattern.starts_with("*"); ++words) {
    const std::string_view word = pattern.substr(0, pattern.find(' '));
    if (word == "NO" || word == "BAD") return true;
    pattern.remove_prefix(std::min(word.size() + 1, pattern.size()));  // a tag
  }
  return false;
}

// expects_refusal says whether all that a right server may do at some step is to refuse.
bool expects_refusal(const runner::Scenario& scenario) {
  const auto hoped_for = [](const runner::Alternative& one) {
    return !one.verdict || *one.verdict == runner::Verdict::Pass;
  };
  for (const runner::Step& step : scenario.steps) {
    for (const runner::Expectation& expectation : step.expectations) {
      if (expectation.kind != runner::Expectation::Kind::Must) continue;
      if (std::ranges::any_of(expectation.alternatives, hoped_for) &&
          std::ranges::all_of(expectation.alternatives, [&](const runner::Alternative& one) {
            return !hoped_for(one) || is_refusal(one.pattern.text);
          })) {
        return true;
      }
    }
  }
  return false;
}

bool is_slow(const runner::Scenario& scenario) {
  return std::ranges::find(scenario.tags, "slow") != scenario.tags.end();
}

// check_clean asserts that nothing was found.
void check_clean(const SuiteRun& run) {
  EXPECT_EQ(run.exit_code, 0) << run.errors;
  for (const json& finding : run.report.at("findings")) {
    EXPECT_THAT(finding.at("verdict"),
                testing::AllOf(testing::Ne("fail"), testing::Ne("warn"), testing::Ne("weakness")))
        << finding.dump(2);
  }
  EXPECT_THAT(run.with("error"), testing::IsEmpty());
}

TEST(CleanServer, PassesTheSuite) {
  const SuiteRun run = run_suite("clean", {});
  check_clean(run);
  EXPECT_GE(run.with("pass").size(), 40U);
  // Only what is about IMAP4rev1 does not run on a server of IMAP4rev2, and what waits is not asked for.
  // rev1_scenarios_test.cc proves those about IMAP4rev1.
  std::set<std::string> left_out;
  for (const runner::Scenario& scenario : all_scenarios()) {
    if (scenario.profile == "rev1" || is_slow(scenario)) left_out.insert(scenario.id);
  }
  EXPECT_EQ(run.with("skip"), left_out);
  EXPECT_THAT(run.with("unimplemented"), testing::IsEmpty());
}

TEST(CleanServer, PassesTheSuiteInBothRevisionsWhereItOffersBoth) {
  Process server(command({"serve", "--profile", "rev1+rev2", "--login-delay", "0"}));
  const Ready ready = read_ready(server);
  ::setenv("IMAPSPEC_E2E_PASSWORD", "secret-alice", 1);
  ::setenv("IMAPSPEC_E2E_PASSWORD2", "secret-bob", 1);
  const SuiteRun run =
      run_suite("both revisions", {"--server", host_port(ready.imap), "--imaps", host_port(ready.imaps), "--ca",
                                   ready.ca, "--user", "alice", "--password-env", "IMAPSPEC_E2E_PASSWORD", "--user2",
                                   "bob", "--password2-env", "IMAPSPEC_E2E_PASSWORD2", "--allow-inbox"});
  check_clean(run);
  std::set<std::string> profiles;
  for (const json& scenario : run.report.at("scenarios")) profiles.insert(scenario.at("profile"));
  EXPECT_THAT(profiles, testing::ElementsAre("rev1", "rev2"));
  const std::set<std::string> passed = run.with("pass");
  for (const runner::Scenario& scenario : all_scenarios()) {
    EXPECT_TRUE(passed.contains(scenario.id) || is_slow(scenario)) << scenario.id << " passed in neither revision";
  }
}

TEST(CleanServer, PassesWhatWaits) {
  const SuiteRun run = run_suite("what waits", kSlowPart);
  check_clean(run);
  std::set<std::string> slow;
  for (const runner::Scenario& scenario : all_scenarios()) {
    if (is_slow(scenario)) slow.insert(scenario.id);
  }
  EXPECT_EQ(run.with("pass"), slow);
}

TEST(Suite, AThirdOfItExpectsRefusals) {
  const auto scenarios = all_scenarios();
  const auto refusals = std::ranges::count_if(scenarios, expects_refusal);
  EXPECT_GE(static_cast<std::size_t>(refusals) * 3, scenarios.size()) << refusals << " of " << scenarios.size();
}

// caught yields the scenarios whose own steps found the fault: a SHOULD is found by the scenarios about it, with a
// warning.
std::set<std::string> caught(const Fault& fault, const SuiteRun& run) {
  std::set<std::string> ids = run.with("fail");
  if (!fault.breaks_should) return ids;
  const std::set<std::string> warned = run.with("warn");
  for (const json& scenario : run.report.at("scenarios")) {
    const std::string id = scenario.at("id");
    const auto about = scenario.at("requirements").get<std::set<std::string>>();
    if (warned.contains(id) && about.contains(fault.requirement)) ids.insert(id);
  }
  return ids;
}

// check_caught asserts what has to hold under one fault.
void check_caught(const Fault& fault, const SuiteRun& run) {
  SCOPED_TRACE(fault.name);
  EXPECT_EQ(run.exit_code, 1) << run.errors;
  EXPECT_TRUE(std::ranges::any_of(run.report.at("findings"),
                                  [&](const json& finding) {
                                    const bool grave = finding.at("verdict") == "fail" ||
                                                       (fault.breaks_should && finding.at("verdict") == "warn");
                                    return grave && finding.at("requirement") == fault.requirement;
                                  }))
      << "no finding about " << fault.requirement;
  EXPECT_THAT(run.with("error"), testing::IsEmpty());
  // A fault changes what its requirement says and leaves the rest alone. Of what waits there is too little to say that.
  if (!fault.takes_time) {
    EXPECT_GE(run.with("pass").size() * 10, run.ran().size() * 7);
  }
}

// write_matrix writes it for people.
void write_matrix(const std::vector<Fault>& faults, const std::vector<SuiteRun>& runs,
                  const std::map<std::string, std::set<std::string>>& killed_by) {
  std::ofstream out(std::filesystem::path(IMAPSPEC_BINARY_DIR) / "kill_matrix.txt", std::ios::trunc);
  out << "Which scenarios fail under which fault of the bundled server\n";
  for (std::size_t i = 0; i < faults.size(); ++i) {
    out << fmt::format("\n{} ({}): {} of {} pass\n", faults[i].name, faults[i].requirement, runs[i].with("pass").size(),
                       runs[i].ran().size());
    for (const std::string& id : caught(faults[i], runs[i])) out << "    " << id << '\n';
    if (caught(faults[i], runs[i]).empty()) out << "    (none: the monitor or the grammar found it)\n";
  }
  out << "\n\nWhich faults make which scenario fail\n";
  for (const auto& [id, names] : killed_by) {
    out << '\n' << id << '\n';
    for (const std::string& name : names) out << "    " << name << '\n';
  }
  EXPECT_TRUE(out.flush().good());
}

TEST(KillMatrix, EveryFaultIsCaughtAndEveryScenarioCanFail) {
  const std::vector<Fault> faults = all_faults();
  ASSERT_FALSE(faults.empty());
  std::vector<SuiteRun> runs(faults.size());
  {
    std::atomic<std::size_t> next{0};
    std::vector<std::jthread> workers;
    for (std::size_t i = 0; i < kAtATime; ++i) {
      workers.emplace_back([&] {
        for (std::size_t fault = next++; fault < faults.size(); fault = next++) {
          std::vector<std::string> arguments{"--fault", faults[fault].name};
          if (faults[fault].breaks_should) arguments.emplace_back("--strict");
          if (faults[fault].takes_time) arguments.insert(arguments.end(), kSlowPart.begin(), kSlowPart.end());
          runs[fault] = run_suite(faults[fault].name, arguments);
        }
      });
    }
  }
  // The verdict of a scenario comes from its own steps: what monitor and grammar met on the way proves nothing
  // about it.
  std::map<std::string, std::set<std::string>> killed_by;
  for (std::size_t i = 0; i < faults.size(); ++i) {
    check_caught(faults[i], runs[i]);
    for (const std::string& id : runs[i].ran()) killed_by[id];
    for (const std::string& id : caught(faults[i], runs[i])) killed_by[id].insert(faults[i].name);
  }
  write_matrix(faults, runs, killed_by);
  EXPECT_FALSE(killed_by.empty());
  for (const auto& [id, names] : killed_by) EXPECT_FALSE(names.empty()) << id << " fails under no fault";
}

}  // namespace
}  // namespace imapspec::e2e
