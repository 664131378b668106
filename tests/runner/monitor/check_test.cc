// The table of checks: what it says of itself, and that each check can be tripped and can hold.
#include "runner/monitor/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "runner/match/pattern.h"
#include "runner/scenario/loader.h"
#include "tests/runner/monitor/cases.h"

namespace imapspec::runner {
namespace {

namespace fs = std::filesystem;
using test::Case;
using testing::Contains;
using testing::IsEmpty;
using testing::Not;

const fs::path kRoot = IMAPSPEC_SOURCE_DIR;

std::vector<Case> all_cases() {
  std::vector<Case> all = test::connection_cases();
  for (const auto& more : {test::mailbox_cases(), test::message_cases()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

std::vector<std::string> found(const test::Lines& lines, const Case& about) {
  std::vector<std::string> names;
  for (const Violation& violation : test::watch(lines, about.profile, about.read_as)) names.push_back(violation.check);
  return names;
}

TEST(MonitorChecks, EachIsTrippedByASessionAndHoldsInAnother) {
  for (const Case& each : all_cases()) {
    EXPECT_THAT(found(each.trips, each), Contains(std::string(each.check))) << each.check << " is not tripped";
    EXPECT_THAT(found(each.holds, each), Not(Contains(std::string(each.check)))) << each.check << " does not hold";
  }
}

TEST(MonitorChecks, EachHasACase) {
  std::set<std::string_view> with_case;
  for (const Case& each : all_cases()) with_case.insert(each.check);
  for (const MonitorCheck& check : monitor_checks()) {
    // Who reads the octets finds it: tests/runner/executor_test.cc.
    if (check.id == CheckId::FormalSyntax) continue;
    EXPECT_TRUE(with_case.erase(check.name)) << check.name << " has no case that trips it and none where it holds";
  }
  EXPECT_THAT(with_case, IsEmpty());
}

TEST(MonitorChecks, NamesAndRowsAreUniqueAndCited) {
  std::set<std::string_view> names;
  std::set<std::string_view> rows;
  for (const MonitorCheck& check : monitor_checks()) {
    EXPECT_TRUE(names.insert(check.name).second) << check.name;
    EXPECT_TRUE(!check.own_row || rows.insert(check.requirement).second) << check.requirement;
    EXPECT_FALSE(check.text.empty()) << check.name;
    EXPECT_FALSE(check.cited.empty()) << check.name;
    const std::string of_rfc = check.cited.rfc == "9051" ? "" : "rfc" + std::string(check.cited.rfc) + "-";
    EXPECT_TRUE(check.requirement.starts_with(of_rfc + std::string(check.cited.section) + "/")) << check.name;
  }
}

TEST(MonitorChecks, AFindingIsAsSevereAsItsLevelUnlessANoteSaysWhy) {
  for (const MonitorCheck& check : monitor_checks()) {
    EXPECT_LE(check.verdict, verdict_for(check.level)) << check.name;
    EXPECT_EQ(check.verdict == verdict_for(check.level), check.note.empty() || check.level == Level::May) << check.name;
  }
}

TEST(MonitorChecks, EachHasItsRowInTheLedger) {
  const auto built_in = monitor_requirements();
  auto suite = load_suite(kRoot / "scenarios", {built_in.begin(), built_in.end()}, Pattern::check);
  ASSERT_TRUE(suite) << to_string(suite.error().front());
  credit_monitor(suite->requirements);
  for (const MonitorCheck& check : monitor_checks()) {
    const auto row = std::ranges::find(suite->requirements, check.requirement, &Requirement::id);
    ASSERT_NE(row, suite->requirements.end()) << check.requirement;
    EXPECT_EQ(row->level, check.level) << check.name;
    EXPECT_EQ(row->section, check.cited.section) << check.name;
    EXPECT_EQ(row->rfc, check.cited.rfc) << check.name;
    EXPECT_THAT(row->tests, Contains(std::string(check_finder(check.id)))) << check.name;
  }
}

TEST(MonitorChecks, AreDocumentedByTheirTable) {
  std::ifstream file(kRoot / "docs" / "monitor.md", std::ios::binary);
  const std::string page{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  EXPECT_EQ(page, document_checks()) << "docs/monitor.md is what imapspec list checks --markdown prints";
}

}  // namespace
}  // namespace imapspec::runner
