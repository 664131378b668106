#include "reports/json_reader.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "reports/json.h"

namespace imapspec::reports {
namespace {

using Json = nlohmann::json;
using runner::Finding;
using runner::ScenarioResult;

std::chrono::microseconds microseconds(const Json& milliseconds) {
  constexpr double kMost = 1e12;  // 30 years
  const auto number = milliseconds.get<double>();
  if (!(number >= 0 && number <= kMost)) throw std::runtime_error("no duration: " + milliseconds.dump());
  return std::chrono::microseconds(std::llround(number * 1000.0));
}

// named turns a word into an enumerator by the function that knows the words.
template <class Enum>
Enum named(const Json& word, std::optional<Enum> (*find)(std::string_view)) {
  const auto value = find(word.get<std::string>());
  if (!value) throw std::runtime_error("unknown word " + word.dump());
  return *value;
}

runner::Check check_of(const Json& word) {
  for (const auto check : {runner::Check::Step, runner::Check::Monitor, runner::Check::Grammar}) {
    if (word.get<std::string>() == check_name(check)) return check;
  }
  throw std::runtime_error("unknown check " + word.dump());
}

// As rfc3339_utc writes it: 2026-02-28T23:59:58.250Z
std::chrono::system_clock::time_point time_of(const std::string& text) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int milliseconds = 0;
  if (std::sscanf(text.c_str(), "%4d-%2u-%2uT%2d:%2d:%2d.%3dZ", &year, &month, &day, &hour, &minute, &second,
                  &milliseconds) < 6) {
    throw std::runtime_error("no time: " + text);
  }
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  // The clock has room for nanoseconds from 1677 to 2262.
  if (!date.ok() || year < 1970 || year > 2261) throw std::runtime_error("no day: " + text);
  return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         std::chrono::seconds(second) + std::chrono::milliseconds(milliseconds);
}

runner::TranscriptLine transcript_line(const Json& json) {
  using Direction = runner::TranscriptLine::Direction;
  const auto word = json.at("direction").get<std::string>();
  runner::TranscriptLine line;
  line.direction = word == "C" ? Direction::Client : word == "S" ? Direction::Server : Direction::Note;
  line.at = microseconds(json.at("at_ms"));
  json.at("text").get_to(line.text);
  line.connection = json.value("connection", std::string());
  return line;
}

Finding finding(const Json& json) {
  Finding finding;
  json.at("requirement").get_to(finding.requirement);
  json.at("rfc").get_to(finding.rfc);
  json.at("section").get_to(finding.section);
  finding.level = named<runner::Level>(json.at("level"), runner::level_named);
  finding.verdict = named<runner::Verdict>(json.at("verdict"), runner::verdict_named);
  finding.check = check_of(json.at("check"));
  json.at("deviation").get_to(finding.deviation);
  json.at("scenarios").get_to(finding.scenarios);
  json.at("message").get_to(finding.message);
  json.at("where").at("file").get_to(finding.where.file);
  json.at("where").at("line").get_to(finding.where.line);
  json.at("where").at("column").get_to(finding.where.column);
  json.at("sent").get_to(finding.sent);
  json.at("expected").get_to(finding.expected);
  json.at("actual").get_to(finding.actual);
  if (json.contains("before")) {
    for (const Json& line : json.at("before")) finding.before.push_back(transcript_line(line));
  }
  return finding;
}

// A scenario's finding has its own message; all else is in the run's list.
Finding finding_of_scenario(const Json& json, const std::vector<Finding>& all, const std::string& scenario) {
  const auto requirement = json.at("requirement").get<std::string>();
  const auto deviation = json.at("deviation").get<std::string>();
  const auto verdict = named<runner::Verdict>(json.at("verdict"), runner::verdict_named);
  const auto check = check_of(json.at("check"));
  const auto whole = std::ranges::find_if(all, [&](const Finding& one) {
    return one.requirement == requirement && one.deviation == deviation && one.verdict == verdict && one.check == check;
  });
  if (whole == all.end()) throw std::runtime_error("a finding of " + scenario + " is not in the list of findings");
  Finding finding = *whole;
  finding.scenarios = {scenario};
  json.at("message").get_to(finding.message);
  return finding;
}

ScenarioResult scenario(const Json& json, const std::vector<Finding>& findings) {
  ScenarioResult result;
  json.at("id").get_to(result.id);
  json.at("title").get_to(result.title);
  json.at("profile").get_to(result.profile);
  result.verdict = named<runner::Verdict>(json.at("verdict"), runner::verdict_named);
  json.at("reason").get_to(result.reason);
  json.at("requirements").get_to(result.requirements);
  json.at("section").get_to(result.section);
  json.at("file").get_to(result.where.file);
  json.at("line").get_to(result.where.line);
  result.duration = microseconds(json.at("duration_ms"));
  json.at("reproduce").get_to(result.reproduce);
  if (json.contains("ended")) result.ended = named<runner::Verdict>(json.at("ended"), runner::verdict_named);
  result.repetition = json.value("repetition", std::size_t{0});
  for (const Json& one : json.at("findings")) result.findings.push_back(finding_of_scenario(one, findings, result.id));
  if (json.contains("transcript")) {
    for (const Json& line : json.at("transcript")) result.transcript.push_back(transcript_line(line));
  }
  return result;
}

runner::BaselineUse baseline_use(const Json& json) {
  runner::BaselineUse use;
  json.at("requirement").get_to(use.requirement);
  json.at("deviation").get_to(use.deviation);
  json.at("file").get_to(use.where.file);
  json.at("line").get_to(use.where.line);
  json.at("expired").get_to(use.expired);
  json.at("met").get_to(use.met);
  json.at("scenario").get_to(use.scenario);
  use.anywhere = json.value("anywhere", false);
  return use;
}

void read_target(const Json& json, runner::TargetFacts& target) {
  json.at("name").get_to(target.name);
  json.at("host").get_to(target.host);
  json.at("tls").get_to(target.tls);
  json.at("insecure").get_to(target.insecure);
  json.at("greeting").get_to(target.greeting);
  json.at("capabilities").get_to(target.capabilities);
}

runner::RunResult run_of(const Json& json) {
  if (json.at("schema").get<std::string>() != kReportSchema) throw std::runtime_error("it has another schema");
  runner::RunResult run;
  json.at("tool").at("version").get_to(run.tool_version);
  read_target(json.at("target"), run.target);
  run.started = time_of(json.at("started").get<std::string>());
  run.duration = microseconds(json.at("duration_ms"));
  for (const Json& one : json.at("findings")) run.findings.push_back(finding(one));
  for (const Json& one : json.at("scenarios")) run.scenarios.push_back(scenario(one, run.findings));
  if (!json.at("interrupted_by").is_null()) run.interrupted_by = json.at("interrupted_by").get<int>();
  run.selected = json.value("selected", std::size_t{0});
  run.whole = json.value("whole", false);
  if (json.contains("shard")) {
    json.at("shard").at("index").get_to(run.shard.index);
    json.at("shard").at("count").get_to(run.shard.count);
  }
  for (const auto& word : json.value("fail_on", std::vector<std::string>{})) {
    run.fail_on.warn = run.fail_on.warn || word == "warn";
    run.fail_on.weakness = run.fail_on.weakness || word == "weakness";
  }
  if (json.contains("baseline")) {
    for (const Json& one : json.at("baseline")) run.baseline.push_back(baseline_use(one));
  }
  return run;
}

}  // namespace

std::expected<runner::RunResult, std::string> read_json_report(std::string_view json) {
  try {
    return run_of(Json::parse(json));
  } catch (const std::exception& error) {
    return std::unexpected(std::string("not a report of imapspec: ") + error.what());
  }
}

}  // namespace imapspec::reports
