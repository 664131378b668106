#include "parser/grammar/response_code.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tests/parser/unit_table.h"

namespace imapspec::parser::test {
namespace {

using enum Spelling;

// text_of is the resp-text of "* OK " followed by `text`.
std::optional<RespText> text_of(std::string_view text, Arena& arena, std::string& unit,
                                const Profile& profile = kRev2) {
  unit = "* OK " + std::string(text) + "\r\n";
  const auto read = parse_response(unit, arena, profile);
  if (!read) return std::nullopt;
  return std::get<StatusResponse>(*read).text;
}

TEST(ResponseCode, ComesBackAsItWas) {
  check_units({{"ALERT", "* OK [ALERT] System shutdown in 10 minutes"},
               {"in any case", "* OK [alert] hi"},
               {"empty text", "* OK [ALERT] "},
               {"BADCHARSET", "* NO [BADCHARSET] x"},
               {"BADCHARSET with a list", "* NO [BADCHARSET (UTF-8 \"KOI8-R\")] x"},
               {"CAPABILITY", "* OK [CAPABILITY IMAP4rev2 LITERAL+] hi"},
               {"PERMANENTFLAGS", "* OK [PERMANENTFLAGS (\\Deleted \\Seen \\*)] Limited"},
               {"no PERMANENTFLAGS", "* OK [PERMANENTFLAGS ()] None"},
               {"READ-ONLY", "A1 OK [READ-ONLY] done"},
               {"READ-WRITE", "A1 OK [READ-WRITE] done"},
               {"TRYCREATE", "A1 NO [TRYCREATE] no such mailbox"},
               {"UIDNEXT", "* OK [UIDNEXT 4392] Predicted next UID"},
               {"UIDVALIDITY", "* OK [UIDVALIDITY 4294967295] UIDs valid"},
               {"UNSEEN", "* OK [UNSEEN 12] Message 12 is first unseen", Canonical, kRev1},
               {"UNSEEN, unknown in rev2", "* OK [UNSEEN 0] x"},
               {"APPENDUID", "A003 OK [APPENDUID 38505 3955] APPEND completed"},
               {"COPYUID", "A003 OK [COPYUID 38505 304,319:320 3956:3958] Done"},
               {"HIGHESTMODSEQ, unknown here", "* OK [HIGHESTMODSEQ 715194045007] x"},
               {"REFERRAL, unknown here", "* BYE [REFERRAL imap://user;AUTH=*@host/] try there"},
               {"unknown with no arguments", "* OK [X-FOO] x"},
               {"brackets in unknown arguments", "* OK [X-FOO a[b \"c\" (d)] x"}},
              {});
}

TEST(ResponseCode, TellsItsArguments) {
  Arena arena;
  std::string unit;
  auto text = text_of("[COPYUID 7 1,3:4 9:11] x", arena, unit);
  ASSERT_TRUE(text && text->code);
  EXPECT_TRUE(text->code->is("copyuid"));
  EXPECT_EQ(text->code->number, 7U);
  EXPECT_EQ(text->code->source.ranges().size(), 2U);
  EXPECT_TRUE(text->code->uids.contains(10, 0));
  EXPECT_EQ(text->text, "x");

  text = text_of("[APPENDUID 7 42] ", arena, unit);
  ASSERT_TRUE(text && text->code);
  EXPECT_TRUE(text->code->uids.contains(42, 0));
  EXPECT_EQ(text->text, "");

  text = text_of("[PERMANENTFLAGS (\\Seen \\*)] x", arena, unit);
  ASSERT_TRUE(text && text->code);
  ASSERT_EQ(text->code->flags.size(), 2U);
  EXPECT_EQ(text->code->flags[1], Flag("\\*"));

  text = text_of("[X-FOO a b] x", arena, unit);
  ASSERT_TRUE(text && text->code);
  EXPECT_EQ(text->code->arguments, "a b");
}

// Trap T1: each of these is a legal text and no code; `offset` is counted from the "[".
TEST(ResponseCode, WhatIsNoCodeIsTextAndSaysWhy) {
  struct Row {
    std::string_view text;
    std::size_t offset;
  };
  for (const Row& row : std::vector<Row>{{"[ALERT]", 7},           // T2
                                         {"[ALERT]x", 7},          // T2
                                         {"[ALERT x] y", 6},       // T3
                                         {"[READ-ONLY x] y", 10},  // T3
                                         {"[UIDNEXT abc] x", 9},   // T3
                                         {"[UIDNEXT 0] x", 9},     // T3
                                         {"[UIDNEXT] x", 8},       // T3
                                         {"[UIDNEXT 4 ] x", 10},   // T3
                                         {"[UIDNEXT  4] x", 9},    // T3
                                         {"[UIDVALIDITY 4294967296] x", 22},
                                         {"[PERMANENTFLAGS foo] x", 16},
                                         {"[PERMANENTFLAGS (\\Recent)] x", 24},
                                         {"[PERMANENTFLAGS (\\Seen )] x", 23},
                                         {"[CAPABILITY IMAP4rev1] x", 21},  // T43
                                         {"[BADCHARSET UTF-8] x", 12},      // erratum 7323
                                         {"[BADCHARSET ()] x", 13},
                                         {"[APPENDUID 1] x", 12},
                                         {"[APPENDUID 1 2:3] x", 14},  // T28
                                         {"[COPYUID 1 2] x", 12},
                                         {"[COPYUID 1 * 2] x", 11},  // T27
                                         {"[FOO (BAR]BAZ)] x", 10},  // T4: the code ends at the first "]"
                                         {"[FOO ] x", 5},
                                         {"[caf\xc3\xa9] x", 4},  // L6
                                         {"[hello world", 12},
                                         {"[] x", 1},
                                         {"[ ALERT] x", 1},
                                         {"[", 1}}) {
    SCOPED_TRACE(row.text);
    Arena arena;
    std::string unit;
    const auto text = text_of(row.text, arena, unit);
    ASSERT_TRUE(text);
    EXPECT_FALSE(text->code);
    EXPECT_EQ(text->text, row.text);
    ASSERT_TRUE(text->malformed_code);
    EXPECT_EQ(text->malformed_code->offset, row.offset + 5) << describe(*text->malformed_code, unit);
  }
}

TEST(ResponseCode, PlainTextHasNothingMalformed) {
  Arena arena;
  std::string unit;
  const auto text = text_of("hello [ALERT] x", arena, unit);
  ASSERT_TRUE(text);
  EXPECT_FALSE(text->code);
  EXPECT_FALSE(text->malformed_code);
}

TEST(ResponseCode, EveryCodeWithoutArgumentsCommits) {
  for (const std::string name : {"ALERT",
                                 "PARSE",
                                 "READ-ONLY",
                                 "READ-WRITE",
                                 "TRYCREATE",
                                 "UIDNOTSTICKY",
                                 "UNAVAILABLE",
                                 "AUTHENTICATIONFAILED",
                                 "AUTHORIZATIONFAILED",
                                 "EXPIRED",
                                 "PRIVACYREQUIRED",
                                 "CONTACTADMIN",
                                 "NOPERM",
                                 "INUSE",
                                 "EXPUNGEISSUED",
                                 "CORRUPTION",
                                 "SERVERBUG",
                                 "CLIENTBUG",
                                 "CANNOT",
                                 "LIMIT",
                                 "OVERQUOTA",
                                 "ALREADYEXISTS",
                                 "NONEXISTENT",
                                 "NOTSAVED",
                                 "HASCHILDREN",
                                 "CLOSED",
                                 "UNKNOWN-CTE"}) {
    SCOPED_TRACE(name);
    Arena arena;
    std::string unit;
    const auto bare = text_of("[" + name + "] x", arena, unit);
    ASSERT_TRUE(bare && bare->code);
    EXPECT_EQ(bare->code->name, name);
    const auto with_arguments = text_of("[" + name + " x] y", arena, unit);
    ASSERT_TRUE(with_arguments);
    EXPECT_TRUE(with_arguments->malformed_code);
    const auto longer = text_of("[" + name + "X x] y", arena, unit);
    ASSERT_TRUE(longer && longer->code) << "a longer atom is another code";
    EXPECT_EQ(longer->code->arguments, "x");
  }
}

TEST(ResponseCode, UnseenIsKnownToRev1Only) {
  Arena arena;
  std::string unit;
  const auto known = text_of("[UNSEEN 3] x", arena, unit, kRev1);
  ASSERT_TRUE(known && known->code);
  EXPECT_EQ(known->code->number, 3U);
  std::string other_unit;
  const auto zero = text_of("[UNSEEN 0] x", arena, other_unit, kRev1);
  ASSERT_TRUE(zero);
  EXPECT_TRUE(zero->malformed_code);
  const auto unknown = text_of("[UNSEEN 0] x", arena, unit, kRev2);
  ASSERT_TRUE(unknown && unknown->code);
  EXPECT_EQ(unknown->code->arguments, "0");
}

}  // namespace
}  // namespace imapspec::parser::test
