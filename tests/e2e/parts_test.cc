// imapspec run in parts, in parallel, again and again: the results are those of one run at a time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/e2e/imapspec_command.h"
#include "tests/e2e/process.h"
#include "tests/reports/json_schema.h"
#include "tests/runner/temporary_folder.h"

namespace imapspec::e2e {
namespace {

using nlohmann::json;
using runner::TemporaryFolder;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::chrono::minutes kLong{4};

json read(const std::string& file) {
  std::ifstream stream(file);
  return json::parse(stream);
}

// What a report says of each scenario, by scenario and revision. Names of mailboxes and times differ.
std::map<std::string, std::set<std::string>> verdicts(const json& report) {
  std::map<std::string, std::set<std::string>> all;
  for (const json& one : report.at("scenarios")) {
    std::string line = std::string(one.at("verdict"));
    for (const json& finding : one.at("findings")) {
      line += ", " + std::string(finding.at("requirement")) + ": " + std::string(finding.at("deviation"));
    }
    all[std::string(one.at("id")) + " " + std::string(one.at("profile"))].insert(line);
  }
  return all;
}

Finished run(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"run", "--quiet"});
  return run_program(command(std::move(arguments)), {}, kLong);
}

TEST(Parts, VerdictsAreTheSameWhateverRunsBesideThem) {
  const TemporaryFolder folder;
  const std::string serial = folder.path() / "serial.json";
  const std::string parallel = folder.path() / "parallel.json";
  EXPECT_EQ(run({"--jobs", "1", "--json", serial}).exit_code, 0);
  const Finished finished = run({"--jobs", "8", "--repeat", "2", "--json", parallel});
  EXPECT_EQ(finished.exit_code, 0) << finished.errors;
  EXPECT_THAT(finished.output, testing::Not(HasSubstr("not always the same")));
  const auto once = verdicts(read(serial));
  EXPECT_GT(once.size(), 200U);
  EXPECT_EQ(verdicts(read(parallel)), once);
}

TEST(Parts, ThatAreMergedAreTheWhole) {
  const TemporaryFolder folder;
  const auto report = [&](const std::string& name) { return (folder.path() / (name + ".json")).string(); };
  const std::vector<std::string> what = {"rfc9051/6.3.4", "rfc9051/6.4.5", "--fault", "fetch-with-two-spaces"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), what.begin(), what.end());
    return run(std::move(more));
  };
  const Finished whole = with({"--json", report("whole")});
  for (const char* const index : {"1", "2", "3"}) {
    with({"--shard", std::string(index) + "/3", "--json", report(index)});
  }
  const Finished merged =
      run_program(command({"merge", report("3"), report("1"), report("2"), "-o", report("all")}), {}, kLong);
  EXPECT_EQ(merged.exit_code, whole.exit_code) << merged.errors;
  const json all = read(report("all"));
  const json one = read(report("whole"));
  EXPECT_EQ(all.at("summary"), one.at("summary"));
  EXPECT_EQ(verdicts(all), verdicts(one));
  EXPECT_EQ(all.at("findings").size(), one.at("findings").size());
  EXPECT_THAT(reports::schema_violations(read(IMAPSPEC_SOURCE_DIR "/reports/report.schema.json"), all), IsEmpty());

  const Finished missing = run_program(command({"merge", report("3"), report("1")}), {}, kLong);
  EXPECT_EQ(missing.exit_code, 3);
  EXPECT_THAT(missing.errors, HasSubstr("shard 2/3 is missing"));
  const Finished twice = run_program(command({"merge", report("1"), report("1"), report("2")}), {}, kLong);
  EXPECT_EQ(twice.exit_code, 3);
  EXPECT_THAT(twice.errors, HasSubstr("shard 1/3 is there twice"));
  folder.write("no.json", "{\"schema\": 1}");
  const Finished other = run_program(command({"merge", report("no")}), {}, kLong);
  EXPECT_EQ(other.exit_code, 3);
  EXPECT_THAT(other.errors, HasSubstr("no.json: not a report of imapspec"));
}

TEST(Parts, ADryRunConnectsToNothing) {
  const Finished finished = run({"--dry-run", "--server", "127.0.0.1:1", "rfc9051/6.3.4-create/inbox"});
  EXPECT_EQ(finished.exit_code, 0) << finished.errors;
  EXPECT_THAT(finished.output, HasSubstr("skip: it touches INBOX: not without --allow-inbox"));
  EXPECT_THAT(finished.output, HasSubstr("0 of 1 scenarios would run"));
}

TEST(Parts, WhatMayCrashAServerRunsOnThisMachineOnly) {
  const TemporaryFolder folder;
  folder.write("one.yaml",
               "title: T\nrequirement: 6.1.1/imap4rev2-is-listed\nclass: P3\nstart: authenticated\nsteps:\n"
               "  - C: 'NOOP'\n  - S: 'OK'\n");
  const auto told = [&](const std::string& server) {
    return run({"--dry-run", "--allow", "P3", "--scenarios", folder.path(), "--server", server}).output;
  };
  for (const char* here : {"127.0.0.1:1", "127.8.9.10:1", "[::1]:1", "localhost:1"}) {
    EXPECT_THAT(told(here), HasSubstr("1 of 1 scenarios would run")) << here;
  }
  for (const char* elsewhere : {"127.0.0.1.nip.io:1", "127.example.org:1", "localhost.example.org:1", "10.0.0.1:1"}) {
    EXPECT_THAT(told(elsewhere), HasSubstr("skip: ")) << elsewhere;
  }
}

TEST(Parts, ABaselineThatWasWrittenIsGreenAndWantsReasons) {
  const TemporaryFolder folder;
  const std::string file = folder.path() / "baseline.yaml";
  const std::vector<std::string> what = {"rfc9051/6.1.1", "--fault", "capability-without-imap4rev2"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), what.begin(), what.end());
    return run(std::move(more));
  };
  EXPECT_EQ(with({"--write-baseline", file}).exit_code, 1);
  const Finished known = with({"--baseline", file});
  EXPECT_EQ(known.exit_code, 0) << known.output;
  EXPECT_THAT(known.errors, HasSubstr("the reason is still to be written"));
  // Without the fault nothing of it is met.
  EXPECT_EQ(run({"rfc9051/6.1.1", "--baseline", file}).exit_code, 1);
  folder.write("stale.yaml", "- {requirement: 6.1.1/nothing, deviation: d, reason: r}\n");
  const Finished stale = with({"--baseline", folder.path() / "stale.yaml"});
  EXPECT_EQ(stale.exit_code, 3);
  EXPECT_THAT(stale.errors, HasSubstr("stale.yaml:1:3: the requirement \"6.1.1/nothing\" is not in the ledger"));
}

}  // namespace
}  // namespace imapspec::e2e
