#include "parser/grammar/number.h"

#include <gtest/gtest.h>

#include "tests/parser/dump.h"
#include "tests/parser/rule_table.h"

namespace imapspec::parser::test {
namespace {

TEST(Number, Number) {
  const std::string zeros = std::string(1000, '0') + "5";
  check_rule(
      {
          accepted("zero", "0", "0"),
          accepted("leading zeros", "007 ", "7", 1),
          accepted("any number of leading zeros", zeros, "5"),
          accepted("the largest", "4294967295", "4294967295"),
          accepted("the largest, with zeros", "004294967295", "4294967295"),
          invalid("one more", "4294967296", 9),
          invalid("ten times as much", "42949672950", 10),
          invalid("one more, with zeros", "004294967296", 11),
          invalid("beyond 64 bits", "99999999999999999999999", 9),
          invalid("a sign", "-1", 0),
          invalid("plus", "+1", 0),
          incomplete("nothing", ""),
      },
      [](Cursor& in, const Profile&) { return number(in); }, kDump);
}

TEST(Number, NzNumber) {
  check_rule(
      {
          accepted("one", "1", "1"),
          accepted("zeros inside", "100x", "100", 1),
          accepted("the largest", "4294967295", "4294967295"),
          invalid("one more", "4294967296", 9),
          invalid("zero", "0", 0),
          invalid("a leading zero", "01", 0),
          invalid("a letter", "x", 0),
          incomplete("nothing", ""),
      },
      [](Cursor& in, const Profile&) { return nz_number(in); }, kDump);
}

TEST(Number, Number64) {
  check_rule(
      {
          accepted("zero", "0", "0"),
          accepted("leading zeros", "00", "0"),
          accepted("beyond 32 bits", "4294967296", "4294967296"),
          accepted("the largest", "9223372036854775807", "9223372036854775807"),
          invalid("one more", "9223372036854775808", 18),
          invalid("64 bits", "18446744073709551615", 19),
          invalid("beyond 64 bits", "18446744073709551616", 19),
          incomplete("nothing", ""),
      },
      [](Cursor& in, const Profile&) { return number64(in); }, kDump);
}

TEST(Number, NzNumber64) {
  check_rule(
      {
          accepted("one", "1", "1"),
          accepted("the largest", "9223372036854775807", "9223372036854775807"),
          invalid("one more", "9223372036854775808", 18),
          invalid("zero", "0", 0),
          invalid("a leading zero", "01", 0),
      },
      [](Cursor& in, const Profile&) { return nz_number64(in); }, kDump);
}

}  // namespace
}  // namespace imapspec::parser::test
