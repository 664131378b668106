#include "reports/junit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/reports/golden.h"
#include "tests/reports/sample.h"
#include "tests/reports/xmllint.h"

namespace imapspec::reports {
namespace {

using runner::RunResult;
using runner::Verdict;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kSchema = "--schema " IMAPSPEC_SOURCE_DIR "/tests/reports/junit-10.xsd";

// element is a test case of the report, from its start tag to its end tag.
std::string test_case(const std::string& report, const std::string& name) {
  const std::size_t begin = report.find("<testcase name=\"" + name);
  if (begin == std::string::npos) return "no test case " + name;
  const std::size_t end = std::min(report.find("</testcase>", begin), report.find("\n<testcase", begin));
  return report.substr(begin, end - begin);
}

TEST(JUnitReport, IsValid) {
  for (const RunResult& run : {polite_run(), hostile_run(), long_run(), RunResult()}) {
    EXPECT_EQ(xmllint_complaints(kSchema, junit_report(run)), "");
  }
}

TEST(JUnitReport, TheSchemaRejects) {
  const std::string report = junit_report(polite_run());
  const auto changed = [&report](std::string_view from, std::string_view to) {
    std::string text = report;
    return text.replace(text.find(from), from.size(), to);
  };
  EXPECT_THAT(xmllint_complaints(kSchema, changed(" classname=", " class=")), HasSubstr("class"));
  EXPECT_THAT(xmllint_complaints(kSchema, changed("<skipped", "<ignored")), HasSubstr("ignored"));
  EXPECT_THAT(xmllint_complaints(kSchema, changed(" tests=\"", " tests=\"a")), HasSubstr("tests"));
  EXPECT_THAT(xmllint_complaints(kSchema, changed("</testsuites>", "")), Not(""));
}

TEST(JUnitReport, IsAsItAlwaysWas) {
  expect_golden("hostile.junit.xml", junit_report(hostile_run()));
  expect_golden("polite.junit.xml", junit_report(polite_run()));
}

TEST(JUnitReport, EveryVerdictHasItsElement) {
  const std::vector<std::pair<Verdict, std::string>> rows = {
      {Verdict::Fail, "failure"},        {Verdict::XPass, "failure"},
      {Verdict::Error, "error"},         {Verdict::Skip, "skipped"},
      {Verdict::XFail, "skipped"},       {Verdict::Unimplemented, "skipped"},
      {Verdict::Warn, "system-out"},     {Verdict::Info, "system-out"},
      {Verdict::Weakness, "system-out"}, {Verdict::Pass, ""}};
  for (const auto& [verdict, expected] : rows) {
    RunResult run;
    runner::ScenarioResult scenario;
    scenario.id = "a/b";
    scenario.verdict = verdict;
    scenario.reason = "because";
    if (verdict != Verdict::Pass) {
      runner::Finding finding;
      finding.requirement = "1/x";
      finding.verdict = verdict;
      finding.message = "told";
      scenario.findings.push_back(finding);
    }
    run.scenarios.push_back(scenario);
    const std::string report = junit_report(run);
    for (const std::string element : {"failure", "error", "skipped"}) {
      EXPECT_EQ(report.find("<" + element + " ") != std::string::npos, element == expected) << element;
    }
    if (expected == "system-out") {
      EXPECT_THAT(report, HasSubstr("<system-out>" + std::string(verdict_name(verdict))));
    }
    if (expected == "skipped") {
      EXPECT_THAT(report, HasSubstr(": because\""));
    }
  }
}

TEST(JUnitReport, NamesAreThePartsOfTheIdAndTheProfile) {
  RunResult run = polite_run();
  EXPECT_THAT(junit_report(run), HasSubstr("<testcase name=\"ok [rev2]\" classname=\"rfc9051.6.2.3-login\""));
  run.scenarios.erase(run.scenarios.begin() + 1);
  EXPECT_THAT(junit_report(run), HasSubstr("<testcase name=\"ok\" classname=\"rfc9051.6.2.3-login\""));
}

TEST(JUnitReport, WhatTheGrammarFoundFailsTheBuildOnce) {
  const std::string report = junit_report(polite_run());
  const std::string found = test_case(report, "9/one-space: two spaces after FETCH");
  EXPECT_THAT(found, HasSubstr("classname=\"grammar\""));
  EXPECT_THAT(found, HasSubstr("<failure type=\"9/one-space\""));
  EXPECT_THAT(found, HasSubstr("met by 2 scenarios"));
  EXPECT_THAT(report,
              HasSubstr("<testsuites name=\"imapspec\" time=\"1.235\" tests=\"11\" failures=\"2\" errors=\"0\">"));
}

TEST(JUnitReport, AFailureHasTheTranscript) {
  const std::string failed = test_case(junit_report(polite_run()), "partial-past-end");
  EXPECT_THAT(failed, HasSubstr("message=\"The response has NIL where an empty string is expected.\""));
  EXPECT_THAT(failed, HasSubstr("<system-out>transcript:\nC: 0.001 a1 NOOP\n"));
}

TEST(JUnitReport, LongTextIsCut) {
  const std::string report = junit_report(hostile_run());
  EXPECT_THAT(report, HasSubstr(std::string(8192, 'x') + "... (94208 more octets)"));
}

}  // namespace
}  // namespace imapspec::reports
