#include "parser/grammar/section.h"

#include <gtest/gtest.h>

#include "tests/parser/dump.h"
#include "tests/parser/rule_table.h"

namespace imapspec::parser::test {
namespace {

TEST(Section, Section) {
  check_rule(
      {
          accepted("the message", "[] ", "[]", 1),
          accepted("a part", "[1]", "[1/]"),
          accepted("nested parts", "[1.2.30]", "[1/2/30/]"),
          accepted("header", "[HEADER]", "[HEADER]"),
          accepted("in any case", "[hEADER]", "[HEADER]"),
          accepted("text", "[TEXT]", "[TEXT]"),
          accepted("text of a part", "[1.TEXT]", "[1/TEXT]"),
          accepted("header of a part", "[1.2.HEADER]", "[1/2/HEADER]"),
          accepted("MIME header of a part", "[1.MIME]", "[1/MIME]"),
          accepted("some fields", "[HEADER.FIELDS (To \"From\")]", "[HEADER.FIELDS(To \"From\")]"),
          accepted("all but some", "[1.HEADER.FIELDS.NOT (To)]", "[1/HEADER.FIELDS.NOT(To)]"),
          accepted("a field as a literal", "[HEADER.FIELDS ({2}\r\nTo)]", "[HEADER.FIELDS({2}To)]"),
          invalid("MIME header of the message", "[MIME]", 1),
          invalid("part zero", "[0]", 1),
          invalid("part zero later", "[1.0]", 3),
          invalid("a leading zero", "[01]", 1),
          invalid("a dot at the end", "[1.]", 3),
          invalid("two dots", "[1..2]", 3),
          invalid("text without its dot", "[1TEXT]", 2),
          invalid("text and a part", "[TEXT.1]", 5),
          invalid("no fields", "[HEADER.FIELDS ()]", 16),
          invalid("fields without a list", "[HEADER.FIELDS To]", 15),
          invalid("fields without a space", "[HEADER.FIELDS(To)]", 14),
          invalid("fields missing", "[HEADER.FIELDS]", 14),
          invalid("header with fields", "[HEADER (To)]", 7),
          invalid("two spaces", "[HEADER.FIELDS (To  From)]", 19),
          invalid("unknown text", "[BODY]", 1),
          invalid("a space", "[ ]", 1),
          invalid("parentheses", "(TEXT)", 0),
          incomplete("cut in a keyword", "[HEAD"),
          incomplete("cut in a longer keyword", "[HEADER.FIEL"),
          incomplete("cut after a dot", "[1."),
          incomplete("not closed", "[1"),
      },
      [](Cursor& in, const Profile& profile) { return section(in, profile); }, kDump);
}

TEST(Section, SectionBinary) {
  check_rule(
      {
          accepted("the message", "[]", "[]"),
          accepted("parts", "[1.2]<", "[1/2/]", 1),
          invalid("text", "[TEXT]", 1),
          invalid("MIME header", "[1.MIME]", 3),
          invalid("a dot at the end", "[1.]", 3),
          invalid("part zero", "[0]", 1),
          incomplete("cut after a dot", "[1."),
      },
      [](Cursor& in, const Profile&) { return section_binary(in); }, kDump);
}

TEST(Section, Partial) {
  check_rule(
      {
          accepted("the first octet", "<0.1> ", "<0+1>", 1),
          accepted("leading zeros at the front", "<00.1>", "<0+1>"),
          accepted("beyond 32 bits", "<4294967296.4294967296>", "<4294967296+4294967296>"),
          accepted("the largest", "<9223372036854775807.9223372036854775807>",
                   "<9223372036854775807+9223372036854775807>"),
          accepted("the largest of rev1", "<4294967295.4294967295>", "<4294967295+4294967295>").in(kRev1),
          invalid("beyond 32 bits in rev1", "<4294967296.1>", 10).in(kRev1),
          invalid("beyond 32 bits in rev1, count", "<0.4294967296>", 12).in(kRev1),
          invalid("beyond 63 bits", "<0.9223372036854775808>", 21),
          invalid("no octets", "<0.0>", 3),
          invalid("a leading zero in the count", "<0.01>", 3),
          invalid("no count", "<0>", 2),
          invalid("an empty count", "<0.>", 3),
          invalid("a space", "<0. 1>", 3),
          incomplete("not closed", "<0.1"),
      },
      [](Cursor& in, const Profile& profile) { return partial(in, profile); }, kDump);
}

TEST(Section, FieldNamesIgnoreCase) {
  Arena arena;
  Cursor first("[HEADER.FIELDS (To From)]", arena, Limits{});
  Cursor second("[header.fields (\"TO\" from)]", arena, Limits{});
  Cursor third("[HEADER.FIELDS (To)]", arena, Limits{});
  const auto a = section(first, kRev2);
  const auto b = section(second, kRev2);
  const auto c = section(third, kRev2);
  ASSERT_TRUE(a && b && c);
  EXPECT_TRUE(*a == *b);
  EXPECT_FALSE(*a == *c);
}

}  // namespace
}  // namespace imapspec::parser::test
