#include "parser/grammar/date_time.h"

#include <gtest/gtest.h>

#include "tests/parser/dump.h"
#include "tests/parser/rule_table.h"

namespace imapspec::parser::test {
namespace {

TEST(DateTime, Date) {
  check_rule(
      {
          accepted("one digit", "1-Feb-1994 ", "1994-2-1", 1),
          accepted("two digits", "01-Feb-1994", "1994-2-1"),
          accepted("quoted", "\"1-Feb-1994\"", "1994-2-1"),
          accepted("the month in any case", "31-dEC-9999", "9999-12-31"),
          accepted("what no calendar has", "0-Feb-0000", "0-2-0"),
          accepted("ninety-nine", "99-Jan-2000", "2000-1-99"),
          accepted("a fifth digit is not of the date", "1-Feb-19945", "1994-2-1", 1),
          invalid("three digits", "001-Feb-1994", 2),
          invalid("a space", " 1-Feb-1994", 0),
          invalid("no day", "-Feb-1994", 0),
          invalid("a number for the month", "1-02-1994", 2),
          invalid("no such month", "1-Foo-1994", 3),
          invalid("a long month", "1-March-1994", 5),
          invalid("a short year", "1-Feb-94 ", 8),
          invalid("no closing quote", "\"1-Feb-1994 ", 11),
          invalid("a space in the quotes", "\" 1-Feb-1994\"", 1),
          incomplete("cut in the month", "1-Ma"),
          incomplete("cut in the year", "1-Mar-19"),
          incomplete("cut before the quote", "\"1-Mar-1994"),
          incomplete("nothing", ""),
      },
      [](Cursor& in, const Profile&) { return date(in); }, kDump);
}

TEST(DateTime, AllMonths) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  for (std::size_t month = 0; month < 12; ++month) {
    const std::string text = "1-" + std::string(kMonths.substr(month * 3, 3)) + "-2000";
    Arena arena;
    Cursor in(text, arena, Limits{});
    const auto outcome = date(in);
    ASSERT_TRUE(outcome) << text;
    EXPECT_EQ(outcome->month, month + 1);
  }
}

TEST(DateTime, DateTime) {
  check_rule(
      {
          accepted("a space before the day", "\" 1-Feb-1994 21:52:25 -0800\" ", "1994-2-1 21:52:25 -800", 1),
          accepted("two digits", "\"01-Feb-1994 21:52:25 +0000\"", "1994-2-1 21:52:25 0"),
          accepted("what no clock has", "\"99-Feb-1994 99:99:99 +9999\"", "1994-2-99 99:99:99 9999"),
          invalid("one digit", "\"1-Feb-1994 21:52:25 -0800\"", 2),
          invalid("two spaces", "\"  1-Feb-1994 21:52:25 -0800\"", 2),
          invalid("a space and two digits", "\" 11-Feb-1994 21:52:25 -0800\"", 3),
          invalid("no zone", "\" 1-Feb-1994 21:52:25\"", 21),
          invalid("no sign", "\" 1-Feb-1994 21:52:25 0800\"", 22),
          invalid("three digits in the zone", "\" 1-Feb-1994 21:52:25 -080\"", 26),
          invalid("a name for the zone", "\" 1-Feb-1994 21:52:25 GMT\"", 22),
          invalid("no seconds", "\" 1-Feb-1994 21:52 -0800\"", 18),
          invalid("not quoted", " 1-Feb-1994 21:52:25 -0800", 0),
          invalid("a tab", "\" 1-Feb-1994\t21:52:25 -0800\"", 12),
          incomplete("cut", "\" 1-Feb-1994 21:5"),
      },
      [](Cursor& in, const Profile&) { return date_time(in); }, kDump);
}

}  // namespace
}  // namespace imapspec::parser::test
