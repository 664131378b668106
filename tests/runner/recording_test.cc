// Recordings: what two others said, and the scenario that it becomes.
#include "runner/record/recording.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runner/record/command_pieces.h"
#include "tests/runner/talk.h"

namespace imapspec::runner {
namespace {

using test::found;
using test::operator+;
using test::kEntered;
using test::kHello;
using test::play;
using test::play_octet_by_octet;
using test::plenty;
using test::Talk;
using test::written;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(CommandPieces, ArgumentsAreTakenApartWhereverSpacesStand) {
  const std::string unit = "a UID FETCH 1:3 (FLAGS BODY[HEADER.FIELDS (\"x y\")]) \"a \\\"b\" {3+}\r\n) (";
  std::vector<std::string> values;
  for (const Argument& argument : command_arguments(unit, "UID FETCH")) values.push_back(argument.value);
  EXPECT_THAT(values, ElementsAre("1:3", "(FLAGS BODY[HEADER.FIELDS (\"x y\")])", "a \"b", ") ("));
  EXPECT_THAT(command_arguments("a NOOP", "NOOP"), IsEmpty());
  EXPECT_THAT(command_arguments("", "NOOP"), IsEmpty());
  EXPECT_EQ(command_arguments("a X \"open", "X").at(0).value, "\"open");
}

TEST(CommandPieces, LiteralsAreFoundInLists) {
  const auto literals = literals_of("a X ({2}\r\n{} ~{1+}\r\n\") {9}\r\nshort");
  ASSERT_EQ(literals.size(), 2U);
  EXPECT_EQ(literals[0].octets, "{}");
  EXPECT_TRUE(literals[0].synchronizing);
  EXPECT_EQ(literals[1].octets, "\"");
  EXPECT_TRUE(literals[1].binary);
  EXPECT_FALSE(literals[1].synchronizing);
}

TEST(Recording, TellsWhatIsWrongWithTheServer) {
  Recording recording(1, plenty());
  play(recording, kHello + Talk{{'S', "* 3 EXISTS\r\nzz OK what\r\n"}, {'C', "1 NOOP\r\n"}, {'S', "1  OK\r\n"}});
  EXPECT_THAT(found(recording), testing::IsSupersetOf({"3/mailbox-data-only-when-selected", "2.2.2/tag-of-a-command",
                                                       "9/formal-syntax"}));
  for (const Finding& finding : recording.findings()) EXPECT_NE(finding.section, "") << finding.requirement;
}

TEST(Recording, FindsNothingInARightConversationHoweverItIsCut) {
  const Talk talk =
      kHello + kEntered + Talk{{'C', "2 APPEND x {5}\r\n"},        {'S', "+ go on\r\n"}, {'C', "hello\r\n3 IDLE\r\n"},
                               {'S', "2 OK done\r\n+ idling\r\n"}, {'C', "DONE\r\n"},    {'S', "3 OK done\r\n"}};
  Recording whole(1, plenty());
  play(whole, talk);
  EXPECT_THAT(found(whole), IsEmpty());
  Recording cut(1, plenty());
  play_octet_by_octet(cut, talk);
  EXPECT_THAT(found(cut), IsEmpty());
  EXPECT_EQ(written(whole), written(cut));
}

TEST(Recording, TheMonitorSeesCommandsWithAllTheirLiterals) {
  const Talk greeting = {{'S', "* OK [CAPABILITY IMAP4rev1 LITERAL+ UIDPLUS] hello\r\n"}};
  const Talk selected = greeting + kEntered + Talk{{'C', "2 SELECT x\r\n"}, {'S', "* 3 EXISTS\r\n2 OK done\r\n"}};
  const std::string answer = "3 OK [COPYUID 7 2:3 8:9] done\r\n";
  for (const Talk& copy : {Talk{{'C', "3 UID COPY 1:2 {5+}\r\nother\r\n"}},
                           Talk{{'C', "3 UID COPY 1:2 {5}\r\n"}, {'S', "+ go on\r\n"}, {'C', "other\r\n"}}}) {
    Recording recording(1, plenty());
    play_octet_by_octet(recording, selected + copy + Talk{{'S', answer}});
    EXPECT_THAT(found(recording), testing::Contains("7.1/copyuid-lists-the-sources"));
  }
  Recording recording(1, plenty());
  play(recording, kHello + Talk{{'C', "1 LOGIN {5+}\r\nalice {6}\r\n"},
                                {'S', "+ go on\r\n"},
                                {'C', "secret\r\n"},
                                {'S', "1 OK welcome\r\n"}});
  EXPECT_EQ(recording.user(), "alice");
}

TEST(Recording, ConnectionsShareWhatTheyWereToldOfMailboxes) {
  RecordingBudget budget;
  Recording first(1, budget);
  Recording second(2, budget);
  play(first, kHello + kEntered);
  play(second, kHello + kEntered);
  play(first, {{'C', "2 STATUS x (UIDVALIDITY)\r\n"}, {'S', "* STATUS x (UIDVALIDITY 7)\r\n2 OK done\r\n"}});
  play(second, {{'C', "2 STATUS x (UIDVALIDITY)\r\n"}, {'S', "* STATUS x (UIDVALIDITY 6)\r\n2 OK done\r\n"}});
  EXPECT_THAT(found(first), IsEmpty());
  EXPECT_THAT(found(second), ElementsAre("2.3.1.1/uidvalidity-grows"));
}

TEST(Recording, StarttlsEndsWithItsAnswer) {
  Recording recording(1, plenty());
  play(recording, kHello + Talk{{'C', "1 STARTTLS\r\n"}});
  EXPECT_EQ(recording.on_server("1 OK begin\r\n* 9 EXISTS\r\n"), 12U);
  recording.on_tls();
  play(recording, {{'C', "2 NOOP\r\n"}, {'S', "2 OK done\r\n"}});
  EXPECT_THAT(recording.notes(), ElementsAre(HasSubstr("12 octets")));
  EXPECT_THAT(written(recording), Not(HasSubstr("C: 'STARTTLS")));
}

TEST(Recording, ARefusedStarttlsIsNoHandshake) {
  Recording recording(1, plenty());
  play(recording, kHello + Talk{{'C', "1 STARTTLS\r\n"}, {'S', "1 NO not today\r\n"}});
}

TEST(Recording, ALiteralThatIsRefusedDoesNotSwallowTheNextCommand) {
  Recording recording(1, plenty());
  play(
      recording,
      kHello + kEntered +
          Talk{
              {'C', "2 APPEND x {500}\r\n"}, {'S', "2 NO too large\r\n"}, {'C', "3 NOOP\r\n"}, {'S', "3 OK done\r\n"}});
  EXPECT_THAT(found(recording), IsEmpty());
  EXPECT_THAT(written(recording), testing::AllOf(HasSubstr("send: 'r2 APPEND x \\x7b500}\\x0d\\x0a'\n    await: 'r2'"),
                                                 HasSubstr("C: 'NOOP'")));
}

TEST(Recording, EndsWhereCompressionBegins) {
  Recording recording(1, plenty());
  play(recording,
       kHello + kEntered +
           Talk{{'C', "2 COMPRESS DEFLATE\r\n"}, {'S', "2 OK on\r\n"}, {'C', "\x01\xff"}, {'S', "\x02\xfe\n"}});
  EXPECT_THAT(found(recording), IsEmpty());
  EXPECT_THAT(written(recording), testing::AllOf(HasSubstr("# the rest of the connection was not recorded"),
                                                 Not(HasSubstr("C: 'COMPRESS"))));
}

TEST(Recording, OfNothingIsNoScenario) {
  Recording recording(1, plenty());
  EXPECT_EQ(write_scenario(std::array<const Recording*, 1>{&recording}, "Recorded"), "");
  play(recording, kHello + Talk{{'C', "1 NOOP\r\n"}});
  EXPECT_EQ(write_scenario(std::array<const Recording*, 1>{&recording}, "Recorded"), "");
}

TEST(Recording, GarbageFromBothSidesIsBounded) {
  Recording recording(1, plenty());
  const std::string garbage(1U << 20, '\xaa');
  for (int i = 0; i < 100; ++i) {
    recording.on_client(garbage);
    recording.on_server(garbage);
  }
  EXPECT_THAT(recording.events().size(), testing::Le(1U));
  EXPECT_THAT(recording.notes(), testing::SizeIs(1));
}

TEST(Recording, AllTogetherAreBounded) {
  RecordingBudget budget(1U << 20);
  Recording first(1, budget);
  play(first, kHello + kEntered);
  Recording second(2, budget);
  for (int i = 0; i < 1'000; ++i) play(second, {{'S', "* 1 EXISTS\r\n"}});
  EXPECT_TRUE(budget.is_used_up());
  EXPECT_LT(second.events().size(), 250U);
  EXPECT_THAT(second.notes(), ElementsAre(HasSubstr("all recordings together")));
  EXPECT_THAT(written(first), HasSubstr("C: 'LOGIN"));
  play(first, {{'C', "2 NOOP\r\n"}, {'S', "2 OK done\r\n"}});
  EXPECT_THAT(first.notes(), ElementsAre(HasSubstr("all recordings together")));
}

TEST(Recording, APasswordWithSpacesIsNotShown) {
  Recording recording(1, plenty());
  play(recording, kHello + Talk{{'C', "1 LOGIN alice my secret pw\r\n"}, {'S', "* 1 EXISTS my secret pw\r\n"}});
  for (const Finding& finding : recording.findings())
    EXPECT_THAT(finding.actual, Not(HasSubstr("secret"))) << finding.actual;
  EXPECT_THAT(found(recording), Not(IsEmpty()));
}

TEST(ScenarioWriter, ALoginThatMayShowAPasswordIsLeftOut) {
  for (const char* const arguments : {"alice my secret pw", "secret", "secret {3}", "\"alice\" \"my\"secret x"}) {
    Recording recording(1, plenty());
    play(recording, kHello + Talk{{'C', std::string("1 LOGIN ") + arguments + "\r\n"},
                                  {'S', "1 BAD what\r\n"},
                                  {'C', "2 NOOP\r\n"},
                                  {'S', "2 OK done\r\n"}});
    const std::string yaml = written(recording);
    EXPECT_THAT(yaml, testing::AllOf(Not(HasSubstr("secret")), HasSubstr("C: 'NOOP'"), HasSubstr("# a LOGIN without")));
  }
}

TEST(ScenarioWriter, NoMailboxIsMeantByItsOwnName) {
  Recording recording(1, plenty());
  const std::string literal = "{3+}\r\nabc";
  Talk talk = kHello + kEntered + Talk{{'C', "2 SELECT private\r\n"}, {'S', "* 1 EXISTS\r\n2 OK done\r\n"}};
  int tag = 3;
  for (const std::string& command :
       {std::string("SETMETADATA private (/private/comment \"x\")"),
        std::string("GETMETADATA \"private\" /private/comment"),
        std::string("GETMETADATA (DEPTH 1) private /private/comment"), "REPLACE 1 private " + literal,
        "UID REPLACE 1 private (\\Seen) " + literal, std::string("SETMETADATA \"\" (/shared/admin \"private\")"),
        std::string("XDELETE private"), std::string("NOTIFY SET (mailboxes private (MessageNew))")}) {
    const std::string number = std::to_string(tag++);
    talk = talk + Talk{{'C', number + " " + command + "\r\n"}, {'S', number + " OK done\r\n"}};
  }
  play(recording, talk);
  const std::string yaml = written(recording);
  EXPECT_THAT(yaml,
              testing::AllOf(Not(HasSubstr(" private")), Not(HasSubstr("\"private")),
                             HasSubstr("SETMETADATA {mailbox} (/private/comment"),
                             HasSubstr("GETMETADATA (DEPTH 1) {mailbox} /private/comment"),
                             HasSubstr("REPLACE 1 {mailbox} {message"), HasSubstr("# a command that is not known")));
}

TEST(ScenarioWriter, SecretsAndOtherPeoplesNamesAreNotInIt) {
  Recording recording(1, plenty());
  play(recording, kHello + kEntered + Talk{{'C', "2 SELECT \"My Mail\"\r\n"}, {'S', "2 OK done\r\n"}});
  const std::string yaml = written(recording);
  for (const char* secret : {"sec", "alice", "My Mail"}) EXPECT_THAT(yaml, Not(HasSubstr(secret)));
  EXPECT_THAT(yaml, HasSubstr("C: 'LOGIN {user} {password:quoted}'"));
}

TEST(ScenarioWriter, MechanismsThatCannotBeForetoldBecomeLogin) {
  Recording recording(1, plenty());
  play(recording, kHello + Talk{{'C', "1 AUTHENTICATE CRAM-MD5\r\n"},
                                {'S', "+ PDEyMz4=\r\n"},
                                {'C', "YWxpY2UgMTIzNDU2Nzg5MA==\r\n"},
                                {'S', "1 OK welcome\r\n"}});
  const std::string yaml = written(recording);
  EXPECT_THAT(yaml,
              testing::AllOf(HasSubstr("C: 'LOGIN {user} {password}'"), HasSubstr("CRAM-MD5"), Not(HasSubstr("YWxp"))));
}

TEST(ScenarioWriter, WhatVariesIsBoundOnFirstSightAndMeantAfterwards) {
  Recording recording(1, plenty());
  play(recording,
       kHello + kEntered +
           Talk{{'C', "2 SELECT INBOX\r\n"},
                {'S',
                 "* 2 EXISTS\r\n* FLAGS (\\Seen)\r\n* OK [UIDVALIDITY 77] ok\r\n* OK [UIDNEXT 45] ok\r\n2 OK done\r\n"},
                {'C', "3 UID FETCH 43:44 (FLAGS)\r\n"},
                {'S', "* 1 FETCH (UID 43 FLAGS (\\Seen \\Recent))\r\n* 2 FETCH (UID 44 FLAGS ())\r\n3 OK done\r\n"},
                {'C', "4 UID FETCH 44 BODY.PEEK[]\r\n"},
                {'S', "* 2 FETCH (UID 44 BODY[] {7}\r\n\r\nx'{\r\n)\r\n4 OK done\r\n"},
                {'C', "5 UID STORE 44 +FLAGS.SILENT (\\Deleted)\r\n"},
                {'S', "5 OK done\r\n"},
                {'C', "6 EXPUNGE\r\n"},
                {'S', "* 2 EXPUNGE\r\n6 OK done\r\n"}});
  EXPECT_EQ(written(recording), R"(title: 'Recorded'
requirement: 2.2.2/tag-of-a-command
start: not-authenticated
let:
  message1: 'Subject: as it was not fetched\x0d\x0a\x0d\x0a\x0d\x0a'
  message2: '\x0d\x0ax''\x7b\x0d\x0a'
steps:
  - C: 'LOGIN {user} {password:quoted}'
  - S: 'OK'
  - setup: 'CREATE {mailbox}'
  - setup: 'APPEND {mailbox} (\Seen) {message1:literal}'
  - setup: 'APPEND {mailbox} {message2:literal}'
  - C: 'SELECT {mailbox}'
  - S: '* 2 EXISTS'
  - S: '* OK [UIDVALIDITY {:nz-number}]'
  - S: '* OK [UIDNEXT {:nz-number}]'
  - S: 'OK'
  - setup: 'FETCH 1:* (UID)'
  - S: '* 1 FETCH (UID {uid1:nz-number})'
  - S: '* 2 FETCH (UID {uid2:nz-number})'
  - C: 'UID FETCH {uid1:raw}:{uid2:raw} (FLAGS)'
  - S: '* 1 FETCH (UID {uid1:nz-number} FLAGS (\Seen))'
  - S: '* 2 FETCH (UID {uid2:nz-number} FLAGS ())'
  - S: 'OK'
  - C: 'UID FETCH {uid2:raw} BODY.PEEK[]'
  - S: '* 2 FETCH (UID {uid2:nz-number} BODY[] {message2:literal})'
  - S: 'OK'
  - C: 'UID STORE {uid2:raw} +FLAGS.SILENT (\Deleted)'
  - S: 'OK'
  - C: 'EXPUNGE'
  - S: '* 2 EXPUNGE'
  - S: 'OK'
)");
}

}  // namespace
}  // namespace imapspec::runner
