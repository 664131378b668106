#include "parser/grammar/search.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/parser/dump.h"
#include "tests/parser/rule_table.h"

namespace imapspec::parser::test {
namespace {

const Profile kRev1Esearch = Profile(kRev1).add(Extension::Esearch);

TEST(Search, Keys) {
  check_rule(
      {
          accepted("keys without arguments",
                   " ALL ANSWERED DELETED FLAGGED SEEN DRAFT UNANSWERED UNDELETED UNFLAGGED UNSEEN UNDRAFT",
                   "(ALL ANSWERED DELETED FLAGGED SEEN DRAFT UNANSWERED UNDELETED UNFLAGGED UNSEEN UNDRAFT)"),
          accepted("texts", " BCC a BODY \"b c\" CC {1}\r\nd FROM e SUBJECT f TEXT g TO h",
                   "(BCC a BODY \"b c\" CC {1}d FROM e SUBJECT f TEXT g TO h)"),
          accepted("HEADER", " HEADER X-Foo \"\"", "(HEADER X-Foo \"\")"),
          accepted("dates",
                   " BEFORE 1-Jan-2000 ON \"2-Feb-2001\" SINCE 03-Mar-2002 SENTBEFORE 4-Apr-2003 SENTON 5-May-2004 "
                   "SENTSINCE 6-Jun-2005",
                   "(BEFORE 2000-1-1 ON 2001-2-2 SINCE 2002-3-3 SENTBEFORE 2003-4-4 SENTON 2004-5-5 SENTSINCE "
                   "2005-6-6)"),
          accepted("sizes", " LARGER 4294967296 SMALLER 00", "(LARGER 4294967296 SMALLER 0)"),
          accepted("keywords", " KEYWORD $Junk UNKEYWORD foo", "(KEYWORD $Junk UNKEYWORD foo)"),
          accepted("sets", " 1,3:* UID 5:7 $ * UID $", "(1,3:* UID 5:7 $ * UID $)"),
          accepted("in any case", " unSeen not seen", "(UNSEEN NOT(SEEN))"),
          accepted("OR", " OR SEEN NOT DELETED ALL", "(OR(SEEN NOT(DELETED)) ALL)"),
          accepted("parentheses", " (SEEN (1 2)) ALL", "((SEEN (1 2)) ALL)"),
          accepted("NOT with parentheses", " NOT (OR (1 2) 3)", "(NOT((OR((1 2) 3))))"),
          accepted("rev1", " NEW OLD RECENT", "(NEW OLD RECENT)").in(kRev1),
          accepted("both revisions", " NEW", "(NEW)").in(kRev1AndRev2),
          invalid("NEW in rev2", " NEW", 2),
          invalid("OLD in rev2", " ALL OLD", 6),
          invalid("RECENT in rev2", " RECENT", 3),
          invalid("no keys", "\r\n", 0),
          invalid("a space and no keys", " \r\n", 1),
          invalid("a space at the end", " ALL \r\n", 5),
          invalid("two spaces", " ALL  SEEN", 5),
          invalid("empty parentheses", " ()", 2),
          invalid("a space in the parentheses", " (SEEN )", 7),
          invalid("an unknown key", " FOO", 2),
          invalid("a longer word", " SEENX", 5),
          invalid("OR with one key", " OR SEEN\r\n", 8),
          invalid("NOT with none", " NOT\r\n", 4),
          invalid("FROM with none", " FROM\r\n", 5),
          invalid("FROM with a list", " FROM (a)", 6),
          invalid("HEADER with one", " HEADER X-Foo\r\n", 13),
          invalid("KEYWORD with a system flag", " KEYWORD \\Seen", 9),
          invalid("a date-time for a date", " SINCE \" 1-Feb-1994 21:52:25 -0800\"", 8),
          invalid("a signed size", " LARGER -1", 8),
          invalid("a size beyond 32 bits in rev1", " LARGER 4294967296", 17).in(kRev1),
          invalid("message zero", " 0", 1),
          invalid("UID without a set", " UID ALL", 5),
          incomplete("cut in a key", " UNDE"),
          incomplete("cut in OR", " OR SEEN"),
          incomplete("cut in parentheses", " (ALL"),
          incomplete("cut in the argument", " SINCE 1-F"),
      },
      [](Cursor& in, const Profile& profile) { return search_program(in, profile); }, kDump);
}

TEST(Search, CharsetAndReturn) {
  check_rule(
      {
          accepted("CHARSET", " CHARSET UTF-8 TEXT \"x\"", "charset UTF-8 (TEXT \"x\")"),
          accepted("CHARSET quoted", " charset \"UTF-8\" ALL", "charset \"UTF-8\" (ALL)"),
          accepted("RETURN with nothing", " RETURN () ALL", "return() (ALL)"),
          accepted("RETURN with all", " RETURN (MIN MAX ALL COUNT SAVE) 1", "return(MIN MAX ALL COUNT SAVE) (1)"),
          accepted("RETURN and CHARSET", " return (count) CHARSET X ALL", "return(COUNT) charset X (ALL)"),
          accepted("RETURN in rev1 with ESEARCH", " RETURN (COUNT) ALL", "return(COUNT) (ALL)").in(kRev1Esearch),
          accepted("SAVE in rev1 without SEARCHRES, as any other name", " RETURN (SAVE) ALL", "return(SAVE) (ALL)")
              .in(kRev1Esearch),
          invalid("RETURN in plain rev1", " RETURN (COUNT) ALL", 3).in(kRev1),
          invalid("CHARSET without a key", " CHARSET UTF-8\r\n", 14),
          invalid("CHARSET later", " ALL CHARSET UTF-8 ALL", 6),
          invalid("CHARSET as a literal", " CHARSET {5}\r\nUTF-8 ALL", 9),
          accepted("CHARSET as a literal in rev1", " CHARSET {5}\r\nUTF-8 ALL", "charset {5}UTF-8 (ALL)").in(kRev1),
          invalid("CHARSET before RETURN", " CHARSET X RETURN () ALL", 11),
          invalid("RETURN without a key", " RETURN (ALL)\r\n", 13),
          invalid("RETURN without a list", " RETURN ALL", 8),
          accepted("an unknown option", " RETURN (FOO) ALL", "return(FOO) (ALL)"),
          accepted("an unknown option with a value", " RETURN (FOO (1:5 a)) ALL", "return(FOO=(1:5 a)) (ALL)"),
          invalid("an option with a value", " RETURN (MIN 1) ALL", 13),
          invalid("an option with a list", " RETURN (SAVE (x)) ALL", 14),
          invalid("a space at the end of the options", " RETURN (MIN ) ALL", 13),
          incomplete("cut in RETURN", " RET"),
          incomplete("cut in CHARSET", " CHAR"),
          incomplete("cut in an option", " RETURN (CO"),
      },
      [](Cursor& in, const Profile& profile) { return search_program(in, profile); }, kDump);
}

TEST(Search, OneDepthForAllRecursion) {
  const Limits limits;
  const auto kind_of = [&limits](const std::string& text) {
    Arena arena;
    Cursor in(text, arena, limits);
    const auto outcome = search_program(in, kRev2);
    return outcome ? std::string("accepted") : std::string(kind_name(outcome.error().kind));
  };
  const auto repeated = [](std::string_view piece, std::size_t count) {
    std::string text;
    for (; count > 0; --count) text += piece;
    return text;
  };
  EXPECT_EQ(kind_of(" " + repeated("NOT ", limits.depth - 1) + "ALL"), "accepted");
  EXPECT_EQ(kind_of(" " + repeated("NOT ", limits.depth) + "ALL"), "LimitExceeded");
  EXPECT_EQ(kind_of(" " + repeated("OR ALL ", limits.depth) + "ALL"), "LimitExceeded");
  EXPECT_EQ(kind_of(" " + repeated("(", limits.depth) + "ALL" + repeated(")", limits.depth)), "LimitExceeded");
  EXPECT_EQ(kind_of(" " + repeated("NOT (", limits.depth / 2) + "ALL" + repeated(")", limits.depth / 2)),
            "LimitExceeded");
  EXPECT_EQ(kind_of(" " + repeated("(", 200'000)), "LimitExceeded");
}

TEST(Search, EsearchResponse) {
  check_rule(
      {
          accepted("nothing", "\r\n", "", 2),
          accepted("a tag", " (TAG \"A282\") MIN 2 COUNT 3", "tag=\"A282\" min=2 count=3"),
          accepted("a tag alone", " (TAG \"A284\")\r\n", "tag=\"A284\"", 2),
          accepted("a tag as an atom", " (tag A1) ALL 2,10:11", "tag=A1 all=2,10:11"),
          accepted("a tag as a literal", " (TAG {2}\r\nA1) MAX 1", "tag={2}A1 max=1"),
          accepted("UIDs", " (TAG \"A285\") UID MIN 7 MAX 3800", "tag=\"A285\" uid min=7 max=3800"),
          accepted("UIDs without a tag", " UID COUNT 17 ALL 4:18,21,28", "uid count=17 all=4:18,21,28"),
          accepted("the indicator alone", " uid\r\n", "uid", 2),
          accepted("an item labelled UID", " UID 5", "UID~5"),
          accepted("an item labelled UID, with a list", " UID (a) COUNT 1", "count=1 UID~(a)"),
          accepted("UID later", " COUNT 1 UID 5", "count=1 UID~5"),
          accepted("other items", " MODSEQ 917162500 X.y-z:1 (a b)", "MODSEQ~917162500 X.y-z:1~(a b)"),
          accepted("an item twice", " COUNT 1 COUNT 2", "count=1 COUNT~2"),
          accepted("count zero", " COUNT 0", "count=0"),
          invalid("MIN zero", " MIN 0", 5),
          invalid("MIN with a leading zero", " MIN 01", 5),
          invalid("MIN with a list", " MIN (foo)", 5),
          invalid("COUNT beyond 32 bits", " COUNT 4294967296", 16),
          invalid("ALL with the last result", " ALL $", 5),
          invalid("ALL with a list", " ALL (1)", 5),
          accepted("COUNT with a set leaves it", " COUNT 1:5", "count=1", 2),
          invalid("the tag after data", " COUNT 1 (TAG A)", 9),
          invalid("UID twice", " UID UID COUNT 1", 9),
          invalid("an item without a value", " COUNT\r\n", 6),
          invalid("an atom for a value", " FOO bar", 5),
          invalid("another word than TAG", " (TOG A)", 3),
          invalid("no tag", " (TAG )", 6),
          invalid("two things in the correlator", " (TAG A B)", 7),
          invalid("a space at the end", " COUNT 1 \r\n", 9),
          invalid("a label that begins with a digit", " 1a 5", 1),
          incomplete("cut in TAG", " (TA"),
          incomplete("cut after a label", " COUNT"),
      },
      [](Cursor& in, const Profile& profile) { return esearch_response(in, profile); }, kDump);
}

TEST(Search, FieldNamesIgnoreCaseAndTextsDoNot) {
  Arena arena;
  const auto program = [&arena](std::string_view text) {
    Cursor in(text, arena, Limits{});
    const auto outcome = search_program(in, kRev2);
    EXPECT_TRUE(outcome) << text;
    return outcome.value_or(SearchProgram{});
  };
  EXPECT_TRUE(program(" HEADER X-Foo a") == program(" HEADER \"x-FOO\" \"a\""));
  EXPECT_FALSE(program(" HEADER X-Foo a") == program(" HEADER X-Foo A"));
  EXPECT_FALSE(program(" HEADER X-Foo a") == program(" HEADER X-Bar a"));
}

}  // namespace
}  // namespace imapspec::parser::test
