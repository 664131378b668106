// What a scenario begins with: messages in all their forms, mailboxes, tables of values, and fragments.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "runner/match/pattern.h"
#include "runner/scenario/generated_message.h"
#include "runner/scenario/loader.h"
#include "tests/runner/load_errors.h"
#include "tests/runner/temporary_folder.h"

namespace imapspec::runner {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::StartsWith;

class Beginnings : public ::testing::Test {
 protected:
  Beginnings() { folder_.write("messages/a.eml", "Subject: a\r\n\r\nbody\r\n"); }

  std::vector<Scenario> load(const std::string& middle, const std::string& steps = kSteps) {
    auto scenarios = parse(middle, steps);
    EXPECT_THAT(error_lines(scenarios), IsEmpty());
    return scenarios ? std::move(*scenarios) : std::vector<Scenario>(1);
  }

  std::vector<std::string> errors(const std::string& middle, const std::string& steps = kSteps) {
    return error_lines(parse(middle, steps));
  }

  std::expected<std::vector<Scenario>, std::vector<LoadError>> parse(const std::string& middle,
                                                                     const std::string& steps) {
    // What stands in the middle begins in line 4.
    return parse_scenarios("title: T\nrequirement: r\nstart: authenticated\n" + middle + "\nsteps:\n" + steps, "id",
                           "s.yaml", folder_.path() / "messages", Pattern::check);
  }

  static inline const std::string kSteps = "  - C: 'NOOP'\n  - S: 'OK'\n";
  TemporaryFolder folder_;
};

TEST_F(Beginnings, MessagesComeFromFilesOrStandInTheScenario) {
  const auto scenario = load(R"(mailbox:
  - a.eml
  - {message: a.eml, flags: '\Seen'}
  - text: |
      Subject: typed

      \x7Bhello\x7D
    date: '17-Jul-1996 02:44:25 -0700'
  - octets: 'no header\x00'
  - generate: {size: 5000}
)")
                            .front();
  ASSERT_THAT(scenario.messages, SizeIs(5));
  EXPECT_EQ(scenario.messages[0].file, "a.eml");
  EXPECT_EQ(scenario.messages[1].flags, "\\Seen");
  EXPECT_EQ(scenario.messages[2].octets, "Subject: typed\r\n\r\n{hello}\r\n");
  EXPECT_EQ(scenario.messages[2].file, "");
  EXPECT_EQ(scenario.messages[3].octets, std::string("no header\0", 10));
  EXPECT_THAT(scenario.messages[4].octets, SizeIs(5000));
}

TEST_F(Beginnings, MessagesHaveOneContent) {
  EXPECT_THAT(errors("mailbox: [{flags: '\\Seen'}]"),
              ElementsAre("s.yaml:4:11: a message: expected one of the keys message, text, octets, generate"));
  EXPECT_THAT(errors("mailbox: [{message: a.eml, octets: 'x'}]"),
              ElementsAre("s.yaml:4:36: a message has one of message, text, octets, generate"));
  EXPECT_THAT(errors("mailbox: [{text: 'x'}]"),
              ElementsAre("s.yaml:4:18: \"text\": expected a block with \"|\", whose lines are those of the message"));
  EXPECT_THAT(errors("mailbox: [{generate: {parts: 3}}]"),
              ElementsAre("s.yaml:4:22: \"generate\": expected either \"size\" or \"lines\""));
  EXPECT_THAT(errors("mailbox: [{generate: {size: 99999999}}]"),
              ElementsAre("s.yaml:4:29: \"size\": expected a number from 1 to 8388608"));
  EXPECT_THAT(errors("mailbox: [{generate: {size: 8000000}}, {generate: {size: 8000000}}, {generate: {size: 8000000}}, "
                     "{generate: {size: 8000000}}, {generate: {size: 8000000}}]"),
              ElementsAre("s.yaml:4:127: the messages of a scenario are larger than 32 MiB together"));
}

TEST(GeneratedMessages, HaveTheirSizeLinesAndParts) {
  for (const std::size_t size : {300U, 301U, 371U, 372U, 373U, 444U, 5000U, 100'000U}) {
    const auto message = generate_message({.size = size});
    ASSERT_TRUE(message) << size;
    EXPECT_THAT(*message, SizeIs(size));
    EXPECT_THAT(*message, EndsWith("\r\n"));
  }
  const auto lines = generate_message({.lines = 3});
  ASSERT_TRUE(lines);
  EXPECT_THAT(*lines, HasSubstr("\r\n\r\n000001 abc"));
  EXPECT_THAT(*lines, HasSubstr("\r\n000003 abc"));
  const auto parts = generate_message({.lines = 1, .parts = 2});
  ASSERT_TRUE(parts);
  EXPECT_THAT(*parts, EndsWith("--=generated=--\r\n"));
  EXPECT_EQ(generate_message({.size = 10}).error().substr(0, 17), "the header alone ");
  EXPECT_FALSE(generate_message({.lines = 100'000, .parts = 1000}));
}

TEST_F(Beginnings, MailboxesHaveNamesMessagesAndUsers) {
  const auto scenario = load(R"(mailboxes:
  archive: {messages: [a.eml], subscribed: true}
  sent: {special-use: '\Sent'}
  theirs: {user: 2}
)",
                             "  - C: 'STATUS {archive} (MESSAGES)'\n  - S: 'OK'\n")
                            .front();
  ASSERT_THAT(scenario.mailboxes, SizeIs(3));
  EXPECT_EQ(scenario.mailboxes[0].name, "archive");
  EXPECT_THAT(scenario.mailboxes[0].messages, SizeIs(1));
  EXPECT_TRUE(scenario.mailboxes[0].subscribed);
  EXPECT_EQ(scenario.mailboxes[1].special_use, "\\Sent");
  EXPECT_TRUE(scenario.mailboxes[2].second_user);
  EXPECT_EQ(scenario.named.at("sent").line, 6U);
  EXPECT_THAT(errors("mailboxes: {user: {}}"), ElementsAre("s.yaml:4:13: the name \"user\" is known from the start"));
  EXPECT_THAT(errors("mailboxes: {a: {}}\nlet: {a: 'x'}"), ElementsAre("s.yaml:5:7: the name \"a\" is there already"));
  EXPECT_THAT(errors("mailboxes: {a: {special-use: Sent}}"),
              ElementsAre("s.yaml:4:30: \"special-use\": expected one attribute such as '\\Sent'"));
}

TEST_F(Beginnings, EachRowIsAScenario) {
  const auto scenarios =
      load("let: {word: 'w'}\neach:\n  one: {flag: '\\Seen', n: '1'}\n  two: {flag: '\\Draft', n: '2'}",
           "  - C: 'FETCH {n} FLAGS'\n  - S: '* {n:raw} FETCH (FLAGS ({flag:raw}))'\n  - S: 'OK'\n");
  ASSERT_THAT(scenarios, SizeIs(2));
  EXPECT_EQ(scenarios[0].id, "id[one]");
  EXPECT_EQ(scenarios[0].title, "T (one)");
  EXPECT_THAT(scenarios[1].let, ElementsAre(Pair("flag", "\\Draft"), Pair("n", "2"), Pair("word", "w")));
}

TEST_F(Beginnings, RowsAgreeAboutTheirNames) {
  EXPECT_THAT(errors("each: {}"), ElementsAre("s.yaml:4:7: \"each\": expected a map of rows, found a map"));
  EXPECT_THAT(errors("each: {Row: {a: 'x'}}"),
              ElementsAre("s.yaml:4:8: \"Row\" is no name of a row: expected small letters, digits and \"-\""));
  EXPECT_THAT(errors("each: {p: {a: 'x'}, q: {b: 'x'}}"),
              ElementsAre("s.yaml:4:21: the row \"q\" has no value for \"a\"",
                          "s.yaml:4:25: \"b\" is no name of the first row"));
  // What a row makes of a pattern is checked.
  EXPECT_THAT(
      errors("each: {p: {a: '3 EXISTS'}, q: {a: '3 EXISTSS'}}", "  - C: 'NOOP'\n  - S: '* {a:raw}'\n  - S: 'OK'\n"),
      ElementsAre(StartsWith("s.yaml:7:8: \"S\": not an IMAP response")));
}

TEST_F(Beginnings, FragmentsAreStepsWithArguments) {
  folder_.write("fragments/count.yaml",
                "title: Counts messages\nparameters: [box, n]\nsteps:\n  - C: 'STATUS {box} (MESSAGES)'\n"
                "  - S: '* STATUS {box} (MESSAGES {n})'\n  - S: 'OK'\n");
  folder_.write("fragments/twice.yaml",
                "title: Counts two times\nsteps:\n  - use: count\n    with: {box: '{mailbox}', n: '{m:number}'}\n"
                "  - use: count\n    with: {box: '{mailbox}', n: '{m+1}'}\n");
  const auto scenario =
      load("mailbox: []", "  - use: twice\n  - C: 'NOOP'\n  - S: 'OK'\n  - check: '{m} = 0'\n").front();
  ASSERT_THAT(scenario.steps, SizeIs(3));
  EXPECT_EQ(scenario.steps[0].expectations[0].alternatives[0].pattern.text, "* STATUS {mailbox} (MESSAGES {m:number})");
  EXPECT_EQ(scenario.steps[1].expectations[0].alternatives[0].pattern.text, "* STATUS {mailbox} (MESSAGES {m+1})");
  EXPECT_THAT(scenario.steps[0].where.file, EndsWith("fragments/count.yaml"));
  EXPECT_EQ(scenario.steps[0].where.line, 4U);
}

TEST_F(Beginnings, FragmentsStandInPipelinesAndBranchesToo) {
  folder_.write("fragments/count.yaml",
                "title: Counts messages\nparameters: [n]\nsteps:\n  - C: 'STATUS {mailbox} (MESSAGES)'\n"
                "  - S: '* STATUS {mailbox} (MESSAGES {n})'\n  - S: 'OK'\n");
  folder_.write("fragments/together.yaml",
                "title: Counts twice, in one write\nparameters: [n]\nsteps:\n  - pipeline:\n      - use: count\n"
                "        with: {n: '{n}'}\n      - use: count\n        with: {n: '{n}'}\n");
  const auto scenario = load("mailbox: []\nconnections: {b: {}}",
                             "  - at-once:\n      main:\n        - use: together\n          with: {n: '1'}\n      b:\n"
                             "        - use: count\n          with: {n: '2'}\n        - use: together\n"
                             "          with: {n: '3'}\n")
                            .front();
  ASSERT_THAT(scenario.steps, SizeIs(1));
  const auto& branches = std::get<AtOnceStep>(scenario.steps[0].action).branches;
  ASSERT_THAT(branches, SizeIs(2));
  ASSERT_THAT(branches[0], SizeIs(1));
  ASSERT_THAT(branches[1], SizeIs(2));
  const auto& commands = std::get<PipelineStep>(branches[1][1].action).commands;
  ASSERT_THAT(commands, SizeIs(2));
  EXPECT_EQ(commands[1].connection, 1U);
  EXPECT_EQ(commands[1].expectations[0].alternatives[0].pattern.text, "* STATUS {mailbox} (MESSAGES 3)");
}

TEST_F(Beginnings, MistakesWithFragmentsInsideOfStepsAreToldOnce) {
  folder_.write("fragments/circle.yaml", "title: t\nsteps:\n  - pipeline:\n      - use: circle\n");
  EXPECT_THAT(errors("", "  - use: circle\n" + kSteps),
              ElementsAre(HasSubstr("fragments in a circle: circle uses circle")));
  EXPECT_THAT(errors("", "  - pipeline:\n      - use: circl\n" + kSteps),
              ElementsAre("s.yaml:7:14: there is no usable fragment \"circl\"; did you mean \"circle\"?"));
  folder_.write("fragments/wait.yaml", "title: t\nsteps:\n  - pause: 0.1\n");
  EXPECT_THAT(errors("", "  - pipeline:\n      - use: wait\n" + kSteps),
              ElementsAre(HasSubstr("wait.yaml:3:5: \"pause\" in a \"pipeline\"; expected \"C\"")));
  std::string many = "title: t\nsteps:\n";
  for (int i = 0; i < 300; ++i) many += kSteps;
  folder_.write("fragments/many.yaml", many);
  EXPECT_THAT(errors("", "  - pipeline:\n      - use: many\n      - use: many\n" + kSteps),
              ::testing::Contains(HasSubstr("a scenario has at most 1000 steps")));
}

TEST_F(Beginnings, FragmentsAreBounded) {
  folder_.write("fragments/circle.yaml", "title: t\nsteps:\n  - use: back\n");
  folder_.write("fragments/back.yaml", "title: t\nsteps:\n  - use: circle\n");
  EXPECT_THAT(errors("", "  - use: circle\n" + kSteps),
              ElementsAre(HasSubstr("fragments in a circle: circle uses back uses circle")));
  for (int i = 0; i < 7; ++i) {
    folder_.write("fragments/f" + std::string(1, static_cast<char>('a' + i)) + ".yaml",
                  "title: t\nsteps:\n  - use: f" + std::string(1, static_cast<char>('b' + i)) + "\n");
  }
  EXPECT_THAT(errors("", "  - use: fa\n" + kSteps),
              ElementsAre(HasSubstr("fragments are nested deeper than 5 levels")));
  std::string many = "title: t\nsteps:\n";
  for (int i = 0; i < 100; ++i) many += kSteps;
  folder_.write("fragments/many.yaml", many);
  std::string more = "title: t\nsteps:\n";
  for (int i = 0; i < 100; ++i) more += "  - use: many\n";
  folder_.write("fragments/more.yaml", more);
  std::string most;
  for (int i = 0; i < 100; ++i) most += "  - use: more\n";
  EXPECT_THAT(errors("", most),
              ElementsAre(HasSubstr("a scenario has at most 1000 steps, with those of its fragments")));
}

TEST_F(Beginnings, FragmentsWithLongArgumentsAreBounded) {
  std::string steps = "title: t\nparameters: [p]\nsteps:\n";
  for (int i = 0; i < 900; ++i) steps += "  - C: 'NOOP {p}'\n";
  folder_.write("fragments/long.yaml", steps);
  const std::string text(60'000, 'x');
  EXPECT_THAT(errors("", kSteps + "  - use: long\n    with: {p: '" + text + "'}\n"),
              ElementsAre(HasSubstr("fragments put in more than 16 MB")));
}

TEST_F(Beginnings, MistakesWithFragmentsAreToldWhereTheyAre) {
  folder_.write("fragments/count.yaml",
                "title: t\nparameters: [box]\nsteps:\n  - C: 'STATUS {box} (MESSAGES)'\n  - S: 'OKAY'\n");
  EXPECT_THAT(errors("", "  - use: cont\n" + kSteps),
              ElementsAre("s.yaml:6:10: there is no usable fragment \"cont\"; did you mean \"count\"?"));
  EXPECT_THAT(errors("", "  - use: count\n" + kSteps),
              ElementsAre("s.yaml:6:5: the fragment needs an argument for \"box\": with: {box: '...'}"));
  EXPECT_THAT(errors("", "  - use: count\n    with: {bix: 'a'}\n" + kSteps),
              ElementsAre("s.yaml:7:12: \"bix\" is no parameter of the fragment; did you mean \"box\"?"));
  EXPECT_THAT(errors("", "  - use: count\n    with: {box: 'a'}\n" + kSteps),
              ::testing::Contains(HasSubstr("fragments/count.yaml:5:8: \"S\": expected a response")));
  folder_.write("fragments/broken.yaml", "title: t\nsteps: 3\n");
  EXPECT_THAT(errors("", "  - use: broken\n" + kSteps),
              ElementsAre(HasSubstr("fragments/broken.yaml:2:8: \"steps\": expected a list, found text")));
}

}  // namespace
}  // namespace imapspec::runner
