// What RFC 9051 took over, as extensions of RFC 3501: each adds its own grammar and nothing else
#include <gtest/gtest.h>

#include <string>

#include "tests/parser/extensions/sentences.h"

namespace imapspec::parser::test {
namespace {

using namespace std::string_view_literals;

Extended commands(std::vector<Extension> extensions) { return {UnitKind::Command, std::move(extensions), {kRev1}}; }
Extended responses(std::vector<Extension> extensions) { return {UnitKind::Response, std::move(extensions), {kRev1}}; }

Profile rev1_with(std::vector<Extension> extensions) {
  Profile profile = kRev1;
  for (const Extension extension : extensions) profile.add(extension);
  return profile;
}

// check_code holds a status response against the name and arguments of its code: one that is unknown
// is a code all the same, one that is known and malformed is none.
void check_code(const Profile& profile, std::string_view unit, std::string value) {
  check_reading(UnitKind::Response, profile, {unit, std::move(value)});
}

// RFC 4731, RFC 4466
TEST(Rev1Extensions, Esearch) {
  check_sentences(commands({Extension::Esearch}),
                  {
                      {"a SEARCH RETURN () ALL", "a: SEARCH return() (ALL)"},
                      {"a SEARCH RETURN (MIN MAX ALL COUNT) 1:3", "a: SEARCH return(MIN MAX ALL COUNT) (1:3)"},
                      {"a UID SEARCH return (min) CHARSET UTF-8 SEEN", "a: UID SEARCH return(MIN) charset UTF-8 (SEEN)",
                       "a UID SEARCH RETURN (min) CHARSET UTF-8 SEEN"},
                  },
                  {
                      {"a SEARCH RETURN (MIN) $", 22},
                      {"a SEARCH RETURN", 15},
                      {"a SEARCH RETURN (MIN 1) ALL", 21, "T22"},
                      {"a SEARCH RETURN (MIN)", 21},
                      {"a SEARCH (RETURN)", 12},
                  });
  check_sentences(
      responses({Extension::Esearch}),
      {
          {"* ESEARCH", "ESEARCH "},
          {"* ESEARCH (TAG \"a567\") UID COUNT 5 ALL 4:19,21,28", "ESEARCH tag=\"a567\" uid count=5 all=4:19,21,28",
           "* ESEARCH (TAG \"a567\") UID ALL 4:19,21,28 COUNT 5"},
          {"* ESEARCH X 4294967295 Y (a (b \"c\"))", "ESEARCH X~4294967295 Y~(a (b \"c\"))"},
      },
      {
          // RFC 4466 has a string for the tag and a number for a value; RFC 9051 changed both.
          {"* ESEARCH (TAG a567)", 15},
          {"* ESEARCH X 4294967296", 21, "L12"},
          {"* ESEARCH MIN 0", 14},
          {"* ESEARCH ALL $", 14, "T21"},
          {"* ESEARCH X $", 12},
      });
}

// RFC 5182
TEST(Rev1Extensions, Searchres) {
  const Profile with = rev1_with({Extension::Esearch, Extension::Searchres});
  check_reading(UnitKind::Command, with, {"a SEARCH RETURN (SAVE) ALL", "a: SEARCH return(SAVE) (ALL)"});
  check_refused(UnitKind::Command, with, {{"a SEARCH RETURN (SAVE 5) ALL", 22, "T22"}});
  for (const std::string_view unit :
       {"a FETCH $ FLAGS", "a UID COPY $ b", "a STORE $ FLAGS ()", "a SEARCH UID $", "a SEARCH $"}) {
    SCOPED_TRACE(unit);
    Arena arena;
    const std::string line = std::string(unit) + "\r\n";
    EXPECT_FALSE(parse_error(UnitKind::Command, line, with, arena));
    EXPECT_TRUE(parse_error(UnitKind::Command, line, rev1_with({Extension::Esearch}), arena));
  }
  check_refused(UnitKind::Command, with, {{"a FETCH 1,$ FLAGS", 10, "T25"}, {"a FETCH $,1 FLAGS", 9}});
  check_code(with, "a NO [NOTSAVED] x", "NOTSAVED");
  check_code(with, "a NO [NOTSAVED 1] x", "");
  check_code(kRev1, "a NO [NOTSAVED 1] x", "NOTSAVED~1");
}

// RFC 5258
TEST(Rev1Extensions, ListExtended) {
  check_sentences(commands({Extension::ListExtended}),
                  {
                      {"a LIST () \"\" %", "a: LIST select() \"\" %"},
                      {"a LIST (SUBSCRIBED RECURSIVEMATCH) \"\" (INBOX Drafts) RETURN (CHILDREN X-FOO (a))",
                       "a: LIST select(SUBSCRIBED RECURSIVEMATCH) \"\" (INBOX Drafts) return(CHILDREN X-FOO=(a))"},
                      {"a LIST \"\" (%)", "a: LIST \"\" (%)"},
                  },
                  {
                      {"a LIST (RECURSIVEMATCH) \"\" %", 22, "T18"},
                      {"a LIST \"\" ()", 11},
                      {"a LIST \"\" % RETURN (SUBSCRIBED (x))", 31, "T24"},
                      {"a LIST \"\" % RETURN (STATUS (MESSAGES)", 37},
                  });
  check_sentences(
      responses({Extension::ListExtended}),
      {
          {"* LIST (\\Subscribed) \"/\" foo (\"CHILDINFO\" (\"SUBSCRIBED\"))", ""},
          {"* LIST () \"/\" foo (X 5)", ""},
          {"* LIST () \"/\" foo ()", "", "* LIST () \"/\" foo"},
      },
      {{"* LIST () \"/\" foo (X 4294967296)", 30, "L12"}, {"* LIST (\\NonExistent \\Marked) \"/\" foo", 28, "T17"}});
  // To RFC 3501 it is a flag like any other.
  check_reading(UnitKind::Response, kRev1, {"* LIST (\\NonExistent \\Marked) \"/\" foo", ""});
}

// RFC 5819
TEST(Rev1Extensions, ListStatus) {
  const Profile with = rev1_with({Extension::ListExtended, Extension::ListStatus});
  check_reading(UnitKind::Command, with,
                {"a LIST \"\" % RETURN (STATUS (MESSAGES RECENT))", "a: LIST \"\" % return(STATUS=(MESSAGES RECENT))"});
  check_refused(UnitKind::Command, with,
                {{"a LIST \"\" % RETURN (STATUS)", 26, "T24"}, {"a LIST \"\" % RETURN (STATUS (X))", 28, "T24"}});
  // Without it STATUS is an option that nobody knows.
  check_reading(UnitKind::Command, rev1_with({Extension::ListExtended}),
                {"a LIST \"\" % RETURN (STATUS (X))", "a: LIST \"\" % return(STATUS=(X))"});
  check_refused(UnitKind::Command, rev1_with({Extension::ListStatus}),
                {{"a LIST \"\" % RETURN (STATUS (MESSAGES))", 11}});
}

// RFC 7888
TEST(Rev1Extensions, Literals) {
  for (const Extension extension : {Extension::LiteralMinus, Extension::LiteralPlus}) {
    check_sentences(commands({extension}),
                    {
                        {"a LOGIN {3+}\r\njoe {0+}\r\n", "a: LOGIN {3+}joe {0+}"},
                        {"a APPEND b {3+}\r\nabc", "a: APPEND b () {3+}abc"},
                    },
                    {{"a LOGIN {3++}\r\njoe b", 11}, {"a LOGIN {+}\r\njoe b", 9}, {"a APPEND b ~{3+}\r\nabc", 11}});
    check_refused(UnitKind::Response, rev1_with({extension}), {{"* STATUS {1+}\r\nb ()", 11, "L9"}});
  }
  const std::string most = "a APPEND b {4096+}\r\n" + std::string(4096, 'a') + "\r\n";
  const std::string more = "a APPEND b {4097+}\r\n" + std::string(4097, 'a') + "\r\n";
  Arena arena;
  for (const std::string& unit : {most, more}) {
    EXPECT_TRUE(parse_error(UnitKind::Command, unit, kRev1, arena));
    EXPECT_FALSE(parse_error(UnitKind::Command, unit, rev1_with({Extension::LiteralPlus}), arena));
  }
  const Profile minus = rev1_with({Extension::LiteralMinus});
  EXPECT_FALSE(parse_error(UnitKind::Command, most, minus, arena));
  const auto refused = parse_error(UnitKind::Command, more, minus, arena);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->offset, 16U);
  EXPECT_EQ(refused->resolution.text(), "L10");
  // A server that lists both has no limit.
  EXPECT_FALSE(
      parse_error(UnitKind::Command, more, rev1_with({Extension::LiteralMinus, Extension::LiteralPlus}), arena));
}

// RFC 4959
TEST(Rev1Extensions, SaslIr) {
  check_sentences(
      commands({Extension::SaslIr}),
      {
          {"a AUTHENTICATE PLAIN dGVzdA==", "a: AUTHENTICATE PLAIN ir:dGVzdA=="},
          {"a AUTHENTICATE EXTERNAL =", "a: AUTHENTICATE EXTERNAL ir:="},
      },
      {{"a AUTHENTICATE PLAIN ", 21, "L18"}, {"a AUTHENTICATE PLAIN *", 21}, {"a AUTHENTICATE PLAIN ==", 22}});
}

// RFC 8438
TEST(Rev1Extensions, StatusSize) {
  check_sentences(commands({Extension::StatusSize}), {{"a STATUS b (SIZE)", "a: STATUS b (SIZE)"}},
                  {{"a STATUS b (DELETED)", 12}});
  check_sentences(responses({Extension::StatusSize}),
                  {{"* STATUS b (SIZE 9223372036854775807)", "STATUS b SIZE=9223372036854775807"}},
                  {{"* STATUS b (SIZE 9223372036854775808)", 35, "L12"}, {"* STATUS b (DELETED 1)", 12}});
}

// RFC 3516
TEST(Rev1Extensions, Binary) {
  check_sentences(commands({Extension::Binary}),
                  {
                      {"a FETCH 1 BINARY[1.2]", "a: FETCH 1 (BINARY[1/2/])"},
                      {"a FETCH 1 (BINARY.PEEK[]<0.4294967295> BINARY.SIZE[3])",
                       "a: FETCH 1 (BINARY.PEEK[]<0+4294967295> BINARY.SIZE[3/])"},
                      {"a APPEND b ~{1}\r\n\0"sv, "a: APPEND b () ~{1}\\x00"},
                  },
                  {
                      {"a FETCH 1 BINARY[1]<0.4294967296>", 31, "L12"},
                      {"a FETCH 1 BINARY[1]<0.0>", 22},
                      {"a FETCH 1 BINARY.SIZE[1]<0.1>", 24},
                      {"a APPEND b ~{4294967296}\r\na", 22, "L12"},
                  });
  check_sentences(responses({Extension::Binary}),
                  {
                      {"* 1 FETCH (BINARY[1] ~{2}\r\n\0a)"sv, "FETCH (...)"},
                      {"* 1 FETCH (BINARY[1] \"a\" BINARY[2] NIL BINARY.SIZE[1] 5)", "FETCH (... ... ...)"},
                  },
                  {{"* 1 FETCH (BODY[1] ~{1}\r\na)", 19}, {"* 1 FETCH (BINARY[1]<0> \"a\")", 20}});
  check_code(rev1_with({Extension::Binary}), "a NO [UNKNOWN-CTE 1] x", "");
  check_code(kRev1, "a NO [UNKNOWN-CTE 1] x", "UNKNOWN-CTE~1");
}

// RFC 5161
TEST(Rev1Extensions, Enable) {
  check_sentences(commands({Extension::Enable}), {{"a ENABLE CONDSTORE X", "a: ENABLE (CONDSTORE X)"}},
                  {{"a ENABLE", 8}, {"a ENABLED X", 8}});
  check_sentences(responses({Extension::Enable}), {{"* ENABLED", ""}, {"* ENABLED CONDSTORE", ""}},
                  {{"* ENABLE X", 8}, {"* ENABLED ", 10}});
}

// RFC 2342
TEST(Rev1Extensions, Namespace) {
  check_sentences(commands({Extension::Namespace}), {{"a NAMESPACE", "a: NAMESPACE"}}, {{"a NAMESPACE x", 11}});
  check_sentences(responses({Extension::Namespace}),
                  {
                      {"* NAMESPACE NIL NIL ((\"\" \".\"))", ""},
                      {"* NAMESPACE ((\"\" \"/\")) ((\"~\" \"/\")(\"x\" NIL)) NIL", ""},
                      {"* NAMESPACE ((\"\" \"/\" \"X-PARAM\" (\"FLAG1\" \"FLAG2\"))) NIL NIL", ""},
                  },
                  {
                      {"* NAMESPACE NIL NIL", 19},
                      {"* NAMESPACE () NIL NIL", 13},
                      {"* NAMESPACE ((\"\" \"/\") (\"x\" \"/\")) NIL NIL", 21},
                      {"* NAMESPACE ((\"\" \"//\")) NIL NIL", 19},
                  });
}

// RFC 6851
TEST(Rev1Extensions, Move) {
  check_sentences(commands({Extension::Move}),
                  {{"a MOVE 1:3 b", "a: MOVE 1:3 b"}, {"a UID MOVE 1 b", "a: UID MOVE 1 b"}},
                  {{"a MOVE b", 7}, {"a UID EXPUNGE 1", 6}});
}

// RFC 4315
TEST(Rev1Extensions, Uidplus) {
  check_sentences(commands({Extension::Uidplus}), {{"a UID EXPUNGE 3000:3002", "a: UID EXPUNGE 3000:3002"}},
                  {{"a UID EXPUNGE", 13}, {"a UID MOVE 1 b", 6}});
  const Profile with = rev1_with({Extension::Uidplus});
  check_code(with, "a OK [APPENDUID 38505 3955] x", "APPENDUID 3955");
  check_code(with, "a OK [COPYUID 38505 304,319:320 3956:3958] x", "COPYUID 3956:3958");
  check_code(with, "* NO [UIDNOTSTICKY] x", "UIDNOTSTICKY");
  for (const std::string_view malformed :
       {"a OK [APPENDUID 1] x", "a OK [COPYUID 1 2:* 3] x", "a OK [UIDNOTSTICKY 1] x"}) {
    check_code(with, malformed, "");
  }
  // Without it they are codes that nobody knows.
  check_code(kRev1, "a OK [APPENDUID 1] x", "APPENDUID~1");
  check_code(kRev1, "a OK [COPYUID 1 2:* 3] x", "COPYUID~1 2:* 3");
  check_code(kRev1, "a OK [UIDNOTSTICKY 1] x", "UIDNOTSTICKY~1");
}

// RFC 3691, RFC 2177
TEST(Rev1Extensions, UnselectAndIdle) {
  check_sentences(commands({Extension::Unselect}), {{"a UNSELECT", "a: UNSELECT"}}, {{"a UNSELECT b", 10}});
  check_sentences(commands({Extension::Idle}), {{"a IDLE", "a: IDLE"}}, {{"a IDLE DONE", 6}, {"a DONE", 3}});
}

}  // namespace
}  // namespace imapspec::parser::test
