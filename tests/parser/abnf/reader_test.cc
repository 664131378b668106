#include "parser/abnf/reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/parser/abnf/read.h"

namespace imapspec::abnf::test {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

// A definition, and how it is written again.
struct ElementRow {
  std::string_view name;
  std::string_view text;
  std::string_view written;
};

class Elements : public ::testing::TestWithParam<ElementRow> {};

TEST_P(Elements, AreReadAndWritten) {
  const Grammar grammar = read("a = " + std::string(GetParam().text) + "\n");
  EXPECT_EQ(definition(grammar, "a"), GetParam().written);
  const std::string all = write(grammar);
  EXPECT_EQ(write(read(all)), all);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Elements,
    ::testing::Values(ElementRow{"Text", R"("ab")", R"("ab")"}, ElementRow{"EmptyText", R"("")", R"("")"},
                      ElementRow{"TextOfBackslashAndStar", R"("\*")", R"("\*")"},
                      ElementRow{"SensitiveText", R"(%s"aB")", R"(%s"aB")"},
                      ElementRow{"SensitiveTextUpper", R"(%S"aB")", R"(%s"aB")"},
                      ElementRow{"InsensitiveText", R"(%i"aB")", R"("aB")"}, ElementRow{"Hex", "%x0d", "%x0D"},
                      ElementRow{"Decimal", "%d13", "%x0D"}, ElementRow{"Binary", "%b1101", "%x0D"},
                      ElementRow{"UpperBases", "%X0D %D13 %B1101", "%x0D %x0D %x0D"},
                      ElementRow{"LeadingZeros", "%x000000041", "%x41"}, ElementRow{"HexRange", "%x41-5a", "%x41-5A"},
                      ElementRow{"DecimalRange", "%d0-255", "%x00-FF"}, ElementRow{"BinaryRange", "%b0-1", "%x00-01"},
                      ElementRow{"RangeOfOne", "%x41-41", "%x41"}, ElementRow{"Series", "%d13.10", "%x0D.0A"},
                      ElementRow{"PrintableSeries", "%x41.62", R"(%s"Ab")"},
                      ElementRow{"SeriesWithQuote", "%x41.22", "%x41.22"}, ElementRow{"Option", R"(["x"])", R"(["x"])"},
                      ElementRow{"OptionAsRepetition", R"(*1"x")", R"(["x"])"},
                      ElementRow{"Star", R"(*"x")", R"(*"x")"}, ElementRow{"AtLeast", R"(2*"x")", R"(2*"x")"},
                      ElementRow{"AtMost", R"(*3"x")", R"(*3"x")"}, ElementRow{"Between", R"(2*3"x")", R"(2*3"x")"},
                      ElementRow{"Exactly", R"(3"x")", R"(3"x")"}, ElementRow{"ExactlyOne", R"(1"x")", R"(1"x")"},
                      ElementRow{"None", R"(0"x")", R"(0"x")"},
                      ElementRow{"Alternation", R"("x"/"y"   /   "z")", R"("x" / "y" / "z")"},
                      ElementRow{"ConcatenationBindsTighter", R"("x" "y" / "z")", R"("x" "y" / "z")"},
                      ElementRow{"GroupInConcatenation", R"("x" ("y" / "z"))", R"("x" ("y" / "z"))"},
                      ElementRow{"GroupOfOne", R"((("x")))", R"("x")"},
                      ElementRow{"GroupInAlternation", R"("x" / ("y" / "z"))", R"("x" / ("y" / "z"))"},
                      ElementRow{"GroupOfConcatenation", R"("x" ("y" "z"))", R"("x" ("y" "z"))"},
                      ElementRow{"RepeatedGroup", R"(1*("x" "y"))", R"(1*("x" "y"))"},
                      ElementRow{"RepetitionOfRepetition", R"(*(1*"x"))", R"(*(1*"x"))"},
                      ElementRow{"RepeatedOption", R"(2["x"])", R"(2["x"])"},
                      ElementRow{"OptionOfAlternation", R"(["x" / "y"])", R"(["x" / "y"])"},
                      ElementRow{"WhiteSpaceInGroups", "( \"x\" \n / \t\"y\" )", R"("x" / "y")"},
                      ElementRow{"Prose", "<any octet, \"really\">", "<any octet, \"really\">"},
                      ElementRow{"Exclusion", R"("x" - "y")", R"("x" - "y")"},
                      ElementRow{"ExclusionBindsLikeARepetition", R"("w" *"x" - 1*"y" "z")",
                                 R"("w" (*"x" - 1*"y") "z")"},
                      ElementRow{"ExclusionInAlternation", R"("x" - "y" / "z")", R"("x" - "y" / "z")"},
                      ElementRow{"ExclusionOfGroup", R"("x" - ("y" / "z"))", R"("x" - ("y" / "z"))"},
                      ElementRow{"ExclusionsNestToTheLeft", R"("x" - "y" - "z")", R"("x" - "y" - "z")"},
                      ElementRow{"ExclusionInExclusion", R"("x" - ("y" - "z"))", R"("x" - ("y" - "z"))"},
                      ElementRow{"RepeatedExclusion", R"(*("x" - "y"))", R"(*("x" - "y"))"},
                      ElementRow{"Octets", "DIGIT @octets( digit ,  OCTET )", "DIGIT @octets(DIGIT, OCTET)"},
                      ElementRow{"OctetsOfGroup", R"(DIGIT ":" @octets(DIGIT, (%x01-FF - "x")))",
                                 R"(DIGIT ":" @octets(DIGIT, (%x01-FF - "x")))"},
                      ElementRow{"ReferenceInAnyCase", "digit / DIGIT", "DIGIT / DIGIT"},
                      ElementRow{"CommentsAndContinuation", "\"x\" ; one\n ; two\n \n\t\"y\"", R"("x" "y")"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Layers, LaterOnesExtendReplaceAndRemove) {
  const Grammar grammar =
      read({"a = b / c\nb = \"b\"\nc = \"c\"\n", "B =/ \"bb\" / \"bbb\"\nc =! DIGIT\n", "A =! b\nc =-\n"}, {"a"});
  EXPECT_EQ(write(grammar), "a = b\nb = \"b\" / \"bb\" / \"bbb\"\n");
  ASSERT_THAT(grammar.removals(), SizeIs(1));
  EXPECT_EQ(grammar.removals()[0].name, "c");
  EXPECT_EQ(grammar.removals()[0].place.source, 2U);
}

TEST(Layers, RemovedRuleCanBeDefinedAgain) {
  EXPECT_EQ(write(read({"a = \"x\"\n", "a =-\n", "a = \"y\"\n"}, {"a"})), "a = \"y\"\n");
}

TEST(Layers, IncrementalAlternativesAreOneList) {
  const Grammar grammar = read("a = \"1\" / \"2\"\na =/ \"3\"\na =/ \"4\" / \"5\"\n");
  EXPECT_THAT(grammar.node(grammar.rule(0).definition).children, SizeIs(5));
}

TEST(Layers, CoreRulesMayBeDefinedExtendedAndReplaced) {
  EXPECT_EQ(write(read("a = SP\nSP = \"_\"\n")), "a = SP\nSP = \"_\"\n");
  EXPECT_EQ(write(read("a = SP\nSP =/ \"_\"\n")), "a = SP\nSP = %x20 / \"_\"\n");
  EXPECT_EQ(write(read("a = SP\nSP =! \"_\"\n")), "a = SP\nSP = \"_\"\n");
}

TEST(Layers, CoreRuleIsWhatItWasOnceItsDefinitionIsRemoved) {
  EXPECT_EQ(write(read({"a = SP\nSP = <elsewhere>\n", "SP =-\n"}, {"a"})), "a = SP\nSP = %x20\n");
}

TEST(Layers, CoreRuleMayBeTheRoot) { EXPECT_EQ(write(read({""}, {"crlf"})), "CRLF = CR LF\nCR = %x0D\nLF = %x0A\n"); }

TEST(Ranges, StandAtTheEndOfARule) {
  const Grammar grammar = read("a = 1*DIGIT @range( 1 , 18446744073709551615 ) ; comment\n");
  ASSERT_TRUE(grammar.rule(0).range.has_value());
  EXPECT_EQ(grammar.rule(0).range->least, 1U);
  EXPECT_EQ(grammar.rule(0).range->most, 18446744073709551615U);
  EXPECT_EQ(definition(grammar, "a"), "1*DIGIT");
  EXPECT_EQ(write(read(write(grammar))), write(grammar));
}

TEST(Ranges, GoWithTheDefinitionThatIsReplacedAndComeWithAnExtension) {
  EXPECT_FALSE(read({"a = 1*DIGIT @range(1, 2)\n", "a =! 1*DIGIT\n"}, {"a"}).rule(0).range);
  EXPECT_EQ(read({"a = 1*DIGIT\n", "a =/ \"1\" @range(1, 2)\n"}, {"a"}).rule(0).range->most, 2U);
}

TEST(Resolutions, BelongToTheRuleThatFollows) {
  const Grammar grammar = read({"a = b\n; @L1 syntax, RFC 9051 section 9: \"b\" is: meant\n\n; a comment\nb = \"b\"\n",
                                "; @T2 must, RFC 5182 section 2.1: one\n;  line more\n;   and another\n"
                                "; @T3 must, RFC 1: two\nb =! \"c\"\n; @L4 lint, RFC 2: nothing to do here\n"},
                               {"a"});
  EXPECT_THAT(grammar.rule(0).resolutions, SizeIs(0));
  const std::vector<Resolution>& found = grammar.rule(grammar.find("b").value()).resolutions;
  ASSERT_THAT(found, SizeIs(3));
  EXPECT_EQ(found[0].id, "L1");
  EXPECT_EQ(found[0].severity, "syntax");
  EXPECT_EQ(found[0].clause, "RFC 9051 section 9");
  EXPECT_EQ(found[0].reason, "\"b\" is: meant");
  EXPECT_EQ(found[1].id, "T2");
  EXPECT_EQ(found[1].severity, "must");
  EXPECT_EQ(found[1].reason, "one line more and another");
  EXPECT_EQ(found[2].id, "T3");
  EXPECT_EQ(write(read(write(grammar))), write(grammar));
}

TEST(Resolutions, OfARemovalAreKept) {
  const Grammar grammar = read({"a = \"a\"\nb = \"b\"\n; @T9 must, RFC 1: it is obsolete\nb =-\n"}, {"a"});
  ASSERT_THAT(grammar.removals(), SizeIs(1));
  ASSERT_THAT(grammar.removals()[0].resolutions, SizeIs(1));
  EXPECT_EQ(grammar.removals()[0].resolutions[0].reason, "it is obsolete");
}

TEST(Prose, IsListed) {
  const Grammar grammar = read("a = <one> / b\nb = \"b\" / <two>\n");
  std::vector<std::string> texts;
  for (const NodeId id : prose(grammar)) texts.push_back(grammar.node(id).text);
  EXPECT_THAT(texts, ElementsAre("one", "two"));
}

TEST(Places, AreThoseOfTheDefinitionInForce) {
  const Grammar grammar = read({"a = \"a\"\n", "\n\n; comment\na =!\n  \"b\"\n  c\nc = %x20\n"}, {"a"});
  EXPECT_EQ(grammar.rule(0).place.source, 1U);
  EXPECT_EQ(grammar.rule(0).place.line, 4U);
  EXPECT_EQ(grammar.rule(0).place.column, 1U);
  const Node& reference = grammar.node(grammar.node(grammar.rule(0).definition).children[1]);
  EXPECT_EQ(reference.place.line, 6U);
  EXPECT_EQ(reference.place.column, 3U);
}

TEST(Names, AreFoundInAnyCase) {
  const Grammar grammar = read("a = Seq-Set\nSEQ-set = \"x\"\n");
  EXPECT_EQ(grammar.find("seq-SET"), 1U);
  EXPECT_EQ(grammar.rule(1).name, "SEQ-set");
  EXPECT_EQ(grammar.find("seq"), std::nullopt);
}

TEST(Files, NeedNoLineEndAtTheirEnd) {
  EXPECT_EQ(write(read("a = \"x\" ; comment")), "a = \"x\"\n");
  EXPECT_EQ(write(read("; nothing\r\n   \r\n  ; indented\r\na = \"x\"\r\n  ")), "a = \"x\"\n");
}

}  // namespace
}  // namespace imapspec::abnf::test
