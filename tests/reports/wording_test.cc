#include "reports/wording.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace imapspec::reports {
namespace {

using namespace std::chrono_literals;

TEST(Wording, EveryVerdictIsShownOnce) {
  runner::RunResult run;
  const auto counts = runner::count_verdicts(run);
  EXPECT_EQ(counts.size(), kVerdicts.size());
  for (const auto& [verdict, count] : counts) {
    EXPECT_EQ(std::count(kVerdicts.begin(), kVerdicts.end(), verdict), 1) << runner::verdict_name(verdict);
  }
}

TEST(Wording, TimesAreUtcWithMilliseconds) {
  EXPECT_EQ(rfc3339_utc({}), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(rfc3339_utc(std::chrono::system_clock::time_point(951782400s + 7ms)), "2000-02-29T00:00:00.007Z");
  EXPECT_EQ(rfc3339_utc(std::chrono::system_clock::time_point(-1ms)), "1969-12-31T23:59:59.999Z");
}

TEST(Wording, SecondsHaveThreeDigits) {
  EXPECT_EQ(seconds_text(0us), "0.000");
  EXPECT_EQ(seconds_text(1'499us), "0.001");
  EXPECT_EQ(seconds_text(1'234'567us), "1.235");
  EXPECT_EQ(seconds_text(3'600s), "3600.000");
  EXPECT_EQ(seconds_text(-5s), "0.000");
}

TEST(Wording, ClausesNameRfcSectionAndLevel) {
  runner::Finding finding;
  finding.rfc = "9051";
  finding.section = "6.2.3";
  EXPECT_EQ(clause_text(finding), "RFC 9051 section 6.2.3, MUST");
  finding.section.clear();
  finding.level = runner::Level::Statement;
  EXPECT_EQ(clause_text(finding), "RFC 9051, plain statement");
  finding.rfc.clear();
  finding.level = runner::Level::Hardening;
  EXPECT_EQ(clause_text(finding), "hardening");
}

TEST(Wording, PlacesLeaveOutWhatIsUnknown) {
  EXPECT_EQ(where_text({"a.yaml", 3, 4}), "a.yaml:3:4");
  EXPECT_EQ(where_text({"a.yaml", 3, 0}), "a.yaml:3");
  EXPECT_EQ(where_text({"a.yaml", 0, 4}), "a.yaml");
}

TEST(Wording, IdsHaveFolderAndName) {
  EXPECT_EQ(folder_of("a/b/c"), "a/b");
  EXPECT_EQ(name_of("a/b/c"), "c");
  EXPECT_EQ(folder_of("c"), "");
  EXPECT_EQ(name_of("c"), "c");
}

TEST(Wording, NamesTheConnectionOfALineWhereThereAreSeveral) {
  using Direction = runner::TranscriptLine::Direction;
  EXPECT_EQ(speaker_mark({.direction = Direction::Client, .at = {}, .text = {}}), "C:");
  EXPECT_EQ(speaker_mark({.direction = Direction::Server, .at = {}, .text = {}, .connection = "second"}), "S second:");
  EXPECT_EQ(speaker_mark({.direction = Direction::Note, .at = {}, .text = {}, .connection = "main"}), "-- main");
}

}  // namespace
}  // namespace imapspec::reports
