#include "parser/grammar/command.h"
#include "parser/grammar/authenticate.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/parser/dump.h"
#include "tests/parser/rule_table.h"

namespace imapspec::parser::test {
namespace {

const Profile kRev1Ir = Profile(kRev1).add(Extension::SaslIr);
const Profile kRev1All = Profile(kRev1)
                             .add(Extension::Enable)
                             .add(Extension::Namespace)
                             .add(Extension::Move)
                             .add(Extension::Unselect)
                             .add(Extension::Idle)
                             .add(Extension::Uidplus);

TEST(Fetch, FetchAtts) {
  const Profile rev1_binary = Profile(kRev1).add(Extension::Binary);
  check_rule(
      {
          accepted("a macro", "ALL\r\n", "(ALL)", 2),
          accepted("the others", "full", "(FULL)"),
          accepted("the third", "FAST", "(FAST)"),
          accepted("one item", "FLAGS", "(FLAGS)"),
          accepted("items without arguments", "(ENVELOPE FLAGS INTERNALDATE RFC822.SIZE BODY BODYSTRUCTURE UID)",
                   "(ENVELOPE FLAGS INTERNALDATE RFC822.SIZE BODY BODYSTRUCTURE UID)"),
          accepted("sections", "(BODY[] BODY.PEEK[1.MIME] body[header.fields (To)])",
                   "(BODY[] BODY.PEEK[1/MIME] BODY[HEADER.FIELDS(To)])"),
          accepted("partial", "BODY[TEXT]<0.10>", "(BODY[TEXT]<0+10>)"),
          accepted("binary", "(BINARY[1] BINARY.PEEK[]<1.2> BINARY.SIZE[1.2])",
                   "(BINARY[1/] BINARY.PEEK[]<1+2> BINARY.SIZE[1/2/])"),
          accepted("an item twice", "(UID UID)", "(UID UID)"),
          accepted("rev1", "(RFC822 RFC822.HEADER RFC822.TEXT)", "(RFC822 RFC822.HEADER RFC822.TEXT)").in(kRev1),
          accepted("binary in rev1", "BINARY[]", "(BINARY[])").in(rev1_binary),
          invalid("RFC822 in rev2", "RFC822\r\n", 6),
          invalid("RFC822.HEADER in rev2", "RFC822.HEADER", 7),
          invalid("binary in plain rev1", "BINARY[]", 1).in(kRev1),
          invalid("nothing", "()", 1),
          invalid("a macro in parentheses", "(ALL)", 1),
          invalid("BODY.PEEK without a section", "BODY.PEEK\r\n", 9),
          invalid("BINARY without a section", "BINARY\r\n", 6),
          invalid("BINARY with text", "BINARY[TEXT]", 7),
          accepted("BINARY.SIZE has no partial", "BINARY.SIZE[1]<0.1>", "(BINARY.SIZE[1/])", 5),
          accepted("BODY has no partial", "BODY<0.1>", "(BODY)", 5),
          invalid("BODYSTRUCTURE with a section", "BODYSTRUCTUR[]", 12),
          invalid("a partial of nothing", "BODY[]<0.0>", 9),
          invalid("an origin", "BODY[]<0>", 8),
          invalid("a space before the section", "(BODY [])", 6),
          invalid("unknown", "FOO", 1),
          invalid("a longer word", "FLAGSX ", 5),
          invalid("a space at the end", "(FLAGS )", 7),
          invalid("a list in a list", "((FLAGS))", 1),
          incomplete("cut in a longer word", "BODYSTRUC"),
          incomplete("RFC822, which may become RFC822.SIZE", "RFC822"),
          incomplete("not closed", "(FLAGS"),
      },
      [](Cursor& in, const Profile& profile) { return fetch_atts(in, profile); }, kDump);
}

// The rows of the tables below are units and not only inputs of a rule.
void expect_laws(UnitKind kind, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    expect_unit_laws(kind, row.input, row.profile);
    expect_unit_laws(kind, row.input);
  }
}

void check_commands(const std::vector<Row>& rows) {
  check_rule(rows, [](Cursor& in, const Profile& profile) { return command(in, profile); }, kDump);
  expect_laws(UnitKind::Command, rows);
}

TEST(Command, EveryCommand) {
  check_commands({
      accepted("CAPABILITY", "a1 CAPABILITY\r\n", "a1: CAPABILITY"),
      accepted("NOOP", "a1 noop\r\n", "a1: NOOP"),
      accepted("LOGOUT", "a1 LOGOUT\r\n", "a1: LOGOUT"),
      accepted("STARTTLS", "a1 STARTTLS\r\n", "a1: STARTTLS"),
      accepted("LOGIN", "a1 LOGIN joe \"s\\\"cret\"\r\n", "a1: LOGIN joe \"s\"cret\""),
      accepted("LOGIN with literals", "a1 LOGIN {3}\r\njoe {6+}\r\nse ret\r\n", "a1: LOGIN {3}joe {6+}se ret"),
      accepted("AUTHENTICATE", "a1 AUTHENTICATE PLAIN\r\n", "a1: AUTHENTICATE PLAIN"),
      accepted("ENABLE", "a1 ENABLE IMAP4rev2 CONDSTORE\r\n", "a1: ENABLE (IMAP4rev2 CONDSTORE)"),
      accepted("SELECT", "a1 SELECT inbox\r\n", "a1: SELECT <INBOX>"),
      accepted("EXAMINE", "a1 EXAMINE \"a b\"\r\n", "a1: EXAMINE \"a b\""),
      accepted("CREATE", "a1 CREATE foo/\r\n", "a1: CREATE foo/"),
      accepted("DELETE", "a1 DELETE NIL\r\n", "a1: DELETE NIL"),
      accepted("RENAME", "a1 RENAME a b\r\n", "a1: RENAME a b"),
      accepted("SUBSCRIBE", "a1 SUBSCRIBE a\r\n", "a1: SUBSCRIBE a"),
      accepted("UNSUBSCRIBE", "a1 UNSUBSCRIBE a\r\n", "a1: UNSUBSCRIBE a"),
      accepted("LIST", "a1 LIST (SUBSCRIBED) \"\" (% a) RETURN (STATUS (UNSEEN))\r\n",
               "a1: LIST select(SUBSCRIBED) \"\" (% a) return(STATUS=(UNSEEN))"),
      accepted("NAMESPACE", "a1 NAMESPACE\r\n", "a1: NAMESPACE"),
      accepted("STATUS", "a1 STATUS a (MESSAGES SIZE)\r\n", "a1: STATUS a (MESSAGES SIZE)"),
      accepted("APPEND", "a1 APPEND a {3}\r\nabc\r\n", "a1: APPEND a () {3}abc"),
      accepted("APPEND with all", "a1 APPEND a (\\Seen $Junk) \" 1-Feb-1994 21:52:25 -0800\" {3+}\r\nabc\r\n",
               "a1: APPEND a (\\Seen $Junk) 1994-2-1 21:52:25 -800 {3+}abc"),
      accepted("APPEND with a date", "a1 APPEND a \"01-Feb-1994 21:52:25 +0000\" {0}\r\n\r\n",
               "a1: APPEND a () 1994-2-1 21:52:25 0 {0}"),
      accepted("IDLE", "a1 IDLE\r\n", "a1: IDLE"),
      accepted("CLOSE", "a1 CLOSE\r\n", "a1: CLOSE"),
      accepted("UNSELECT", "a1 UNSELECT\r\n", "a1: UNSELECT"),
      accepted("EXPUNGE", "a1 EXPUNGE\r\n", "a1: EXPUNGE"),
      accepted("UID EXPUNGE", "a1 UID EXPUNGE 3:5\r\n", "a1: UID EXPUNGE 3:5"),
      accepted("SEARCH", "a1 SEARCH RETURN (MIN) CHARSET UTF-8 OR NOT 1 (SEEN SUBJECT x)\r\n",
               "a1: SEARCH return(MIN) charset UTF-8 (OR(NOT(1) (SEEN SUBJECT x)))"),
      accepted("UID SEARCH", "a1 UID SEARCH 1:*\r\n", "a1: UID SEARCH (1:*)"),
      accepted("FETCH", "a1 FETCH 1:* (FLAGS BODY[HEADER.FIELDS (DATE)]<0.5>)\r\n",
               "a1: FETCH 1:* (FLAGS BODY[HEADER.FIELDS(DATE)]<0+5>)"),
      accepted("UID FETCH", "a1 uid Fetch $ ALL\r\n", "a1: UID FETCH $ (ALL)"),
      accepted("STORE", "a1 STORE 2:4 +FLAGS (\\Deleted)\r\n", "a1: STORE 2:4 +(\\Deleted)"),
      accepted("STORE with nothing", "a1 STORE 1 FLAGS.SILENT ()\r\n", "a1: STORE 1 =silent()"),
      accepted("STORE with a bare list", "a1 STORE 1 -FLAGS.SILENT \\Seen \\Draft\r\n",
               "a1: STORE 1 -silent(\\Seen \\Draft)"),
      accepted("UID STORE", "a1 UID STORE 1 FLAGS \\Seen\r\n", "a1: UID STORE 1 =(\\Seen)"),
      accepted("COPY", "a1 COPY 2:4 a\r\n", "a1: COPY 2:4 a"),
      accepted("UID COPY", "a1 UID COPY * a\r\n", "a1: UID COPY * a"),
      accepted("MOVE", "a1 MOVE 1 a\r\n", "a1: MOVE 1 a"),
      accepted("UID MOVE", "a1 UID MOVE 1 a\r\n", "a1: UID MOVE 1 a"),
      accepted("a tag with brackets", "[a] NOOP\r\n", "[a]: NOOP"),
  });
}

TEST(Command, Neighbours) {
  check_commands({
      invalid("a space before the tag", " a1 NOOP\r\n", 0),
      invalid("a plus for the tag", "+ NOOP\r\n", 0),
      invalid("two spaces before the name", "a1  NOOP\r\n", 3),
      invalid("a space at the end", "a1 NOOP \r\n", 7),
      invalid("a tab", "a1\tNOOP\r\n", 2),
      invalid("a bare LF", "a1 NOOP\n", 7),
      invalid("a bare CR", "a1 NOOP\rx", 8),
      invalid("no command", "a1\r\n", 2),
      invalid("a space and no command", "a1 \r\n", 3),
      invalid("an unknown command", "a1 XPIG-LATIN\r\n", 3),
      invalid("a longer word", "a1 NOOPS\r\n", 7),
      invalid("a shorter word", "a1 NOO\r\n", 6),
      invalid("CHECK, of rev1 only", "a1 CHECK\r\n", 4),
      invalid("an argument too many", "a1 SELECT a b\r\n", 11),
      invalid("no argument", "a1 SELECT\r\n", 9),
      invalid("LOGIN with one argument", "a1 LOGIN joe\r\n", 12),
      invalid("RENAME with one argument", "a1 RENAME a\r\n", 11),
      invalid("ENABLE with none", "a1 ENABLE\r\n", 9),
      invalid("STATUS with no items", "a1 STATUS a ()\r\n", 13),
      invalid("APPEND of a quoted string", "a1 APPEND a \"abc\"\r\n", 13),
      invalid("APPEND with a date and no literal", "a1 APPEND a \" 1-Feb-1994 21:52:25 -0800\"\r\n", 40),
      invalid("APPEND with the date first", "a1 APPEND a \" 1-Feb-1994 21:52:25 -0800\" (\\Seen) {1}\r\na\r\n", 41),
      invalid("APPEND with Recent", "a1 APPEND a (\\Recent) {1}\r\na\r\n", 20),
      invalid("APPEND of a literal8", "a1 APPEND a ~{1}\r\na\r\n", 12),
      invalid("APPEND of two literals", "a1 APPEND a {1}\r\na {1}\r\nb\r\n", 18),
      invalid("FETCH without a set", "a1 FETCH ALL\r\n", 9),
      invalid("FETCH with two macros", "a1 FETCH 1 FAST FULL\r\n", 15),
      invalid("FETCH of two bare items", "a1 FETCH 1 FLAGS UID\r\n", 16),
      invalid("STORE without a space", "a1 STORE 1 FLAGS(\\Seen)\r\n", 16),
      invalid("STORE with two signs", "a1 STORE 1 ++FLAGS ()\r\n", 12),
      invalid("STORE of Recent", "a1 STORE 1 FLAGS \\Recent\r\n", 24),
      invalid("STORE without flags", "a1 STORE 1 FLAGS\r\n", 16),
      invalid("STORE of something else", "a1 STORE 1 FLAGS.QUIET ()\r\n", 17),
      invalid("EXPUNGE with a set", "a1 EXPUNGE 1\r\n", 10),
      invalid("UID EXPUNGE without", "a1 UID EXPUNGE\r\n", 14),
      invalid("UID of another command", "a1 UID NOOP\r\n", 7),
      invalid("UID UID", "a1 UID UID FETCH 1 ALL\r\n", 7),
      invalid("UID alone", "a1 UID\r\n", 6),
      incomplete("cut in the tag", "a"),
      incomplete("cut in the name", "a1 AUTHENT"),
      incomplete("cut in CRLF", "a1 NOOP\r"),
      pending("a literal announced", "a1 LOGIN {3}\r\n"),
      pending("an empty message announced", "a1 APPEND a {0}\r\n"),
  });
}

TEST(Command, Authenticate) {
  check_commands({
      accepted("an initial response", "a1 AUTHENTICATE PLAIN AGpvZQBz\r\n", "a1: AUTHENTICATE PLAIN ir:AGpvZQBz"),
      accepted("one padding octet", "a1 AUTHENTICATE PLAIN AGo=\r\n", "a1: AUTHENTICATE PLAIN ir:AGo="),
      accepted("two padding octets", "a1 AUTHENTICATE PLAIN AA==\r\n", "a1: AUTHENTICATE PLAIN ir:AA=="),
      accepted("bits left over", "a1 AUTHENTICATE PLAIN Zh==\r\n", "a1: AUTHENTICATE PLAIN ir:Zh=="),
      accepted("an empty one", "a1 AUTHENTICATE EXTERNAL =\r\n", "a1: AUTHENTICATE EXTERNAL ir:="),
      accepted("rev1 with SASL-IR", "a1 AUTHENTICATE EXTERNAL =\r\n", "a1: AUTHENTICATE EXTERNAL ir:=").in(kRev1Ir),
      invalid("plain rev1", "a1 AUTHENTICATE EXTERNAL =\r\n", 24).in(kRev1),
      invalid("an empty one without \"=\"", "a1 AUTHENTICATE PLAIN \r\n", 22),
      invalid("two of them", "a1 AUTHENTICATE EXTERNAL ==\r\n", 26),
      invalid("no padding", "a1 AUTHENTICATE PLAIN AGo\r\n", 25),
      invalid("half the padding", "a1 AUTHENTICATE PLAIN AA=\r\n", 25),
      invalid("too much padding", "a1 AUTHENTICATE PLAIN AGo==\r\n", 26),
      invalid("one octet of a group", "a1 AUTHENTICATE PLAIN AGpvZ\r\n", 27),
      invalid("more after the padding", "a1 AUTHENTICATE PLAIN AA==AAAA\r\n", 26),
      invalid("another alphabet", "a1 AUTHENTICATE PLAIN AG-_\r\n", 24),
      invalid("a space", "a1 AUTHENTICATE PLAIN AGpv ZQBz\r\n", 26),
      invalid("no mechanism", "a1 AUTHENTICATE\r\n", 15),
      invalid("a string for the mechanism", "a1 AUTHENTICATE \"PLAIN\"\r\n", 16),
  });
  Arena arena;
  const auto empty = parse_command("a1 AUTHENTICATE PLAIN \r\n", arena, kRev2);
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().expected.text(), "base64, or \"=\" when it is empty");
}

TEST(Command, ExtensionsOfRev1) {
  for (const std::string_view line : {"a1 ENABLE FOO\r\n", "a1 NAMESPACE\r\n", "a1 MOVE 1 a\r\n", "a1 UNSELECT\r\n",
                                      "a1 IDLE\r\n", "a1 UID EXPUNGE 1\r\n", "a1 UID MOVE 1 a\r\n"}) {
    Arena arena;
    EXPECT_TRUE(parse_command(line, arena, kRev2)) << line;
    EXPECT_TRUE(parse_command(line, arena, kRev1All)) << line;
    const auto refused = parse_command(line, arena, kRev1);
    ASSERT_FALSE(refused) << line;
    EXPECT_EQ(refused.error().expected.text(), "a command name");
  }
}

TEST(Command, NonSynchronizingLiteralsHaveALimit) {
  Arena arena;
  const std::string line = "a1 LOGIN {4097+}\r\n" + std::string(4097, 'x') + " y\r\n";
  const auto refused = parse_command(line, arena, kRev2);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().expected.text(), R"("}": a non-synchronizing literal has at most 4096 octets)");
  EXPECT_TRUE(parse_command(line, arena, Profile(kRev2).add(Extension::LiteralPlus)));
}

TEST(Command, AuthenticateData) {
  const auto dump_data = [](std::optional<std::string_view> data) { return data ? std::string(*data) : "cancel"; };
  const std::vector<Row> rows = {
      accepted("data", "AGpvZQ==\r\n", "AGpvZQ=="),
      accepted("nothing", "\r\n", ""),
      accepted("the cancel", "*\r\n", "cancel"),
      invalid("\"=\" is for initial responses", "=\r\n", 0),
      invalid("two stars", "**\r\n", 1),
      invalid("data after a star", "*AAAA\r\n", 1),
      invalid("a space at the end", "AAAA \r\n", 4),
      invalid("a bare LF", "AAAA\n", 4),
      invalid("no padding", "AA\r\n", 2),
      incomplete("no CRLF", "AAAA"),
      incomplete("cut in a group", "AA"),
  };
  check_rule(rows, [](Cursor& in, const Profile&) { return authenticate_data(in); }, dump_data);
  expect_laws(UnitKind::AuthenticateData, rows);
}

TEST(Command, IdleDone) {
  const std::vector<Row> rows = {
      accepted("DONE", "DONE\r\n", "done"), accepted("in any case", "dOnE\r\nx", "done", 1),
      invalid("a tag", "a1 DONE\r\n", 0),   invalid("a space at the end", "DONE \r\n", 4),
      invalid("a bare LF", "DONE\n", 4),    incomplete("cut", "DO"),
      incomplete("no CRLF", "DONE"),
  };
  check_rule(
      rows,
      [](Cursor& in, const Profile&) -> std::expected<std::string_view, Error> {
        if (auto done = idle_done(in); !done) return std::unexpected(done.error());
        return "done";
      },
      kDump);
  expect_laws(UnitKind::IdleDone, rows);
}

TEST(Command, ArenaIsAllThatALongListTakes) {
  std::string line = "a1 SEARCH";
  for (int index = 0; index < 20'000; ++index) line += " OR 1,2:3 (SEEN FROM \"x\")";
  line += "\r\n";
  Arena arena;
  const auto outcome = parse_command(line, arena, kRev2);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(std::get<commands::Search>(outcome->body).program.keys.size(), 20'000U);
}

}  // namespace
}  // namespace imapspec::parser::test
