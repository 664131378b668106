// Values that differ in one thing are not equal: what the round trip law says rests on this.
#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "parser/grammar/parse.h"
#include "tests/parser/unit_laws.h"

namespace imapspec::parser::test {
namespace {

// expect_different parses units that mean different things and compares each with each.
template <class Parse>
void expect_different(const std::vector<std::string_view>& lines, Parse parse) {
  Arena arena;
  std::vector<std::string> units;
  for (const std::string_view line : lines) units.push_back(std::string(line) + "\r\n");
  for (std::size_t i = 0; i < units.size(); ++i) {
    const auto left = parse(units[i], arena);
    ASSERT_TRUE(left) << describe(left.error(), units[i]);
    for (std::size_t j = 0; j < units.size(); ++j) {
      const auto right = parse(units[j], arena);
      EXPECT_EQ(*left == *right, i == j) << lines[i] << " and " << lines[j];
    }
  }
}

TEST(Equality, CommandsThatDiffer) {
  expect_different(
      {
          "a NOOP",
          "b NOOP",
          "a CAPABILITY",
          "a LOGOUT",
          "a STARTTLS",
          "a NAMESPACE",
          "a IDLE",
          "a CLOSE",
          "a UNSELECT",
          "a EXPUNGE",
          "a UID EXPUNGE 1",
          "a UID EXPUNGE 2",
          "a UID EXPUNGE $",
          "a LOGIN x y",
          "a LOGIN y y",
          "a LOGIN x x",
          "a LOGIN x yy",
          "a AUTHENTICATE X",
          "a AUTHENTICATE Y",
          "a AUTHENTICATE X =",
          "a AUTHENTICATE X AAAA",
          "a ENABLE X",
          "a ENABLE Y",
          "a ENABLE X Y",
          "a SELECT x",
          "a SELECT y",
          "a SELECT INBOX",
          "a EXAMINE x",
          "a EXAMINE y",
          "a CREATE x",
          "a CREATE y",
          "a DELETE x",
          "a DELETE y",
          "a RENAME x y",
          "a RENAME y y",
          "a RENAME x x",
          "a SUBSCRIBE x",
          "a SUBSCRIBE y",
          "a UNSUBSCRIBE x",
          "a UNSUBSCRIBE y",
          "a LIST x y",
          "a LIST y y",
          "a LIST x x",
          "a LIST x (y)",
          "a LIST x (y z)",
          "a LIST () x y",
          "a LIST (REMOTE) x y",
          "a LIST (SUBSCRIBED) x y",
          "a LIST (X (y)) x y",
          "a LIST (X (z)) x y",
          "a LIST x y RETURN ()",
          "a LIST x y RETURN (CHILDREN)",
          "a LIST x y RETURN (STATUS (UNSEEN))",
          "a LIST x y RETURN (STATUS (MESSAGES))",
          "a STATUS x (UNSEEN)",
          "a STATUS y (UNSEEN)",
          "a STATUS x (MESSAGES)",
          "a APPEND x {1}\r\ny",
          "a APPEND y {1}\r\ny",
          "a APPEND x {1}\r\nz",
          "a APPEND x (y) {1}\r\ny",
          "a APPEND x \" 1-Feb-1994 21:52:25 -0800\" {1}\r\ny",
          "a APPEND x \" 2-Feb-1994 21:52:25 -0800\" {1}\r\ny",
          "a APPEND x \" 1-Mar-1994 21:52:25 -0800\" {1}\r\ny",
          "a APPEND x \" 1-Feb-1995 21:52:25 -0800\" {1}\r\ny",
          "a APPEND x \" 1-Feb-1994 20:52:25 -0800\" {1}\r\ny",
          "a APPEND x \" 1-Feb-1994 21:53:25 -0800\" {1}\r\ny",
          "a APPEND x \" 1-Feb-1994 21:52:26 -0800\" {1}\r\ny",
          "a APPEND x \" 1-Feb-1994 21:52:25 +0800\" {1}\r\ny",
          "a COPY 1 x",
          "a COPY 2 x",
          "a COPY 1 y",
          "a UID COPY 1 x",
          "a MOVE 1 x",
          "a MOVE 2 x",
          "a MOVE 1 y",
          "a UID MOVE 1 x",
          "a FETCH 1 FLAGS",
          "a FETCH 1:2 FLAGS",
          "a FETCH * FLAGS",
          "a FETCH 1,2 FLAGS",
          "a UID FETCH 1 FLAGS",
          "a FETCH 1 UID",
          "a FETCH 1 BODY[]",
          "a FETCH 1 BODY[1]",
          "a FETCH 1 BODY[TEXT]",
          "a FETCH 1 BODY.PEEK[]",
          "a FETCH 1 BODY[]<0.1>",
          "a FETCH 1 BODY[]<1.1>",
          "a FETCH 1 BODY[]<0.2>",
          "a FETCH 1 BODY[HEADER.FIELDS (x)]",
          "a FETCH 1 BODY[HEADER.FIELDS (y)]",
          "a FETCH 1 BODY[HEADER.FIELDS (x y)]",
          "a FETCH 1 BINARY[]",
          "a STORE 1 FLAGS (x)",
          "a STORE 2 FLAGS (x)",
          "a STORE 1 +FLAGS (x)",
          "a STORE 1 -FLAGS (x)",
          "a STORE 1 FLAGS.SILENT (x)",
          "a STORE 1 FLAGS (y)",
          "a UID STORE 1 FLAGS (x)",
          "a SEARCH ALL",
          "a UID SEARCH ALL",
          "a SEARCH SEEN",
          "a SEARCH ALL ALL",
          "a SEARCH (ALL)",
          "a SEARCH NOT ALL",
          "a SEARCH NOT SEEN",
          "a SEARCH RETURN () ALL",
          "a SEARCH RETURN (MIN) ALL",
          "a SEARCH RETURN (MAX) ALL",
          "a SEARCH CHARSET x ALL",
          "a SEARCH CHARSET y ALL",
          "a SEARCH TEXT x",
          "a SEARCH TEXT X",
          "a SEARCH HEADER x x",
          "a SEARCH HEADER y x",
          "a SEARCH LARGER 1",
          "a SEARCH LARGER 2",
          "a SEARCH KEYWORD x",
          "a SEARCH KEYWORD y",
          "a SEARCH 1",
          "a SEARCH UID 1",
          "a SEARCH ON 1-Jan-2000",
          "a SEARCH ON 2-Jan-2000",
      },
      [](std::string_view unit, Arena& arena) {
        return parse_command(unit, arena, with_every_extension(kRev1AndRev2));
      });
}

TEST(Equality, ResponsesThatDiffer) {
  expect_different(
      {
          "* OK x",
          "a OK x",
          "b OK x",
          "* NO x",
          "* BAD x",
          "* BYE x",
          "* OK y",
          "* OK [X] x",
          "* OK [Y] x",
          "* OK [X y] x",
          "* OK [UIDNEXT 1] x",
          "* OK [UIDNEXT 2] x",
          "* OK [PERMANENTFLAGS ()] x",
          "* OK [PERMANENTFLAGS (\\*)] x",
          "* OK [BADCHARSET (x)] x",
          "* OK [BADCHARSET (y)] x",
          "* OK [APPENDUID 1 1] x",
          "* OK [APPENDUID 2 1] x",
          "* OK [APPENDUID 1 2] x",
          "* OK [COPYUID 1 1 1] x",
          "* OK [COPYUID 1 2 1] x",
          "* OK [COPYUID 1 1 2] x",
          "* OK [CAPABILITY IMAP4rev1 IMAP4rev2] x",
          "* OK [CAPABILITY IMAP4rev1 IMAP4rev2 X] x",
          "* OK [X y x",
          "+ x",
          "+ y",
          "* CAPABILITY IMAP4rev1 IMAP4rev2",
          "* CAPABILITY IMAP4rev1 IMAP4rev2 X",
          "* ENABLED",
          "* ENABLED X",
          "* FLAGS ()",
          "* FLAGS (x)",
          "* LIST () NIL x",
          "* LIST () NIL y",
          "* LIST () \"/\" x",
          "* LIST () \".\" x",
          "* LIST (\\x) NIL x",
          "* LIST (\\y) NIL x",
          "* LIST () NIL x (y 1)",
          "* LIST () NIL x (z 1)",
          "* LIST () NIL x (y 2)",
          "* LSUB () NIL x",
          "* NAMESPACE NIL NIL NIL",
          "* NAMESPACE ((\"\" NIL)) NIL NIL",
          "* NAMESPACE ((\"x\" NIL)) NIL NIL",
          "* NAMESPACE ((\"\" \"/\")) NIL NIL",
          "* NAMESPACE NIL ((\"\" NIL)) NIL",
          "* NAMESPACE NIL NIL ((\"\" NIL))",
          "* STATUS x ()",
          "* STATUS y ()",
          "* STATUS x (UNSEEN 1)",
          "* STATUS x (UNSEEN 2)",
          "* STATUS x (MESSAGES 1)",
          "* ESEARCH",
          "* ESEARCH UID",
          "* ESEARCH (TAG x)",
          "* ESEARCH (TAG y)",
          "* ESEARCH MIN 1",
          "* ESEARCH MIN 2",
          "* ESEARCH MAX 1",
          "* ESEARCH COUNT 1",
          "* ESEARCH ALL 1",
          "* ESEARCH ALL 2",
          "* ESEARCH X 1",
          "* ESEARCH Y 1",
          "* ESEARCH X 2",
          "* SEARCH",
          "* SEARCH 1",
          "* 1 EXISTS",
          "* 2 EXISTS",
          "* 1 RECENT",
          "* 2 RECENT",
          "* 1 EXPUNGE",
          "* 2 EXPUNGE",
          "* 1 FETCH (UID 1)",
          "* 2 FETCH (UID 1)",
          "* 1 FETCH (UID 2)",
          "* 1 FETCH (FLAGS ())",
          "* 1 FETCH (FLAGS (x))",
          "* 1 FETCH (RFC822.SIZE 1)",
          "* 1 FETCH (RFC822.SIZE 2)",
          "* 1 FETCH (INTERNALDATE \" 1-Feb-1994 21:52:25 -0800\")",
          "* 1 FETCH (INTERNALDATE \" 1-Feb-1994 21:52:25 -0900\")",
          "* 1 FETCH (BODY[] NIL)",
          "* 1 FETCH (BODY[] \"\")",
          "* 1 FETCH (BODY[] \"x\")",
          "* 1 FETCH (BODY[1] NIL)",
          "* 1 FETCH (BODY[]<0> NIL)",
          "* 1 FETCH (BODY[]<1> NIL)",
          "* 1 FETCH (BINARY[] NIL)",
          "* 1 FETCH (BINARY.SIZE[] 1)",
          "* 1 FETCH (BINARY.SIZE[] 2)",
      },
      [](std::string_view unit, Arena& arena) {
        return parse_response(unit, arena, with_every_extension(kRev1AndRev2));
      });
}

TEST(Equality, EnvelopesThatDiffer) {
  std::vector<std::string> lines = {"* 1 FETCH (ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL))"};
  const auto with = [](std::size_t changed, std::string_view value) {
    std::string line = "* 1 FETCH (ENVELOPE (";
    for (std::size_t field = 0; field < 10; ++field) {
      if (field > 0) line += ' ';
      line += field == changed ? value : "NIL";
    }
    return line + "))";
  };
  for (const std::size_t field : {0U, 1U, 8U, 9U}) lines.push_back(with(field, "\"x\""));
  for (std::size_t field = 2; field < 8; ++field) {
    for (const std::string_view address :
         {"((NIL NIL NIL NIL))", "((\"x\" NIL NIL NIL))", "((NIL \"x\" NIL NIL))", "((NIL NIL \"x\" NIL))",
          "((NIL NIL NIL \"x\"))", "((NIL NIL NIL NIL)(NIL NIL NIL NIL))"}) {
      lines.push_back(with(field, address));
    }
  }
  expect_different({lines.begin(), lines.end()},
                   [](std::string_view unit, Arena& arena) { return parse_response(unit, arena, kRev2); });
}

TEST(Equality, BodiesThatDiffer) {
  std::vector<std::string> lines;
  for (
      const std::string_view body : {
          R"(("A" "B" NIL NIL NIL "7BIT" 1))",
          R"(("X" "B" NIL NIL NIL "7BIT" 1))",
          R"(("A" "X" NIL NIL NIL "7BIT" 1))",
          R"(("A" "B" ("X" "Y") NIL NIL "7BIT" 1))",
          R"(("A" "B" ("Y" "Y") NIL NIL "7BIT" 1))",
          R"(("A" "B" ("X" "X") NIL NIL "7BIT" 1))",
          R"(("A" "B" NIL "x" NIL "7BIT" 1))",
          R"(("A" "B" NIL NIL "x" "7BIT" 1))",
          R"(("A" "B" NIL NIL NIL "8BIT" 1))",
          R"(("A" "B" NIL NIL NIL "7BIT" 2))",
          R"(("A" "B" NIL NIL NIL "7BIT" 1 NIL))",
          R"(("A" "B" NIL NIL NIL "7BIT" 1 "x"))",
          R"(("A" "B" NIL NIL NIL "7BIT" 1 NIL NIL))",
          R"(("A" "B" NIL NIL NIL "7BIT" 1 NIL ("x" NIL)))",
          R"(("A" "B" NIL NIL NIL "7BIT" 1 NIL ("y" NIL)))",
          R"(("A" "B" NIL NIL NIL "7BIT" 1 NIL ("x" ("X" "Y"))))",
          R"(("A" "B" NIL NIL NIL "7BIT" 1 NIL NIL NIL))",
          R"(("A" "B" NIL NIL NIL "7BIT" 1 NIL NIL "x"))",
          R"(("A" "B" NIL NIL NIL "7BIT" 1 NIL NIL ("x" "y")))",
          R"(("A" "B" NIL NIL NIL "7BIT" 1 NIL NIL NIL NIL))",
          R"(("A" "B" NIL NIL NIL "7BIT" 1 NIL NIL NIL "x"))",
          R"(("TEXT" "B" NIL NIL NIL "7BIT" 1 1))",
          R"(("TEXT" "B" NIL NIL NIL "7BIT" 1 2))",
          R"(("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 1 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) ("A" "B" NIL NIL NIL "7BIT" 1) 1))",
          R"(("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 1 ("x" NIL NIL NIL NIL NIL NIL NIL NIL NIL) ("A" "B" NIL NIL NIL "7BIT" 1) 1))",
          R"(("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 1 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) ("X" "B" NIL NIL NIL "7BIT" 1) 1))",
          R"((("A" "B" NIL NIL NIL "7BIT" 1) "MIXED"))",
          R"((("A" "B" NIL NIL NIL "7BIT" 1) "X"))",
          R"((("X" "B" NIL NIL NIL "7BIT" 1) "MIXED"))",
          R"((("A" "B" NIL NIL NIL "7BIT" 1)("A" "B" NIL NIL NIL "7BIT" 1) "MIXED"))",
          R"((("A" "B" NIL NIL NIL "7BIT" 1) "MIXED" NIL))",
          R"((("A" "B" NIL NIL NIL "7BIT" 1) "MIXED" ("X" "Y")))",
      }) {
    lines.push_back("* 1 FETCH (BODYSTRUCTURE " + std::string(body) + ")");
  }
  expect_different({lines.begin(), lines.end()},
                   [](std::string_view unit, Arena& arena) { return parse_response(unit, arena, kRev2); });
}

// What is spelled differently and means the same is equal.
TEST(Equality, SpellingsOfOneValue) {
  const auto expect_same = [](std::string_view left, std::string_view right, auto parse) {
    Arena arena;
    const auto a = parse(left, arena);
    const auto b = parse(right, arena);
    ASSERT_TRUE(a && b) << left << " and " << right;
    EXPECT_TRUE(*a == *b) << left << " and " << right;
  };
  const auto commands = [](std::string_view unit, Arena& arena) { return parse_command(unit, arena, kRev2); };
  expect_same("a noop\r\n", "a NOOP\r\n", commands);
  expect_same("a LOGIN x \"y\"\r\n", "a LOGIN \"x\" {1}\r\ny\r\n", commands);
  expect_same("a SELECT \"\\\"\\\\\"\r\n", "a SELECT {2}\r\n\"\\\r\n", commands);
  expect_same("a SELECT inbox\r\n", "a SELECT {5}\r\nInBoX\r\n", commands);
  expect_same("a STORE 1:1 FLAGS \\SEEN x\r\n", "a STORE 1 FLAGS (\\Seen X)\r\n", commands);
  expect_same("a FETCH 1 (body[header.fields (TO)])\r\n", "a FETCH 1 BODY[HEADER.FIELDS (\"to\")]\r\n", commands);
  expect_same("a SEARCH ON 01-jan-2000 HEADER X y\r\n", "a SEARCH ON \"1-Jan-2000\" HEADER \"x\" y\r\n", commands);
  const auto responses = [](std::string_view unit, Arena& arena) { return parse_response(unit, arena, kRev2); };
  expect_same("* 007 exists\r\n", "* 7 EXISTS\r\n", responses);
  expect_same("* LIST (\\NOSELECT) \"/\" x\r\n", "* list (\\Noselect) \"/\" \"x\"\r\n", responses);
  expect_same("* OK [uidnext 1] x\r\n", "* ok [UIDNEXT 1] x\r\n", responses);
}

}  // namespace
}  // namespace imapspec::parser::test
