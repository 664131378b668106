#include "reports/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/escape.h"
#include "tests/reports/golden.h"
#include "tests/reports/json_schema.h"
#include "tests/reports/sample.h"

namespace imapspec::reports {
namespace {

using nlohmann::json;
using runner::Finding;
using runner::RunResult;
using runner::ScenarioResult;
using runner::TranscriptLine;
using testing::Contains;
using testing::IsEmpty;

json schema() { return json::parse(read_file(IMAPSPEC_SOURCE_DIR "/reports/report.schema.json")); }

std::chrono::microseconds microseconds(const json& milliseconds) {
  return std::chrono::microseconds(std::llround(milliseconds.get<double>() * 1000));
}

std::vector<std::string> texts(const json& array) { return array.get<std::vector<std::string>>(); }

runner::Check check_named(const std::string& name) {
  for (const runner::Check check : {runner::Check::Step, runner::Check::Monitor, runner::Check::Grammar}) {
    if (runner::check_name(check) == name) return check;
  }
  ADD_FAILURE() << "no check is called " << name;
  return runner::Check::Step;
}

Finding finding_of_scenario(const json& object) {
  Finding finding;
  finding.requirement = object.at("requirement");
  finding.deviation = object.at("deviation");
  finding.verdict = runner::verdict_named(object.at("verdict").get<std::string>()).value();
  finding.check = check_named(object.at("check"));
  finding.message = object.at("message");
  return finding;
}

TranscriptLine transcript_line(const json& object) {
  using Direction = TranscriptLine::Direction;
  TranscriptLine line;
  const auto direction = object.at("direction").get<std::string>();
  line.direction = direction == "C" ? Direction::Client : direction == "S" ? Direction::Server : Direction::Note;
  line.at = microseconds(object.at("at_ms"));
  line.text = object.at("text");
  line.connection = object.value("connection", "");
  return line;
}

Finding finding_of_run(const json& object) {
  Finding finding = finding_of_scenario(object);
  finding.rfc = object.at("rfc");
  finding.section = object.at("section");
  finding.level = runner::level_named(object.at("level").get<std::string>()).value();
  finding.scenarios = texts(object.at("scenarios"));
  const json& where = object.at("where");
  finding.where = {where.at("file"), where.at("line"), where.at("column")};
  finding.sent = object.at("sent");
  finding.expected = object.at("expected");
  finding.actual = object.at("actual");
  for (const json& line : object.value("before", json::array())) finding.before.push_back(transcript_line(line));
  return finding;
}

ScenarioResult scenario(const json& object) {
  ScenarioResult result;
  result.id = object.at("id");
  result.title = object.at("title");
  result.profile = object.at("profile");
  result.verdict = runner::verdict_named(object.at("verdict").get<std::string>()).value();
  result.reason = object.at("reason");
  result.requirements = texts(object.at("requirements"));
  result.section = object.at("section");
  result.where = {object.at("file"), object.at("line"), 0};
  result.duration = microseconds(object.at("duration_ms"));
  for (const json& finding : object.at("findings")) result.findings.push_back(finding_of_scenario(finding));
  for (const json& line : object.value("transcript", json::array())) result.transcript.push_back(transcript_line(line));
  result.reproduce = object.at("reproduce");
  return result;
}

RunResult run_result(const json& object) {
  RunResult run;
  run.tool_version = object.at("tool").at("version");
  const json& target = object.at("target");
  run.target.name = target.at("name");
  run.target.host = target.at("host");
  run.target.tls = target.at("tls");
  run.target.insecure = target.at("insecure");
  run.target.greeting = target.at("greeting");
  run.target.capabilities = texts(target.at("capabilities"));
  run.duration = microseconds(object.at("duration_ms"));
  for (const json& item : object.at("scenarios")) run.scenarios.push_back(scenario(item));
  for (const json& item : object.at("findings")) run.findings.push_back(finding_of_run(item));
  if (!object.at("interrupted_by").is_null()) run.interrupted_by = object.at("interrupted_by").get<int>();
  return run;
}

// in_json is what of a run gets into the report: text is UTF-8, the findings of a scenario are named, a
// scenario that passed has no transcript.
RunResult in_json(RunResult run) {
  for_each_text(run, [](std::string& text) { text = json_text(text); });
  run.started = {};
  for (ScenarioResult& result : run.scenarios) {
    result.where.column = 0;
    if (result.verdict == runner::Verdict::Pass) result.transcript.clear();
    for (Finding& finding : result.findings) {
      Finding kept;
      kept.requirement = finding.requirement;
      kept.deviation = finding.deviation;
      kept.verdict = finding.verdict;
      kept.check = finding.check;
      kept.message = finding.message;
      finding = kept;
    }
  }
  return run;
}

TEST(JsonReport, ReadsBackAsTheResult) {
  for (const RunResult& run : {polite_run(), hostile_run(), long_run()}) {
    EXPECT_EQ(run_result(json::parse(json_report(run))), in_json(run));
  }
}

TEST(JsonReport, IsWhatItsSchemaSays) {
  for (const RunResult& run : {polite_run(), hostile_run(), RunResult()}) {
    EXPECT_THAT(schema_violations(schema(), json::parse(json_report(run))), IsEmpty());
  }
}

TEST(JsonReport, IsAsItAlwaysWas) {
  expect_golden("hostile.json", json_report(hostile_run()));
  expect_golden("polite.json", json_report(polite_run()));
}

TEST(JsonReport, TheGoldenFilesAreWhatTheSchemaSays) {
  for (const char* name : {"hostile.json", "polite.json"}) {
    const std::string path = IMAPSPEC_SOURCE_DIR "/tests/reports/golden/" + std::string(name);
    EXPECT_THAT(schema_violations(schema(), json::parse(read_file(path))), IsEmpty()) << name;
  }
}

TEST(JsonReport, TheSchemaIsStrict) {
  const json report = json::parse(json_report(hostile_run()));
  for (const auto& [key, unused] : report.items()) {
    json without = report;
    without.erase(key);
    EXPECT_THAT(schema_violations(schema(), without), Contains("/: has no \"" + key + "\""));
  }
  json more = report;
  more["scenarios"][0]["surprise"] = 1;
  EXPECT_THAT(schema_violations(schema(), more), Contains("/scenarios/0: has a key surprise"));
  json wrong = report;
  wrong["findings"][0]["verdict"] = "passed";
  EXPECT_THAT(schema_violations(schema(), wrong), Contains("/findings/0/verdict: is none of the enum"));
}

TEST(JsonReport, CountsEveryVerdict) {
  const json summary = json::parse(json_report(polite_run())).at("summary");
  EXPECT_EQ(summary, json::parse(R"({"pass": 2, "fail": 1, "warn": 1, "unimplemented": 4, "skip": 1, "info": 0,
                                     "xfail": 0, "xpass": 0, "weakness": 0, "error": 0})"));
}

TEST(JsonReport, TellsTheTranscriptUnlessAllIsWell) {
  for (const json& item : json::parse(json_report(hostile_run())).at("scenarios")) {
    EXPECT_EQ(item.contains("transcript"), item.at("verdict") != "pass") << item.at("verdict");
  }
}

TEST(JsonReport, IsPrintableAscii) {
  for (const char octet : json_report(hostile_run())) {
    ASSERT_TRUE(octet == '\n' || (octet >= 0x20 && octet < 0x7F)) << static_cast<int>(octet);
  }
}

}  // namespace
}  // namespace imapspec::reports
