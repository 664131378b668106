#include "reports/junit.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/escape.h"
#include "reports/markup.h"
#include "reports/wording.h"

namespace imapspec::reports {
namespace {

using runner::Check;
using runner::Finding;
using runner::RunResult;
using runner::ScenarioResult;
using runner::TranscriptLine;
using runner::Verdict;

constexpr std::size_t kTextOctets = 8192;
constexpr std::size_t kTranscriptLines = 50;

// Case is a test case before it is written.
struct Case {
  std::string class_name;
  std::string name;
  std::chrono::microseconds duration{};
  Verdict verdict = Verdict::Pass;
  std::string type;     // of what went wrong: a requirement
  std::string message;  // one line
  std::string details;
  std::string output;
};

struct Suite {
  std::string name;
  std::vector<Case> cases;
};

enum class Outcome { Passed, Failure, Error, Skipped };

Outcome outcome_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::Fail:
    case Verdict::XPass:
      return Outcome::Failure;
    case Verdict::Error:
      return Outcome::Error;
    case Verdict::Skip:
    case Verdict::Unimplemented:
    case Verdict::XFail:
      return Outcome::Skipped;
    case Verdict::Pass:
    case Verdict::Info:
    case Verdict::Weakness:
    case Verdict::Warn:
      return Outcome::Passed;
  }
  return Outcome::Error;
}

void add_line(std::string& text, std::string_view name, std::string_view value) {
  if (!value.empty()) text += fmt::format("{}: {}\n", name, shortened(value, kTextOctets));
}

std::string details_of(const Finding& finding) {
  std::string text = fmt::format("{}: {} ({})\n", runner::verdict_name(finding.verdict),
                                 shortened(finding.requirement, kTextOctets), clause_text(finding));
  add_line(text, "deviation", finding.deviation);
  add_line(text, "message", finding.message);
  add_line(text, "where", where_text(finding.where));
  for (const TranscriptLine& line : finding.before) add_line(text, "before", line_text(line));
  add_line(text, "sent", finding.sent);
  add_line(text, "expected", finding.expected);
  add_line(text, "actual", finding.actual);
  return text;
}

std::string transcript_of(const ScenarioResult& scenario) {
  const std::size_t size = scenario.transcript.size();
  const std::size_t first = size > kTranscriptLines ? size - kTranscriptLines : 0;
  std::string text = first == 0 ? "transcript:\n" : fmt::format("transcript, last {} of {}:\n", size - first, size);
  for (std::size_t i = first; i < size; ++i) {
    const TranscriptLine& line = scenario.transcript[i];
    text += fmt::format("{} {} {}\n", speaker_mark(line), seconds_text(line.at), shortened(line.text, kTextOctets));
  }
  return text;
}

Case case_of(const ScenarioResult& scenario, bool several_profiles) {
  Case test;
  test.class_name = folder_of(scenario.id);
  std::replace(test.class_name.begin(), test.class_name.end(), '/', '.');
  test.name = labelled(name_of(scenario.id), scenario.profile, several_profiles);
  if (scenario.repetition > 0) test.name += " #" + std::to_string(scenario.repetition);
  test.duration = scenario.duration;
  test.verdict = scenario.verdict;
  test.type = scenario.requirements.empty() ? std::string() : scenario.requirements.front();
  // Why a scenario ended may stand behind a finding that is worse.
  const bool is_beside = scenario.ended && scenario.verdict > *scenario.ended;
  if (!is_beside) test.message = scenario.reason;

  const bool is_plain_pass = scenario.verdict == Verdict::Pass && scenario.findings.empty();
  for (const Finding& finding : scenario.findings) {
    // The finding that made the verdict gives the message.
    const bool made_it = finding.verdict == scenario.verdict && finding.check == Check::Step;
    if (made_it && test.message.empty()) {
      test.type = finding.requirement;
      test.message = finding.message.empty() ? finding.deviation : finding.message;
    }
    test.details += details_of(finding);
  }
  if (is_beside) add_line(test.details, "and then", scenario.reason);
  add_line(test.details, "reproduce", is_plain_pass ? std::string() : scenario.reproduce);
  if (needs_attention(scenario.verdict) && !scenario.transcript.empty()) test.output = transcript_of(scenario);
  return test;
}

Case case_of(const Finding& finding) {
  Case test;
  test.class_name = runner::check_name(finding.check);
  test.name = finding.requirement + ": " + finding.deviation;
  test.verdict = finding.verdict;
  test.type = finding.requirement;
  test.message = finding.message.empty() ? finding.deviation : finding.message;
  test.details = details_of(finding);
  constexpr std::size_t kNamed = 20;
  test.details += fmt::format("met by {} scenarios:\n", finding.scenarios.size());
  for (std::size_t i = 0; i < std::min(kNamed, finding.scenarios.size()); ++i) {
    test.details += shortened(finding.scenarios[i], kTextOctets) + "\n";
  }
  return test;
}

std::vector<Suite> suites_of(const RunResult& run) {
  std::vector<Suite> suites;
  std::map<std::string, std::size_t, std::less<>> places;
  const auto suite = [&](std::string_view name) -> Suite& {
    const auto [place, is_new] = places.try_emplace(std::string(name), suites.size());
    if (is_new) suites.push_back({std::string(name), {}});
    return suites[place->second];
  };
  const bool several_profiles = has_several_profiles(run);
  for (const ScenarioResult& scenario : run.scenarios) {
    suite(folder_of(scenario.id)).cases.push_back(case_of(scenario, several_profiles));
  }
  for (const Finding& finding : run.findings) {
    if (finding.check != Check::Step) suite(runner::check_name(finding.check)).cases.push_back(case_of(finding));
  }
  return suites;
}

std::size_t count(const Suite& suite, Outcome outcome) {
  return static_cast<std::size_t>(std::count_if(suite.cases.begin(), suite.cases.end(), [outcome](const Case& test) {
    return outcome_of(test.verdict) == outcome;
  }));
}

void write_problem(Markup& xml, std::string_view element, const Case& test) {
  xml.line().open(element);
  xml.attribute("type", shortened(test.type, kTextOctets));
  xml.attribute("message", shortened(test.message, kTextOctets));
  xml.text(test.details).close();
}

void write_case(Markup& xml, const Case& test) {
  xml.line().open("testcase");
  xml.attribute("name", shortened(test.name, kTextOctets));
  xml.attribute("classname", shortened(test.class_name, kTextOctets));
  xml.attribute("time", seconds_text(test.duration));
  std::string output = test.output;
  switch (outcome_of(test.verdict)) {
    case Outcome::Failure:
      write_problem(xml, "failure", test);
      break;
    case Outcome::Error:
      write_problem(xml, "error", test);
      break;
    case Outcome::Skipped: {
      const std::string reason =
          fmt::format("{}: {}", runner::verdict_name(test.verdict), shortened(test.message, kTextOctets));
      xml.line().open("skipped").attribute("message", reason).close();
      if (test.verdict == Verdict::XFail) output = test.details + output;
      break;
    }
    case Outcome::Passed:
      output = test.details + output;
      break;
  }
  if (!output.empty()) xml.line().element("system-out", output);
  xml.close();
}

void write_property(Markup& xml, std::string_view name, std::string_view value) {
  xml.line().open("property").attribute("name", name);
  xml.attribute("value", shortened(value, kTextOctets)).close();
}

void write_properties(Markup& xml, const RunResult& run) {
  xml.line().open("properties");
  write_property(xml, "imapspec.version", run.tool_version);
  write_property(xml, "target.name", run.target.name);
  write_property(xml, "target.tls", run.target.tls);
  write_property(xml, "target.insecure", run.target.insecure ? "true" : "false");
  write_property(xml, "target.greeting", run.target.greeting);
  std::string capabilities;
  for (const std::string& capability : run.target.capabilities) {
    if (!capabilities.empty()) capabilities += ' ';
    capabilities += capability;
  }
  write_property(xml, "target.capabilities", capabilities);
  if (run.interrupted_by) write_property(xml, "interrupted_by", std::to_string(*run.interrupted_by));
  xml.line().close();
}

void write_suite(Markup& xml, const Suite& suite, const RunResult& run) {
  std::chrono::microseconds duration{};
  for (const Case& test : suite.cases) duration += test.duration;
  xml.line().open("testsuite");
  xml.attribute("name", suite.name.empty() ? std::string("scenarios") : shortened(suite.name, kTextOctets));
  xml.attribute("tests", std::to_string(suite.cases.size()));
  xml.attribute("failures", std::to_string(count(suite, Outcome::Failure)));
  xml.attribute("errors", std::to_string(count(suite, Outcome::Error)));
  xml.attribute("skipped", std::to_string(count(suite, Outcome::Skipped)));
  xml.attribute("time", seconds_text(duration));
  xml.attribute("timestamp", rfc3339_utc(run.started));
  xml.attribute("hostname", shortened(run.target.host, kTextOctets));
  write_properties(xml, run);
  for (const Case& test : suite.cases) write_case(xml, test);
  xml.line().close();
}

}  // namespace

std::string junit_report(const RunResult& run) {
  const std::vector<Suite> suites = suites_of(run);
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  for (const Suite& suite : suites) {
    tests += suite.cases.size();
    failures += count(suite, Outcome::Failure);
    errors += count(suite, Outcome::Error);
  }
  Markup xml(Markup::Language::Xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  xml.open("testsuites").attribute("name", "imapspec").attribute("time", seconds_text(run.duration));
  xml.attribute("tests", std::to_string(tests)).attribute("failures", std::to_string(failures));
  xml.attribute("errors", std::to_string(errors));
  for (const Suite& suite : suites) write_suite(xml, suite, run);
  xml.line();
  return std::move(xml).finish();
}

}  // namespace imapspec::reports
