#include "reports/progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "reports/escape.h"
#include "reports/wording.h"
#include "tests/reports/sample.h"

namespace imapspec::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

runner::ScenarioResult scenario(runner::Verdict verdict) {
  runner::ScenarioResult result;
  result.id = "folder/name";
  result.profile = "rev1";
  result.verdict = verdict;
  result.duration = std::chrono::milliseconds(1500);
  return result;
}

TEST(Progress, LinesSayWhatEndedAndHow) {
  Progress progress({60, false}, Progress::Shape::Lines, 10);
  EXPECT_EQ(progress.ended(scenario(runner::Verdict::Pass)),
            " 1/10 pass          folder/name [rev1]                 1.500\n");
  EXPECT_EQ(progress.ended(scenario(runner::Verdict::Unimplemented)),
            " 2/10 unimplemented folder/name [rev1]                 1.500\n");
  EXPECT_EQ(progress.finished(), "");
}

TEST(Progress, MarksAreOneCharacterEach) {
  Progress progress({80, false}, Progress::Shape::Marks, 61);
  std::string text;
  for (int i = 0; i < 60; ++i) text += progress.ended(scenario(runner::Verdict::Pass));
  text += progress.ended(scenario(runner::Verdict::Fail));
  text += progress.finished();
  EXPECT_THAT(text, testing::StartsWith(std::string(60, '.') + " 60/61\nF 61/61\n"));
  EXPECT_THAT(text, HasSubstr("F fail"));
}

TEST(Progress, EveryVerdictHasAMarkOfItsOwn) {
  std::string marks;
  for (const runner::Verdict verdict : kVerdicts) {
    marks += Progress({80, false}, Progress::Shape::Marks, 0).ended(scenario(verdict));
  }
  ASSERT_EQ(marks.size(), kVerdicts.size());
  std::sort(marks.begin(), marks.end());
  EXPECT_EQ(std::unique(marks.begin(), marks.end()), marks.end());
}

TEST(Progress, AHostileIdStaysInItsLine) {
  for (const runner::ScenarioResult& result : hostile_run().scenarios) {
    const std::string line = Progress({80, false}, Progress::Shape::Lines, 0).ended(result);
    EXPECT_EQ(line.find('\n'), line.size() - 1);
    EXPECT_THAT(line, Not(HasSubstr("\x1b")));
    EXPECT_LE(columns(line) - 1, 80U);
  }
}

TEST(Progress, ColoursAreThereWhenAskedFor) {
  Progress progress({80, true}, Progress::Shape::Lines, 1);
  EXPECT_THAT(progress.ended(scenario(runner::Verdict::Pass)), HasSubstr("\x1b[32m"));
}

}  // namespace
}  // namespace imapspec::reports
