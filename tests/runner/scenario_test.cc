// Good scenarios, field by field.
#include "runner/scenario/scenario.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runner/scenario/loader.h"
#include "tests/runner/load_errors.h"
#include "tests/runner/temporary_folder.h"

namespace imapspec::runner {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

class Scenarios : public ::testing::Test {
 protected:
  Scenarios() {
    folder_.write("a.eml", "Subject: a\r\n\r\nbody\r\n");
    folder_.write("deep/b.eml", "Subject: b\r\n\r\n");
    folder_.write("octets", std::string("\0\n\xff", 3));
  }

  Scenario load(std::string_view yaml, const PatternCheck& check = {}) {
    auto scenario = parse_scenario(yaml, "folder/name", "s.yaml", folder_.path(), check);
    EXPECT_THAT(error_lines(scenario), IsEmpty());
    return scenario ? std::move(*scenario) : Scenario();
  }

  // load_steps loads a scenario whose steps begin in line 5.
  std::vector<Step> load_steps(std::string_view steps) {
    return load("title: T\nrequirement: r\nstart: connected\nsteps:\n" + std::string(steps) + "\n").steps;
  }

  TemporaryFolder folder_;
};

Where at(std::size_t line, std::size_t column) { return {"s.yaml", line, column}; }

TEST_F(Scenarios, HaveTheirKeys) {
  const Scenario scenario = load(R"(# A comment.
title: A title
requirement: [6.1/a, 6.2/b]
start: selected
tls: implicit
needs: capability IDLE
profile: rev2
mailbox:
  - a.eml
  - {message: deep/b.eml, flags: '\Seen $Label', date: '17-Jul-1996 02:44:25 -0700'}
let:
  crlf: 'a\x0D\x0Ab'
  quote: 'it''s {5}'
  file: {file: octets}
  block: |
    one \x0A
    two
steps:
  - C: 'NOOP'
  - S: 'OK'
)");
  EXPECT_EQ(scenario.id, "folder/name");
  EXPECT_EQ(scenario.title, "A title");
  EXPECT_THAT(scenario.requirements, ElementsAre("6.1/a", "6.2/b"));
  EXPECT_EQ(scenario.start, Start::Selected);
  EXPECT_EQ(scenario.tls, TlsUse::Implicit);
  ASSERT_TRUE(scenario.needs.has_value());
  EXPECT_EQ(scenario.needs->text(), "capability IDLE");
  EXPECT_EQ(scenario.profile, "rev2");
  EXPECT_TRUE(scenario.scratch);
  EXPECT_EQ(scenario.where, at(2, 1));
  ASSERT_THAT(scenario.messages, SizeIs(2));
  EXPECT_EQ(scenario.messages[0].file, "a.eml");
  EXPECT_EQ(scenario.messages[0].octets, "Subject: a\r\n\r\nbody\r\n");
  EXPECT_EQ(scenario.messages[0].flags, "");
  EXPECT_EQ(scenario.messages[0].date, "");
  EXPECT_EQ(scenario.messages[0].where, at(9, 5));
  EXPECT_EQ(scenario.messages[1].file, "deep/b.eml");
  EXPECT_EQ(scenario.messages[1].flags, "\\Seen $Label");
  EXPECT_EQ(scenario.messages[1].date, "17-Jul-1996 02:44:25 -0700");
  EXPECT_THAT(scenario.let, ElementsAre(Pair("block", "one \n\r\ntwo\r\n"), Pair("crlf", "a\r\nb"),
                                        Pair("file", std::string("\0\n\xff", 3)), Pair("quote", "it's {5}")));
}

TEST_F(Scenarios, HaveDefaults) {
  const Scenario scenario =
      load("title: T\nrequirement: r\nstart: not-authenticated\nsteps:\n  - C: 'NOOP'\n  - S: 'OK'\n");
  EXPECT_THAT(scenario.requirements, ElementsAre("r"));
  EXPECT_EQ(scenario.start, Start::NotAuthenticated);
  EXPECT_EQ(scenario.tls, TlsUse::Default);
  EXPECT_FALSE(scenario.needs.has_value());
  EXPECT_EQ(scenario.profile, "any");
  EXPECT_FALSE(scenario.scratch);
  EXPECT_THAT(scenario.messages, IsEmpty());
  EXPECT_THAT(scenario.let, IsEmpty());
}

TEST_F(Scenarios, MayHaveAnEmptyScratchMailbox) {
  const Scenario scenario =
      load("title: T\nrequirement: r\nstart: selected\nmailbox: []\nsteps:\n  - C: 'NOOP'\n  - S: 'OK'\n");
  EXPECT_TRUE(scenario.scratch);
  EXPECT_THAT(scenario.messages, IsEmpty());
}

TEST_F(Scenarios, HaveStepsOfEveryKind) {
  const std::vector<Step> steps = load_steps(R"(  - C: 'NOOP'
  - S: 'OK'
  - setup: 'CREATE {mailbox}'
  - continue: ''
  - S: 'closed'
  - send: 'a1 NOOP\x0D\x0A'
    await: a1
  - send: 'x'
    await: [b1, 'b2']
  - tls: refused
    maximum: '1.1'
  - tls: either
  - connect: not-authenticated
  - setup: 'EXPUNGE'
  - close: {})");
  ASSERT_THAT(steps, SizeIs(10));
  const auto& command = std::get<CommandStep>(steps[0].action);
  EXPECT_EQ(command.text.text, "NOOP");
  EXPECT_EQ(command.text.where, at(5, 8));
  EXPECT_FALSE(command.setup);
  EXPECT_EQ(steps[0].where, at(5, 5));
  EXPECT_TRUE(std::get<CommandStep>(steps[1].action).setup);
  EXPECT_EQ(std::get<CommandStep>(steps[1].action).text.text, "CREATE {mailbox}");
  EXPECT_EQ(std::get<ContinueStep>(steps[2].action).text.text, "");
  EXPECT_EQ(std::get<SendStep>(steps[3].action).text.text, "a1 NOOP\\x0D\\x0A");
  EXPECT_THAT(std::get<SendStep>(steps[3].action).tags, ElementsAre("a1"));
  EXPECT_THAT(std::get<SendStep>(steps[4].action).tags, ElementsAre("b1", "b2"));
  EXPECT_EQ(std::get<TlsStep>(steps[5].action).expected, TlsStep::Expected::Refused);
  EXPECT_EQ(std::get<TlsStep>(steps[5].action).maximum, "1.1");
  EXPECT_EQ(std::get<TlsStep>(steps[6].action).expected, TlsStep::Expected::Either);
  EXPECT_EQ(std::get<TlsStep>(steps[6].action).maximum, std::nullopt);
  EXPECT_EQ(std::get<ConnectStep>(steps[7].action).start, Start::NotAuthenticated);
  EXPECT_EQ(std::get<CommandStep>(steps[8].action).text.text, "EXPUNGE");
  EXPECT_TRUE(std::holds_alternative<CloseStep>(steps[9].action));
}

TEST_F(Scenarios, AttachExpectationsToTheStepBeforeThem) {
  const std::vector<Step> steps = load_steps(R"(  - S: '* OK'
  - S-not: '* BYE'
  - C: 'NOOP'
  - S: ['OK', 'NO']
    requirement: q
  - S-may: '* {n:number} EXISTS'
  - outcome:
      - {S: 'OK', verdict: pass, when: profile = rev1}
      - {S: 'BAD', verdict: weakness, message: odd}
  - setup: 'NOOP'
  - S: '* {n+1} EXISTS')");
  ASSERT_THAT(steps, SizeIs(3));
  EXPECT_TRUE(std::holds_alternative<StartStep>(steps[0].action));
  EXPECT_EQ(steps[0].where, at(5, 5));
  ASSERT_THAT(steps[0].expectations, SizeIs(2));
  EXPECT_EQ(steps[0].expectations[0].kind, Expectation::Kind::Must);
  EXPECT_EQ(steps[0].expectations[1].kind, Expectation::Kind::MustNot);
  EXPECT_EQ(steps[0].expectations[1].alternatives.at(0).pattern.text, "* BYE");

  ASSERT_THAT(steps[1].expectations, SizeIs(3));
  const Expectation& listed = steps[1].expectations[0];
  EXPECT_EQ(listed.requirement, "q");
  EXPECT_EQ(listed.where, at(8, 5));
  ASSERT_THAT(listed.alternatives, SizeIs(2));
  EXPECT_EQ(listed.alternatives[1].pattern.text, "NO");
  EXPECT_EQ(listed.alternatives[1].pattern.where, at(8, 15));
  EXPECT_EQ(listed.alternatives[1].verdict, std::nullopt);
  EXPECT_EQ(steps[1].expectations[1].kind, Expectation::Kind::May);
  EXPECT_EQ(steps[1].expectations[1].requirement, "");
  const Expectation& outcome = steps[1].expectations[2];
  EXPECT_EQ(outcome.kind, Expectation::Kind::Must);
  ASSERT_THAT(outcome.alternatives, SizeIs(2));
  EXPECT_EQ(outcome.alternatives[0].verdict, Verdict::Pass);
  ASSERT_TRUE(outcome.alternatives[0].when.has_value());
  EXPECT_EQ(outcome.alternatives[0].when->text(), "profile = rev1");
  EXPECT_EQ(outcome.alternatives[1].verdict, Verdict::Weakness);
  EXPECT_EQ(outcome.alternatives[1].message, "odd");
  EXPECT_FALSE(outcome.alternatives[1].when.has_value());

  ASSERT_THAT(steps[2].expectations, SizeIs(1));
}

TEST_F(Scenarios, ReadUntilAContinuationWhereOneIsExpected) {
  const std::vector<Step> steps = load_steps(R"(  - C: 'IDLE'
  - S: ['NO', '+']
  - continue: 'DONE'
  - S: 'OK'
  - C: 'IDLE'
  - outcome: [{S: '+', verdict: pass}, {S: 'BAD', verdict: info}])");
  ASSERT_THAT(steps, SizeIs(3));
  EXPECT_TRUE(steps[0].until_continuation);
  EXPECT_FALSE(steps[1].until_continuation);
  EXPECT_TRUE(steps[2].until_continuation);
}

TEST_F(Scenarios, AcceptEveryWayACommandEnds) {
  for (const std::string_view end :
       {"'OK'", "'no [TRYCREATE]'", "'BAD'", "'a1 OK'", "'x NO [ALERT]'", "'+'", "'closed'", "['* BYE', 'BAD']"}) {
    EXPECT_THAT(load_steps("  - C: 'NOOP'\n  - S: " + std::string(end)), SizeIs(1)) << end;
  }
}

TEST_F(Scenarios, KnowNamesFromTheStartFromLetAndFromHoles) {
  const Scenario scenario = load(R"(title: T
requirement: r
start: connected
let: {mine: 'x'}
steps:
  - S: '* OK [UIDNEXT {next:nz-number}]'
  - C: 'LOGIN {user} {password:literal+}'
  - S: ['* LIST () {sep:nstring} {mine}', 'OK']
  - S-may: '* {n:number} EXISTS'
  - S: '* 1 FETCH (UID {u:nz-number} MODSEQ {u})'
  - C: 'X {next+1} {sep} {n-1} {u:raw} {mine:quoted} {other-mailbox} {plain:raw}'
  - S: 'OK'
)");
  EXPECT_THAT(scenario.steps, SizeIs(3));
}

TEST_F(Scenarios, HaveCrlfForTheLineBreaksOfBlocks) {
  const std::vector<Step> steps = load_steps(R"(  - send: |
      a1 NOOP
      a2 NOOP
  - send: |-
      a1 NO
        OP
  - C: |
      LOGIN {4}
      user x
  - S: |
      OK)");
  ASSERT_THAT(steps, SizeIs(3));
  EXPECT_EQ(std::get<SendStep>(steps[0].action).text.text, "a1 NOOP\r\na2 NOOP\r\n");
  EXPECT_EQ(std::get<SendStep>(steps[1].action).text.text, "a1 NO\r\n  OP");
  EXPECT_EQ(std::get<CommandStep>(steps[2].action).text.text, "LOGIN {4}\r\nuser x");
  EXPECT_EQ(steps[2].expectations.at(0).alternatives.at(0).pattern.text, "OK");
}

TEST_F(Scenarios, HaveEveryPatternChecked) {
  std::vector<std::string> checked;
  load(R"(title: T
requirement: r
start: connected
steps:
  - S: '* OK'
  - C: 'NOOP'
  - S: ['OK', '{:number}']
  - S-may: '''x'''
  - S-not: 'c'
  - outcome: [{S: 'd', verdict: pass}]
)",
       [&](std::string_view pattern) {
         checked.emplace_back(pattern);
         return std::optional<std::string>();
       });
  EXPECT_THAT(checked, ElementsAre("* OK", "OK", "{:number}", "'x'", "c", "d"));
}

TEST_F(Scenarios, MayBeWrittenWithCrlf) {
  const Scenario scenario =
      load("title: T\r\nrequirement: r\r\nstart: connected\r\nsteps:\r\n  - send: |\r\n      a\r\n      b\r\n");
  EXPECT_EQ(std::get<SendStep>(scenario.steps.at(0).action).text.text, "a\r\nb\r\n");
}

}  // namespace
}  // namespace imapspec::runner
