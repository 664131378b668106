// What RFC 3502, RFC 3516, RFC 6855 and RFC 7889 add to APPEND
#include <gtest/gtest.h>

#include <string>

#include "tests/parser/extensions/sentences.h"

namespace imapspec::parser::test {
namespace {

using namespace std::string_view_literals;

TEST(Append, BinaryHasLiteral8) {
  // RFC 9051 Appendix B: rev2 has of BINARY only what concerns FETCH.
  check_sentences({UnitKind::Command, {Extension::Binary}},
                  {
                      {"a APPEND b ~{3}\r\n\0\n\xff"sv, "a: APPEND b () ~{3}\\x00\\x0A\\xFF"},
                      {"a APPEND b (\\Seen) \" 1-Feb-1994 21:52:25 -0800\" ~{0}\r\n",
                       "a: APPEND b (\\Seen) 1994-2-1 21:52:25 -800 ~{0}"},
                  },
                  {
                      {"a APPEND b ~", 12},
                      {"a APPEND b ~{}\r\n", 13},
                      {"a APPEND b ~\"abc\"", 12},
                      {"a APPEND b ~{1}\r\nab", 18},
                      {"a APPEND b ~{1}\r\na ~{1}\r\nb", 18},
                      {"a APPEND b UTF8 (~{1}\r\na)", 11},
                      {"a APPEND ~{1}\r\nb {1}\r\na", 9 + 1},
                      {"a LOGIN a ~{1}\r\nb", 10 + 1},
                  });
}

// RFC 4466 section 3, RFC 7888 section 6
TEST(Append, Literal8IsNonSynchronizingWhereLiteralsMayBe) {
  const std::string_view unit = "a APPEND b ~{3+}\r\nabc";
  for (const Extension literals : {Extension::LiteralPlus, Extension::LiteralMinus}) {
    const Profile with = Profile(kRev1).add(Extension::Binary).add(literals);
    check_reading(UnitKind::Command, with, {unit, "a: APPEND b () ~{3+}abc"});
    check_refused(UnitKind::Command, Profile(kRev1).add(literals), {{unit, 11}});
  }
  check_refused(UnitKind::Command, Profile(kRev1).add(Extension::Binary), {{unit, 14}});
  check_reading(UnitKind::Command, Profile(kRev2).add(Extension::Binary), {unit, "a: APPEND b () ~{3+}abc"});
  const std::string most = "a APPEND b ~{4096+}\r\n" + std::string(4096, 'a') + "\r\n";
  const std::string more = "a APPEND b ~{4097+}\r\n" + std::string(4097, 'a') + "\r\n";
  Arena arena;
  for (const Profile& base : {kRev1, kRev2}) {
    Profile minus = Profile(base).add(Extension::Binary).add(Extension::LiteralMinus);
    EXPECT_FALSE(parse_error(UnitKind::Command, most, minus, arena));
    EXPECT_TRUE(parse_error(UnitKind::Command, more, minus, arena));
    EXPECT_FALSE(parse_error(UnitKind::Command, more, minus.add(Extension::LiteralPlus), arena));
  }
}

TEST(Append, MultiappendHasManyMessages) {
  check_sentences({UnitKind::Command, {Extension::Multiappend}},
                  {
                      {"a APPEND b {1}\r\nx {2}\r\nyz", "a: APPEND b () {1}x () {2}yz"},
                      {"a APPEND b (\\Seen) {0}\r\n \" 1-Feb-1994 21:52:25 -0800\" {1}\r\n) (a b) {0}\r\n",
                       "a: APPEND b (\\Seen) {0} () 1994-2-1 21:52:25 -800 {1}) (a b) {0}"},
                  },
                  {
                      {"a APPEND b", 10},
                      {"a APPEND b {1}\r\nx ", 18},
                      {"a APPEND b {1}\r\nx{1}\r\ny", 17},
                      {"a APPEND b {1}\r\nx  {1}\r\ny", 18},
                      {"a APPEND b {1}\r\nx c {1}\r\ny", 18},
                      {"a APPEND b {1}\r\nx (\\Seen)", 25},
                      {"a APPEND b {1}\r\nx ~{1}\r\ny", 18},
                  });
}

TEST(Append, MultiappendAndBinaryGoTogether) {
  check_sentences({UnitKind::Command, {Extension::Multiappend, Extension::Binary}},
                  {{"a APPEND b {1}\r\nx ~{1}\r\ny", "a: APPEND b () {1}x () ~{1}y"}}, {});
}

TEST(Append, MultiappendMakesAppenduidASet) {
  const Profile one = Profile(kRev1).add(Extension::Uidplus);
  const Profile many = Profile(one).add(Extension::Multiappend);
  check_reading(UnitKind::Response, many, {"a OK [APPENDUID 38505 3955:3957,3960] done", "APPENDUID 3955:3957,3960"});
  check_reading(UnitKind::Response, many, {"a OK [APPENDUID 38505 3955] done", "APPENDUID 3955"});
  check_reading(UnitKind::Response, one, {"a OK [APPENDUID 38505 3955] done", "APPENDUID 3955"});
  check_reading(UnitKind::Response, one, {"a OK [APPENDUID 38505 3955:3957] done", ""});
  check_reading(UnitKind::Response, many, {"a OK [APPENDUID 38505 1:*] done", ""});
}

TEST(Append, Utf8AcceptHasUtf8Data) {
  check_sentences({UnitKind::Command, {Extension::Utf8Accept}},
                  {
                      {"a APPEND b UTF8 (~{3}\r\nabc)", "a: APPEND b () utf8 ~{3}abc"},
                      {"a APPEND b (\\Seen) utf8 (~{0}\r\n)", "a: APPEND b (\\Seen) utf8 ~{0}",
                       "a APPEND b (\\Seen) UTF8 (~{0}\r\n)"},
                  },
                  {
                      {"a APPEND b UTF8", 15},
                      {"a APPEND b UTF8 ~{3}\r\nabc", 16},
                      {"a APPEND b UTF8 ({3}\r\nabc)", 17},
                      {"a APPEND b UTF8 (~{3+}\r\nabc)", 20},
                      {"a APPEND b UTF8 (~{3}\r\nabc", 26},
                      {"a APPEND b UTF8 (~{1}\r\na ~{1}\r\nb)", 24},
                      {"a APPEND b UTF8 (~{1}\r\na) {1}\r\nb", 25},
                      {"a APPEND b ~{3}\r\nabc", 11},
                  });
}

// RFC 6855 section 3: a client may send it to a server that advertises UTF8=ACCEPT, a server only after
// ENABLED. The delimiter of LIST is no quoted string.
TEST(Append, Utf8AcceptHasUtf8InQuotedStrings) {
  const Profile accept = Profile(kRev1).add(Extension::Utf8Accept);
  const Profile enabled = Profile(kRev1).add(Extension::Utf8Enabled);
  const std::string_view command = "a SELECT \"\xc3\xa9\"";
  const std::string_view response = "* STATUS \"\xc3\xa9\" ()";
  check_refused(UnitKind::Command, kRev1, {{command, 10}});
  check_reading(UnitKind::Command, accept, {command, "a: SELECT \"\\xC3\\xA9\""});
  check_reading(UnitKind::Command, enabled, {command, "a: SELECT \"\\xC3\\xA9\""});
  check_refused(UnitKind::Command, accept, {{"a SELECT \"\xc3\"", 11}, {"a SELECT \xc3\xa9", 9}});
  check_refused(UnitKind::Response, kRev1, {{response, 10}});
  check_refused(UnitKind::Response, accept, {{response, 10}});
  check_reading(UnitKind::Response, enabled, {response, "STATUS \"\\xC3\\xA9\""});
  check_refused(UnitKind::Response, enabled, {{"* LIST () \"\xc3\xa9\" a", 11}});
}

TEST(Append, AppendlimitIsAStatusItem) {
  check_sentences({UnitKind::Command, {Extension::AppendLimit}},
                  {{"a STATUS b (APPENDLIMIT)", "a: STATUS b (APPENDLIMIT)"}}, {{"a STATUS b (APPENDLIMIT NIL)", 24}});
  check_sentences({UnitKind::Response, {Extension::AppendLimit}},
                  {
                      {"* STATUS b (APPENDLIMIT 257890)", "STATUS b APPENDLIMIT=257890"},
                      {"* STATUS b (MESSAGES 0 appendlimit nil)", "STATUS b MESSAGES=0 APPENDLIMIT=nil",
                       "* STATUS b (MESSAGES 0 APPENDLIMIT NIL)"},
                      {"* STATUS b (APPENDLIMIT 00)", "STATUS b APPENDLIMIT=0", "* STATUS b (APPENDLIMIT 0)"},
                  },
                  {
                      {"* STATUS b (APPENDLIMIT)", 23},
                      {"* STATUS b (APPENDLIMIT \"1\")", 24},
                      {"* STATUS b (APPENDLIMIT NILL)", 27},
                      {"* STATUS b (MESSAGES NIL)", 21},
                  });
  Profile rev1 = Profile(kRev1).add(Extension::ListExtended).add(Extension::ListStatus).add(Extension::AppendLimit);
  check_reading(UnitKind::Command, rev1,
                {"a LIST \"\" % RETURN (STATUS (APPENDLIMIT))", "a: LIST \"\" % return(STATUS=(APPENDLIMIT))"});
}

}  // namespace
}  // namespace imapspec::parser::test
