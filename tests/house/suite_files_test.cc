// The suite's folder and the suite are the same: a scenario that nothing loads tests nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "runner/match/pattern.h"
#include "runner/monitor/monitor.h"
#include "runner/scenario/baseline.h"
#include "runner/scenario/loader.h"
#include "runner/scenario/target.h"
#include "server/faults/faults.h"
#include "tests/house/source_tree.h"

namespace imapspec::house {
namespace {

namespace fs = std::filesystem;

// load_suite loads the bundled suite as the command does.
std::expected<runner::Suite, std::vector<runner::LoadError>> load_suite() {
  const auto built_in = runner::monitor_requirements();
  return runner::load_suite(repository_root() / "scenarios", {built_in.begin(), built_in.end()},
                            runner::Pattern::check);
}

TEST(SuiteFiles, EveryScenarioOnDiskIsLoaded) {
  const auto suite = load_suite();
  if (!suite.has_value()) {
    for (const runner::LoadError& error : suite.error()) ADD_FAILURE() << runner::to_string(error);
    return;
  }
  std::vector<std::string> loaded;
  for (const runner::Scenario& scenario : suite->scenarios) {
    // The rows of a table are in one file.
    std::string file = scenario.id.substr(0, scenario.id.find('['));
    if (loaded.empty() || loaded.back() != file) loaded.push_back(std::move(file));
  }
  std::vector<std::string> on_disk;
  for (const std::string& file : files_below({"scenarios"})) {
    const std::string id = fs::path(file).lexically_relative("scenarios").generic_string();
    if (id.starts_with("messages/") || id.starts_with("ledger/") || id.starts_with("fragments/")) continue;
    if (id == "scenario.schema.json") continue;
    // Whatever else lies there is a scenario with a misspelt name.
    EXPECT_TRUE(id.ends_with(".yaml") || id.ends_with(".md")) << file << " is no scenario";
    if (id.ends_with(".yaml")) on_disk.push_back(id.substr(0, id.size() - std::string_view(".yaml").size()));
  }
  std::ranges::sort(loaded);
  std::ranges::sort(on_disk);
  EXPECT_EQ(loaded, on_disk);
  EXPECT_FALSE(on_disk.empty());
}

TEST(SuiteFiles, EveryFixtureIsUsed) {
  std::string scenarios;
  for (const std::string& file : files_below({"scenarios"})) {
    if (file.ends_with(".yaml")) scenarios += read_file(file);
  }
  for (const std::string& file : files_below({"scenarios/messages"})) {
    const std::string name = fs::path(file).filename().string();
    EXPECT_NE(scenarios.find(name), std::string::npos) << file << " is used by no scenario";
  }
}

TEST(SuiteFiles, EveryRequirementIsTestedOrSaysWhyNot) {
  const auto suite = load_suite();
  ASSERT_TRUE(suite.has_value());
  for (const runner::Requirement& requirement : suite->requirements) {
    EXPECT_NE(requirement.tests.empty(), requirement.reason.empty())
        << requirement.id
        << (requirement.tests.empty() ? " has neither a test nor a reason for having none"
                                      : " is tested, and has a reason for not being tested");
  }
  EXPECT_FALSE(suite->requirements.empty());
}

TEST(SuiteFiles, EveryFaultBreaksARequirementOfTheLedger) {
  const auto suite = load_suite();
  ASSERT_TRUE(suite.has_value());
  std::map<std::string, const runner::Requirement*, std::less<>> ledger;
  for (const runner::Requirement& requirement : suite->requirements) ledger.emplace(requirement.id, &requirement);
  for (const server::FaultInfo& fault : server::faults()) {
    const auto row = ledger.find(fault.requirement);
    if (row == ledger.end()) {
      ADD_FAILURE() << "the fault " << fault.name << " breaks " << fault.requirement << ", which is not in the ledger";
      continue;
    }
    // The table of faults has sections of RFC 9051 only.
    if (row->second->rfc == "9051") {
      EXPECT_EQ(fault.section, row->second->section) << fault.name;
    }
    EXPECT_EQ(fault.level, runner::level_name(row->second->level)) << fault.name;
    EXPECT_FALSE(row->second->tests.empty()) << fault.name << ": nothing tests " << fault.requirement;
  }
}

TEST(TargetFiles, EveryTargetLoadsAndItsScriptsCanBeRun) {
  std::size_t seen = 0;
  for (const std::string& file : files_below({"targets"})) {
    if (!file.ends_with("/target.yaml")) continue;
    ++seen;
    const auto target = runner::load_target(repository_root() / file);
    ASSERT_TRUE(target.has_value()) << runner::to_string(target.error().front());
    EXPECT_EQ(target->name, fs::path(file).parent_path().filename().string());
    for (const std::vector<std::string>& command : {target->start, target->stop, target->reset}) {
      if (command.empty() || !command.front().contains('/')) continue;  // a program of the system
      const std::string script = runner::fill_in(command.front(), {{"folder", target->folder.string()}});
      EXPECT_NE(fs::status(script).permissions() & fs::perms::owner_exec, fs::perms::none) << script;
    }
  }
  EXPECT_GT(seen, 0U);
}

TEST(TargetFiles, EveryBaselineLoadsAndGivesReasons) {
  std::size_t seen = 0;
  for (const std::string& file : files_below({"targets"})) {
    if (!file.ends_with("/baseline.yaml")) continue;
    ++seen;
    const auto baseline = runner::load_baseline(repository_root() / file);
    ASSERT_TRUE(baseline.has_value()) << runner::to_string(baseline.error().front());
    for (const runner::BaselineEntry& entry : *baseline) {
      EXPECT_FALSE(entry.clause.empty()) << file << ":" << entry.where.line;
      EXPECT_FALSE(entry.reason.empty()) << file << ":" << entry.where.line;
    }
  }
  EXPECT_GT(seen, 0U);
}

}  // namespace
}  // namespace imapspec::house
