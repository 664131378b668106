#include "runner/lint/lint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "runner/lint/patterns.h"
#include "runner/match/pattern.h"
#include "tests/runner/load_errors.h"
#include "tests/runner/temporary_folder.h"

namespace imapspec::runner {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// lint tells "line: check" of each finding in a scenario whose steps begin in line 6.
std::vector<std::string> lint(const std::string& steps, const std::string& extra = "profile: any",
                              const std::string& requirement = "r") {
  const auto scenario =
      parse_scenario("title: t\nrequirement: " + requirement + "\nstart: connected\n" + extra + "\nsteps:\n" + steps,
                     "id", "s.yaml", "none", Pattern::check);
  EXPECT_THAT(error_lines(scenario), IsEmpty());
  std::vector<std::string> told;
  if (!scenario) return told;
  for (const LintFinding& finding : lint_scenario(*scenario)) {
    EXPECT_FALSE(finding.message.empty());
    EXPECT_FALSE(finding.suggestion.empty());
    told.push_back(std::to_string(finding.where.line) + ": " + std::string(finding.check));
  }
  return told;
}

const std::string kNoop = "  - C: 'NOOP'\n  - S: 'OK'\n";

TEST(Lint, FindsNothingInAScenarioThatIsRight) {
  EXPECT_THAT(lint("  - C: 'NOOP'\n  - S: '* {n:number} EXISTS'\n  - S-not: '* {:nz-number} EXPUNGE'\n  - S: 'OK'\n"
                   "  - C: 'FETCH {n} UID'\n  - S: ['OK', 'NO']\n"),
              IsEmpty());
}

TEST(Lint, FindsNamesThatNothingUses) {
  EXPECT_THAT(lint(kNoop, "let: {word: 'x'}"), ElementsAre("4: unused-name"));
  EXPECT_THAT(lint("  - C: 'X {word}'\n  - S: 'BAD'\n", "let: {word: 'x'}"), IsEmpty());
  EXPECT_THAT(lint("  - C: 'NOOP'\n  - S: '* {n:number} EXISTS'\n  - S: 'OK'\n"), ElementsAre("7: unused-capture"));
  EXPECT_THAT(lint("  - C: 'NOOP'\n  - S: '* {n:number} EXISTS'\n  - S: 'OK'\n  - check: '{n} > 3'\n"), IsEmpty());
  EXPECT_THAT(lint("  - C: 'NOOP'\n  - S: '* {n:nz-number} FETCH (UID {:uniqueid >= n})'\n  - S: 'OK'\n"), IsEmpty());
  EXPECT_THAT(lint("  - C: 'NOOP'\n  - S: '* {n:number} EXISTS'\n  - S-not: '* {n:number} RECENT'\n  - S: 'OK'\n"),
              IsEmpty());
}

TEST(Lint, FindsUsesOfWhatMayHaveNoValue) {
  EXPECT_THAT(lint("  - C: 'NOOP'\n  - S-may: '* {n:number} EXISTS'\n  - S: 'OK'\n  - check: '{n} > 3'\n"),
              ElementsAre("7: maybe-unbound"));
  EXPECT_THAT(lint("  - C: 'NOOP'\n  - S: ['* {n:number} EXISTS', '* BYE']\n  - S: 'OK'\n  - check: '{n} > 3'\n"),
              ElementsAre("7: maybe-unbound"));
  EXPECT_THAT(
      lint("  - C: 'NOOP'\n  - S: ['* {n:number} EXISTS', '* {n:number} RECENT']\n  - S: 'OK'\n  - check: '{n} > 3'\n"),
      IsEmpty());
}

TEST(Lint, TakesACaptureThatAConditionAsksAboutForUsed) {
  const std::string may = "  - C: 'NOOP'\n  - S-may: '* {n:number} EXISTS'\n";
  EXPECT_THAT(lint(may + "  - outcome:\n      - {S: '* {n} RECENT', verdict: info, when: 'captured n'}\n"
                         "      - {S: 'OK', verdict: pass}\n"),
              IsEmpty());
  EXPECT_THAT(lint(may + "  - outcome:\n      - {S: '* {n} RECENT', verdict: info, when: 'capability IDLE'}\n"
                         "      - {S: 'OK', verdict: pass}\n"),
              ElementsAre("7: maybe-unbound"));
}

TEST(Lint, LooksAtWhatIsAskedForAgainAndAgain) {
  EXPECT_THAT(lint("  - C: 'NOOP'\n    until: '* 3 EXISTS'\n  - S: '* 3 EXISTS'\n  - S: 'OK'\n"),
              ElementsAre("8: twice"));
  EXPECT_THAT(lint("  - C: 'NOOP'\n    until: ['* {n:number > 3} EXISTS', {S: 'OK', verdict: warn}]\n  - S: 'OK'\n"
                   "  - check: '{n} = 4'\n"),
              ElementsAre("7: maybe-unbound"));
}

TEST(Lint, FindsExpectationsThatForbidEachOther) {
  EXPECT_THAT(lint("  - C: 'NOOP'\n  - S: '* 3 EXISTS'\n  - S-not: '* {:number} EXISTS'\n  - S: 'OK'\n"),
              ElementsAre("7: never-holds"));
  EXPECT_THAT(
      lint("  - C: 'NOOP'\n  - S: ['* 3 EXISTS', '* 2 EXPUNGE']\n  - S-not: '* {:number} EXISTS'\n  - S: 'OK'\n"),
      IsEmpty());
  EXPECT_THAT(lint("  - C: 'NOOP'\n  - S-not: '* 4 EXISTS'\n  - S-in-order: ['* 4 EXISTS', 'OK']\n"),
              ElementsAre("8: never-holds"));
  EXPECT_THAT(lint("  - C: 'X'\n  - S-not: 'NO [TRYCREATE]'\n  - S: 'NO'\n"), IsEmpty());
}

TEST(Lint, FindsAlternativesThatAreNeverReached) {
  EXPECT_THAT(lint("  - C: 'X'\n  - S: ['NO', 'NO [TRYCREATE]']\n"), ElementsAre("7: shadowed"));
  EXPECT_THAT(lint("  - C: 'X'\n  - S: ['NO [TRYCREATE]', 'NO']\n"), IsEmpty());
  EXPECT_THAT(lint("  - C: 'X'\n  - outcome:\n    - {S: 'NO', verdict: pass}\n    - {S: 'NO [CANNOT]', verdict: warn}\n"
                   "    - {S: 'BAD', verdict: fail}\n"),
              ElementsAre("9: shadowed"));
  EXPECT_THAT(lint("  - C: 'X'\n  - outcome:\n    - {S: 'NO', verdict: pass, when: 'capability IDLE'}\n"
                   "    - {S: 'NO', verdict: warn}\n"),
              IsEmpty());
}

TEST(Lint, FindsWhatStandsTwice) {
  EXPECT_THAT(lint("  - C: 'NOOP'\n  - S: '* 3 EXISTS'\n  - S: '* 3 EXISTS'\n  - S: 'OK'\n"), ElementsAre("8: twice"));
}

TEST(Lint, FindsCommandsAfterTheEnd) {
  EXPECT_THAT(lint("  - C: 'X'\n  - S: 'closed'\n" + kNoop), ElementsAre("8: after-closed"));
  EXPECT_THAT(lint("  - C: 'X'\n  - S: 'closed'\n  - connect: connected\n" + kNoop), IsEmpty());
  EXPECT_THAT(lint("  - C: 'X'\n  - S: ['closed', 'BAD']\n" + kNoop), IsEmpty());
}

TEST(Lint, FindsWhatTheProfileDoesNotHave) {
  const std::string recent = "  - C: 'NOOP'\n  - S: '* {:number} RECENT'\n  - S: 'OK'\n";
  EXPECT_THAT(lint(recent, "profile: rev2"), ElementsAre("7: not-in-profile"));
  EXPECT_THAT(lint(recent, "profile: rev1"), IsEmpty());
  EXPECT_THAT(lint("  - C: 'NOOP'\n  - S-not: '* {:number} RECENT'\n  - S: 'OK'\n", "profile: rev2"), IsEmpty());
  EXPECT_THAT(lint("  - C: 'SEARCH ALL'\n  - S: '* SEARCH 1'\n  - S: 'OK'\n", "profile: rev2"),
              ElementsAre("7: not-in-profile"));
  EXPECT_THAT(lint("  - C: 'SEARCH ALL'\n  - S: '* ESEARCH ALL 1'\n  - S: 'OK'\n", "profile: rev2"), IsEmpty());
}

TEST(Lint, FindsRequirementsThatNothingIsAbout) {
  EXPECT_THAT(lint(kNoop, "profile: any", "[r, s]"), ElementsAre("1: requirement-not-tested"));
  EXPECT_THAT(lint("  - C: 'NOOP'\n  - S: 'OK'\n    requirement: s\n", "profile: any", "[r, s]"),
              ElementsAre("1: requirement-not-tested"));
  EXPECT_THAT(lint(kNoop + "  - S: '* 3 EXISTS'\n    requirement: s\n"), ElementsAre("8: requirement-not-listed"));
}

TEST(Lint, TellsOnceWhatRowsHaveInCommonAndFindsUnusedFragments) {
  TemporaryFolder folder;
  folder.write("ledger/l.yaml", "- {id: r, section: '1', level: must, text: t}\n");
  folder.write("fragments/spare.yaml", "title: t\nsteps:\n  - C: 'NOOP'\n  - S: 'OK'\n");
  folder.write("one.yaml",
               "title: t\nrequirement: r\nstart: connected\neach: {a: {w: '1'}, b: {w: '2'}}\nsteps:\n  - C: 'NOOP'\n  "
               "- S: 'OK'\n");
  const auto suite = load_suite(folder.path(), {}, Pattern::check);
  ASSERT_THAT(error_lines(suite), IsEmpty());
  std::vector<std::string> told;
  for (const LintFinding& finding : lint_suite(*suite)) told.emplace_back(finding.check);
  EXPECT_THAT(told, ElementsAre("unused-name", "unused-fragment"));
}

TEST(Lint, HasAMeaningForEachCheck) {
  for (const LintCheck& check : lint_checks()) EXPECT_FALSE(check.meaning.empty()) << check.name;
}

}  // namespace
}  // namespace imapspec::runner
