#include "reports/json.h"

#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "reports/escape.h"
#include "reports/wording.h"

namespace imapspec::reports {
namespace {

using Json = nlohmann::ordered_json;

double milliseconds(std::chrono::microseconds duration) { return static_cast<double>(duration.count()) / 1000.0; }

Json texts(const std::vector<std::string>& list) {
  Json array = Json::array();
  for (const std::string& text : list) array.push_back(json_text(text));
  return array;
}

Json target(const runner::TargetFacts& facts) {
  return {{"name", json_text(facts.name)},         {"host", json_text(facts.host)},
          {"tls", json_text(facts.tls)},           {"insecure", facts.insecure},
          {"greeting", json_text(facts.greeting)}, {"capabilities", texts(facts.capabilities)}};
}

Json summary(const runner::RunResult& run) {
  const auto counts = runner::count_verdicts(run);
  Json object = Json::object();
  for (const runner::Verdict verdict : kVerdicts) object[std::string(verdict_name(verdict))] = counts.at(verdict);
  return object;
}

std::string_view direction(runner::TranscriptLine::Direction direction) {
  switch (direction) {
    case runner::TranscriptLine::Direction::Client:
      return "C";
    case runner::TranscriptLine::Direction::Server:
      return "S";
    case runner::TranscriptLine::Direction::Note:
      return "note";
  }
  return {};
}

Json transcript(const std::vector<runner::TranscriptLine>& lines) {
  Json array = Json::array();
  for (const runner::TranscriptLine& line : lines) {
    Json object = {
        {"direction", direction(line.direction)}, {"at_ms", milliseconds(line.at)}, {"text", json_text(line.text)}};
    if (!line.connection.empty()) object["connection"] = json_text(line.connection);
    array.push_back(std::move(object));
  }
  return array;
}

Json finding(const runner::Finding& finding) {
  Json object = {
      {"requirement", json_text(finding.requirement)},
      {"rfc", json_text(finding.rfc)},
      {"section", json_text(finding.section)},
      {"level", level_name(finding.level)},
      {"verdict", verdict_name(finding.verdict)},
      {"check", check_name(finding.check)},
      {"deviation", json_text(finding.deviation)},
      {"scenarios", texts(finding.scenarios)},
      {"message", json_text(finding.message)},
      {"where",
       {{"file", json_text(finding.where.file)}, {"line", finding.where.line}, {"column", finding.where.column}}},
      {"sent", json_text(finding.sent)},
      {"expected", json_text(finding.expected)},
      {"actual", json_text(finding.actual)}};
  if (!finding.before.empty()) object["before"] = transcript(finding.before);
  return object;
}

// The run's list has the rest of what is known about it.
Json finding_of_scenario(const runner::Finding& finding) {
  return {{"requirement", json_text(finding.requirement)},
          {"deviation", json_text(finding.deviation)},
          {"verdict", verdict_name(finding.verdict)},
          {"check", check_name(finding.check)},
          {"message", json_text(finding.message)}};
}

Json scenario(const runner::ScenarioResult& scenario) {
  Json findings = Json::array();
  for (const runner::Finding& item : scenario.findings) findings.push_back(finding_of_scenario(item));
  Json object = {{"id", json_text(scenario.id)},
                 {"title", json_text(scenario.title)},
                 {"profile", json_text(scenario.profile)},
                 {"verdict", verdict_name(scenario.verdict)},
                 {"reason", json_text(scenario.reason)},
                 {"requirements", texts(scenario.requirements)},
                 {"section", json_text(scenario.section)},
                 {"file", json_text(scenario.where.file)},
                 {"line", scenario.where.line},
                 {"duration_ms", milliseconds(scenario.duration)},
                 {"findings", std::move(findings)},
                 {"reproduce", json_text(scenario.reproduce)}};
  if (scenario.ended) object["ended"] = verdict_name(*scenario.ended);
  if (scenario.repetition > 0) object["repetition"] = scenario.repetition;
  if (scenario.verdict != runner::Verdict::Pass) object["transcript"] = transcript(scenario.transcript);
  return object;
}

Json baseline(const std::vector<runner::BaselineUse>& uses) {
  Json array = Json::array();
  for (const runner::BaselineUse& use : uses) {
    array.push_back({{"requirement", json_text(use.requirement)},
                     {"deviation", json_text(use.deviation)},
                     {"file", json_text(use.where.file)},
                     {"line", use.where.line},
                     {"expired", json_text(use.expired)},
                     {"met", use.met},
                     {"scenario", json_text(use.scenario)},
                     {"anywhere", use.anywhere}});
  }
  return array;
}

// What a report has only where the run was not a plain one.
void add_circumstances(const runner::RunResult& run, Json& report) {
  if (run.selected > 0) report["selected"] = run.selected;
  if (run.whole) report["whole"] = true;
  if (run.shard.count > 1) report["shard"] = {{"index", run.shard.index}, {"count", run.shard.count}};
  Json fail_on = Json::array();
  if (run.fail_on.warn) fail_on.push_back("warn");
  if (run.fail_on.weakness) fail_on.push_back("weakness");
  if (!fail_on.empty()) report["fail_on"] = std::move(fail_on);
  if (!run.baseline.empty()) report["baseline"] = baseline(run.baseline);
}

}  // namespace

std::string json_report(const runner::RunResult& run) {
  Json findings = Json::array();
  for (const runner::Finding& item : run.findings) findings.push_back(finding(item));
  Json scenarios = Json::array();
  for (const runner::ScenarioResult& item : run.scenarios) scenarios.push_back(scenario(item));
  Json report = {{"schema", kReportSchema},
                 {"tool", {{"name", "imapspec"}, {"version", json_text(run.tool_version)}}},
                 {"target", target(run.target)},
                 {"started", rfc3339_utc(run.started)},
                 {"duration_ms", milliseconds(run.duration)},
                 {"summary", summary(run)},
                 {"findings", std::move(findings)},
                 {"scenarios", std::move(scenarios)},
                 {"interrupted_by", run.interrupted_by ? Json(*run.interrupted_by) : Json(nullptr)}};
  add_circumstances(run, report);
  // ASCII only: a report may be shown by `cat`, and C1 controls and bidirectional text are not to
  // act there. `replace` because a writer of reports does not throw, whatever json_text forgot.
  return report.dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
}

}  // namespace imapspec::reports
