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
                   "  - C: 'LOGIN {n} b'\n  - S: ['OK', 'NO']\n"),
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
  EXPECT_THAT(lint("  - C: 'LOGIN a b'\n  - S-not: 'NO [TRYCREATE]'\n  - S: 'NO'\n"), IsEmpty());
}

TEST(Lint, FindsCompletionsThatExcludeEachOther) {
  EXPECT_THAT(lint("  - C: 'NOOP'\n  - S: 'OK'\n  - S: ['NO', 'BAD']\n"), ElementsAre("8: never-holds"));
  EXPECT_THAT(lint("  - C: 'NOOP'\n  - S: ['OK', 'BAD']\n  - S: ['NO', 'OK [ALERT]']\n"), IsEmpty());
  EXPECT_THAT(lint("  - C: 'NOOP'\n  - S: 'OK'\n  - S-not: 'NO'\n"), IsEmpty());
}

TEST(Lint, FindsTagsThatAGreetingDoesNotHave) {
  EXPECT_THAT(lint("  - S: 'OK'\n" + kNoop), ElementsAre("6: never-holds"));
  EXPECT_THAT(lint("  - S: '* OK'\n" + kNoop), IsEmpty());
  EXPECT_THAT(lint("  - connect: not-authenticated\n  - S: 'OK'\n" + kNoop), ElementsAre("7: never-holds"));
  EXPECT_THAT(lint("  - connect: selected\n  - S: 'OK'\n" + kNoop, "mailbox: []"), IsEmpty());
}

TEST(Lint, FindsConnectionsThatNoStepIsAbout) {
  EXPECT_THAT(lint(kNoop, "connections: {b: {}}"), ElementsAre("4: unused-connection"));
  EXPECT_THAT(lint("  - C: 'NOOP'\n    on: b\n  - S: 'OK'\n", "connections: {b: {}}"), IsEmpty());
  EXPECT_THAT(
      lint("  - at-once:\n      main:\n        - quiet: {}\n      b:\n        - quiet: {}\n", "connections: {b: {}}"),
      IsEmpty());
}

TEST(Lint, FindsAlternativesThatAreNeverReached) {
  EXPECT_THAT(lint("  - C: 'LOGIN a b'\n  - S: ['NO', 'NO [TRYCREATE]']\n"), ElementsAre("7: shadowed"));
  EXPECT_THAT(lint("  - C: 'LOGIN a b'\n  - S: ['NO [TRYCREATE]', 'NO']\n"), IsEmpty());
  EXPECT_THAT(
      lint("  - C: 'LOGIN a b'\n  - outcome:\n    - {S: 'NO', verdict: pass}\n    - {S: 'NO [CANNOT]', verdict: warn}\n"
           "    - {S: 'BAD', verdict: fail}\n"),
      ElementsAre("9: shadowed"));
  EXPECT_THAT(lint("  - C: 'LOGIN a b'\n  - outcome:\n    - {S: 'NO', verdict: pass, when: 'capability IDLE'}\n"
                   "    - {S: 'NO', verdict: warn}\n"),
              IsEmpty());
}

TEST(Lint, FindsWhatStandsTwice) {
  EXPECT_THAT(lint("  - C: 'NOOP'\n  - S: '* 3 EXISTS'\n  - S: '* 3 EXISTS'\n  - S: 'OK'\n"), ElementsAre("8: twice"));
}

TEST(Lint, FindsCommandsAfterTheEnd) {
  EXPECT_THAT(lint("  - C: 'LOGIN a b'\n  - S: 'closed'\n" + kNoop), ElementsAre("8: after-closed"));
  EXPECT_THAT(lint("  - C: 'LOGIN a b'\n  - S: 'closed'\n  - connect: connected\n" + kNoop), IsEmpty());
  EXPECT_THAT(lint("  - C: 'LOGIN a b'\n  - S: ['closed', 'BAD']\n" + kNoop), IsEmpty());
}

TEST(Lint, FindsWhatTheProfileDoesNotHave) {
  const std::string recent = "  - C: 'NOOP'\n  - S: '* {:number} RECENT'\n  - S: 'OK'\n";
  EXPECT_THAT(lint(recent, "profile: rev2"), ElementsAre("7: not-in-profile"));
  EXPECT_THAT(lint(recent, "profile: rev1"), IsEmpty());
  EXPECT_THAT(lint("  - C: 'NOOP'\n  - S-not: '* {:number} RECENT'\n  - S: 'OK'\n", "profile: rev2"), IsEmpty());
  EXPECT_THAT(lint("  - C: 'SEARCH ALL'\n  - S: '* SEARCH 1'\n  - S: ['OK', 'BAD']\n", "profile: rev2"),
              ElementsAre("7: not-in-profile"));
  EXPECT_THAT(lint("  - C: 'SEARCH ALL'\n  - S: '* ESEARCH ALL 1'\n  - S: ['OK', 'BAD']\n", "profile: rev2"),
              IsEmpty());
}

TEST(Lint, FindsWhatIsSentOnAConnectionThatTheScenarioClosed) {
  EXPECT_THAT(lint("  - close: {}\n" + kNoop), ElementsAre("7: after-closed"));
  EXPECT_THAT(lint(kNoop + "  - half-close: {}\n  - S: 'closed'\n  - quiet: {}\n"), ElementsAre("10: after-closed"));
  EXPECT_THAT(lint(kNoop + "  - reset: {}\n  - connect: connected\n" + kNoop), IsEmpty());
}

TEST(Lint, FindsCommandsThatTheGrammarDoesNotTake) {
  const auto command = [](const std::string& text, const std::string& expected = "'OK'") {
    return lint("  - C: '" + text + "'\n  - S: " + expected + "\n");
  };
  for (const char* text : {"NOP", "a1 NOOP", "NOOP 1", "LOGIN {user}", "LOGIN {user} {password} {tag}"}) {
    EXPECT_THAT(command(text), ElementsAre("6: command-grammar")) << text;
    EXPECT_THAT(command(text, "['NO', 'OK']"), ElementsAre("6: command-grammar")) << text;
    EXPECT_THAT(command(text, "'BAD'"), IsEmpty()) << text;
    EXPECT_THAT(command(text, "['NO', 'BAD']"), IsEmpty()) << text;
  }
  EXPECT_THAT(command("LOGIN {user:literal} {password:quoted}"), IsEmpty());
  EXPECT_THAT(command("AUTHENTICATE PLAIN {plain:raw}"), IsEmpty());
  // What is captured may be anything.
  EXPECT_THAT(lint("  - C: 'NOOP'\n  - S: 'OK [X-WHAT {how:text}]'\n  - C: 'NOOP {how:raw}'\n  - S: 'OK'\n"),
              IsEmpty());
  EXPECT_THAT(lint("  - C: 'NOOP {word:raw}'\n  - S: 'OK'\n", "let: {word: 'x'}"), ElementsAre("6: command-grammar"));
}

TEST(Lint, FindsCommandsOfAnotherState) {
  EXPECT_THAT(lint("  - C: 'LIST \"\" x'\n  - S: 'OK'\n"), ElementsAre("6: wrong-state"));
  EXPECT_THAT(lint("  - C: 'LIST \"\" x'\n  - S: 'BAD'\n"), IsEmpty());
  EXPECT_THAT(lint("  - setup: 'LOGIN {user} {password}'\n  - C: 'LIST \"\" x'\n  - S: 'OK'\n  - C: 'FETCH 1 UID'\n"
                   "  - S: 'OK'\n"),
              ElementsAre("9: wrong-state"));
  EXPECT_THAT(lint("  - connect: selected\n  - C: 'FETCH 1 UID'\n  - S: 'OK'\n", "mailbox: []"), IsEmpty());
  EXPECT_THAT(lint("  - C: 'LIST \"\" x'\n    on: b\n  - S: 'OK'\n", "connections: {b: {}}"), IsEmpty());
}

TEST(Lint, FindsLineEndsThatAreTyped) {
  for (const char* end : {"\\x0d\\x0A", "\\r\\n", "\\n"}) {
    EXPECT_THAT(lint("  - C: 'NOOP" + std::string(end) + "'\n  - S: 'OK'\n"), ElementsAre("6: line-end")) << end;
  }
  EXPECT_THAT(lint("  - send: 'x NOOP\\x0d\\x0a'\n    await: x\n  - S: 'OK'\n"), IsEmpty());
}

TEST(Lint, FindsReferencesInQuotes) {
  EXPECT_THAT(lint("  - C: 'LOGIN \"{user}\" {password}'\n  - S: 'OK'\n"), ElementsAre("6: quoted-reference"));
  EXPECT_THAT(lint("  - C: 'LOGIN \"{user:raw}\" {password:quoted}'\n  - S: 'OK'\n"), IsEmpty());
}

TEST(Lint, FindsCompletionsThatCannotCome) {
  EXPECT_THAT(lint("  - send: 'x NOOP'\n    await: x\n  - S: 'OK'\n"), ElementsAre("6: never-completes"));
  EXPECT_THAT(lint("  - send: 'x NOOP\\x0d\\x0ay NOO'\n    await: x\n  - S: 'OK'\n"), IsEmpty());
  EXPECT_THAT(lint("  - send: 'x NOOP\\x0d\\x0a'\n    await: y\n  - S: 'OK'\n"), ElementsAre("6: never-completes"));
  EXPECT_THAT(lint("  - C: 'NOOP'\n  - S: 'a1 OK'\n"), ElementsAre("7: typed-tag"));
  EXPECT_THAT(lint("  - C: 'NOOP'\n    tag: 'a1'\n  - S: 'a1 OK'\n"), IsEmpty());
}

TEST(Lint, FindsAMailboxThatIsNotThere) {
  const std::string select = "  - C: 'LOGIN {mailbox} x'\n  - S: 'OK'\n";
  EXPECT_THAT(lint(select), ElementsAre("1: no-mailbox"));
  EXPECT_THAT(lint(select, "mailbox: []"), IsEmpty());
}

TEST(Lint, FindsWordsThatAreNearlyKnownOnes) {
  EXPECT_THAT(lint("  - C: 'NOOP'\n  - S-not: '* 1 FETCH (FLAGS (\\Sen))'\n  - S: ['NO [TRYCREAT]', 'OK']\n"),
              ElementsAre("7: misspelt", "8: misspelt"));
  EXPECT_THAT(lint("  - C: 'NOOP'\n  - S-not: '* 1 FETCH (FLAGS (\\seen \\X-Else))'\n"
                   "  - S: ['NO [trycreate]', 'OK [X-ELSE]']\n"),
              IsEmpty());
  EXPECT_THAT(lint(kNoop, "mailbox: [{octets: 'x', flags: '\\Dleted $Label Seen'}]"),
              ElementsAre("4: misspelt", "4: misspelt"));
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

TEST(Lint, FindsConnectionsWithMoreBadCommandsThanAServerBears) {
  const auto many = [](std::size_t count) {
    std::string steps;
    for (std::size_t i = 0; i < count; ++i) steps += "  - C: 'FROB'\n  - S: 'BAD'\n";
    return steps;
  };
  // Who never logs in has two.
  EXPECT_THAT(lint(many(2)), IsEmpty());
  EXPECT_THAT(lint(many(4)), ElementsAre("10: too-many-bad"));
  EXPECT_THAT(lint(many(4), "reconnect: true"), IsEmpty());
  EXPECT_THAT(lint(many(2) + "  - connect: connected\n" + many(2)), IsEmpty());
  EXPECT_THAT(lint("  - connect: authenticated\n" + many(10)), IsEmpty());
  EXPECT_THAT(lint("  - connect: authenticated\n" + many(11)), ElementsAre("27: too-many-bad"));
  EXPECT_THAT(lint("  - pipeline:\n      - C: 'FROB'\n      - S: 'BAD'\n      - C: 'FROB'\n      - S: 'BAD'\n"
                   "      - C: 'FROB'\n      - S: ['BAD', 'NO']\n"),
              IsEmpty());
}

TEST(Lint, HasAMeaningForEachCheck) {
  for (const LintCheck& check : lint_checks()) EXPECT_FALSE(check.meaning.empty()) << check.name;
}

}  // namespace
}  // namespace imapspec::runner
