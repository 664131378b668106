#include "reports/console.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "reports/escape.h"
#include "tests/reports/golden.h"
#include "tests/reports/sample.h"

namespace imapspec::reports {
namespace {

using runner::RunResult;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST(ConsoleReport, IsAsItAlwaysWas) {
  expect_golden("polite-80.txt", console_report(polite_run(), {80, false}));
  expect_golden("polite-120.txt", console_report(polite_run(), {120, false}));
  expect_golden("polite-colour.txt", console_report(polite_run(), {80, true}));
  expect_golden("hostile-100.txt", console_report(hostile_run(), {100, false}));
}

TEST(ConsoleReport, NothingOfTheServerActsOnTheTerminal) {
  const std::string report = console_report(hostile_run(), {80, false});
  for (std::string_view rest = report; !rest.empty();) {
    const Scalar scalar = first_scalar(rest);
    ASSERT_NE(scalar.octets, 0U);
    ASSERT_TRUE(scalar.value == U'\n' || (scalar.value >= 0x20 && scalar.value < 0x7F) || scalar.value >= 0xA0);
    rest.remove_prefix(scalar.octets);
  }
}

// A server that writes line feeds could write a summary of its own.
TEST(ConsoleReport, NothingOfTheServerBeginsALine) {
  const std::vector<std::string> lines = lines_of(console_report(hostile_run(), {80, false}));
  EXPECT_EQ(lines.back(), "1 error");
  for (const std::string& line : lines) EXPECT_THAT(line, Not(testing::StartsWith("0 failed")));
}

TEST(ConsoleReport, LongTextTakesFewLines) {
  EXPECT_LT(lines_of(console_report(long_run(), {80, false})).size(), 200U);
}

TEST(ConsoleReport, LinesFitTheWidthButForCommands) {
  for (const std::size_t width : {40U, 80U, 200U}) {
    bool is_command = false;
    for (const std::string& line : lines_of(console_report(hostile_run(), {width, false}))) {
      if (!is_command && line.find("passed, ") == std::string::npos && !line.starts_with("Protocol") &&
          !line.starts_with("protocol") && !line.starts_with("interrupted")) {
        EXPECT_LE(columns(line), width) << line;
      }
      is_command = line == "      reproduce";
    }
  }
}

TEST(ConsoleReport, ColoursOnlyChangeColours) {
  const std::string plain = console_report(polite_run(), {80, false});
  const std::string coloured = console_report(polite_run(), {80, true});
  EXPECT_THAT(plain, Not(HasSubstr("\x1b")));
  std::string stripped;
  for (std::size_t i = 0; i < coloured.size(); ++i) {
    if (coloured[i] == '\x1b') {
      i = coloured.find('m', i);
    } else {
      stripped += coloured[i];
    }
  }
  EXPECT_NE(coloured, plain);
  EXPECT_EQ(stripped, plain);
}

TEST(ConsoleReport, EndsWithTheSummaryAndTheErrors) {
  EXPECT_THAT(console_report(polite_run(), {80, false}),
              EndsWith("protocol findings: 1 fail, 1 warn\n"
                       "2 passed, 1 failed, 1 warn, 1 skipped, 4 unimplemented in 1.2 s\n0 error\n"));
  EXPECT_THAT(console_report(RunResult(), {80, false}),
              EndsWith("no scenario ran\n0 passed, 0 failed in 0.0 s\n0 error\n"));
}

TEST(ConsoleReport, ExpectedAndActualAreSideBySideWhereTheyFit) {
  EXPECT_THAT(console_report(polite_run(), {80, false}),
              HasSubstr("      * 1 FETCH (BODY[TEXT]<9999> \"\")     | * 1 FETCH (BODY[TEXT]<9999> NIL)\n"));
  EXPECT_THAT(console_report(polite_run(), {60, false}),
              HasSubstr("      expected\n        * 1 FETCH (BODY[TEXT]<9999> \"\")\n      actual\n"));
}

TEST(ConsoleReport, TheTranscriptHasItsLastTenLines) {
  const std::string report = console_report(polite_run(), {80, false});
  EXPECT_THAT(report, HasSubstr("transcript, last 10 of 12 lines\n        C:   0.002 a2 NOOP\n"));
  EXPECT_THAT(report, Not(HasSubstr("a1 NOOP")));
}

TEST(ConsoleReport, WhatTheGrammarFoundIsToldOnce) {
  const std::string report = console_report(polite_run(), {80, false});
  const std::size_t first = report.find("9/one-space");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(report.find("9/one-space", first + 1), std::string::npos);
  EXPECT_THAT(report, HasSubstr("met by 2 scenarios: rfc9051/6.4.5-fetch/partial-past-end"));
}

// The id of a scenario does not say in which profile it met the finding.
TEST(ConsoleReport, TheCommandReproducesTheRunThatMetTheFinding) {
  RunResult run = polite_run();
  run.scenarios[1].findings.push_back(run.scenarios[2].findings[1]);
  run.findings.clear();
  merge_findings(run);
  const std::string report = console_report(run, {80, false});
  const std::size_t protocol = report.find("Protocol:");
  ASSERT_NE(protocol, std::string::npos);
  EXPECT_THAT(report.substr(protocol),
              HasSubstr("        imapspec run --profile rev2 --only rfc9051/6.2.3-login/ok\n"));
}

TEST(ConsoleReport, SkipsAreGroupedByReason) {
  EXPECT_THAT(console_report(polite_run(), {200, false}),
              HasSubstr("unimplemented 4: the server does not advertise IDLE\n"
                        "      rfc9051/6.3.13-idle/one [rev1], rfc9051/6.3.13-idle/two [rev1], "
                        "rfc9051/6.3.13-idle/three [rev1], and 1 more\n"));
}

}  // namespace
}  // namespace imapspec::reports
