#include "parser/grammar/tagged_ext.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/parser/dump.h"
#include "tests/parser/rule_table.h"

namespace imapspec::parser::test {
namespace {

TEST(TaggedExt, Label) {
  check_rule(
      {
          accepted("letters", "MIN 1", "MIN", 2),
          accepted("all that may begin one", "-_.a", "-_.a"),
          accepted("digits and colons behind", "a1:b ", "a1:b", 1),
          accepted("an end at what is none", "a+b", "a", 2),
          invalid("a digit in front", "1a", 0),
          invalid("a colon in front", ":a", 0),
          incomplete("nothing", ""),
      },
      [](Cursor& in, const Profile&) { return tagged_ext_label(in); }, kDump);
}

TEST(TaggedExt, Val) {
  check_rule(
      {
          accepted("a number", "5 ", "5", 1),
          accepted("zero", "0", "0"),
          accepted("leading zeros", "007", "007"),
          accepted("a number of 63 bits", "9223372036854775807", "9223372036854775807"),
          accepted("a set", "1:5,7", "1:5,7"),
          accepted("a star", "*", "*"),
          accepted("the last result", "$", "$"),
          accepted("an empty list", "()", "()"),
          accepted("a list", "(a \"b\" ({1}\r\nc d) e)", "(a \"b\" ({1}\r\nc d) e)"),
          accepted("parentheses around parentheses", "((a))", "((a))"),
          invalid("an empty list in a list", "(())", 2),
          invalid("an empty list after an item", "(a ())", 4),
          invalid("a space at the end", "(a )", 3),
          invalid("two spaces", "(a  b)", 3),
          invalid("an atom", "a", 0),
          invalid("a string", "\"a\"", 0),
          accepted("zero, which begins no set", "0:1", "0", 2),
          accepted("a leading zero, which begins none", "01,2", "01", 2),
          accepted("more than 32 bits, which begin none", "4294967296:1", "4294967296", 2),
          accepted("the largest number of a set", "4294967295,1", "4294967295,1"),
          invalid("a number beyond 63 bits", "9223372036854775808", 18),
          invalid("zero at the end of a set", "1:0", 2),
          invalid("the last result in a set", "1,$", 2),
          incomplete("not closed", "(a"),
          incomplete("cut in a set", "1:"),
      },
      [](Cursor& in, const Profile& profile) { return tagged_ext_val(in, profile); }, kDump);
}

TEST(TaggedExt, DepthIsLimited) {
  const Limits limits;
  const auto nested = [](std::size_t levels) { return std::string(levels, '(') + "a" + std::string(levels, ')'); };
  Arena arena;
  const std::string deepest = nested(limits.depth);
  Cursor good(deepest, arena, limits);
  EXPECT_TRUE(tagged_ext_val(good, kRev2));
  const std::string too_deep = nested(limits.depth + 1);
  Cursor bad(too_deep, arena, limits);
  const auto outcome = tagged_ext_val(bad, kRev2);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, ErrorKind::LimitExceeded);
  EXPECT_EQ(bad.offset(), 0U);
}

}  // namespace
}  // namespace imapspec::parser::test
