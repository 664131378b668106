#include "parser/abnf/derivations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/parser/abnf/derivation_number.h"
#include "tests/parser/abnf/read.h"

namespace imapspec::abnf::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

// Derivations of the rule "a".
std::uint64_t count(const std::string& text, std::string_view octets) {
  const Grammar grammar = read(text);
  return number_of(Derivations(grammar).count(grammar.find("a").value(), octets));
}

struct CountRow {
  std::string_view name;
  std::string text;
  std::string octets;
  std::uint64_t count;
};

class DerivationCounts : public ::testing::TestWithParam<CountRow> {};

TEST_P(DerivationCounts, AreAsCounted) { EXPECT_EQ(count(GetParam().text, GetParam().octets), GetParam().count); }

std::string x(std::size_t times) { return std::string(times, 'x'); }

INSTANTIATE_TEST_SUITE_P(
    Table, DerivationCounts,
    ::testing::Values(
        CountRow{"One", "a = \"x\"\n", "x", 1}, CountRow{"None", "a = \"x\"\n", "y", 0},
        CountRow{"Nothing", "a = [\"x\"]\n", "", 1},
        CountRow{"Alternatives", "a = b / c / b\nb = 1*\"x\"\nc = *\"x\"\n", "xx", 3},
        CountRow{"SetOfOctetsIsALeaf", "a = (\"x\" / %x78 / b) *(\"y\" / \"Y\")\nb = \"x\" / \"X\"\n", "xyy", 1},
        CountRow{"Splits", "a = *\"x\" *\"x\"\n", "xxx", 4},
        CountRow{"SplitsOfThree", "a = *\"x\" *\"x\" *\"x\"\n", "xxx", 10},
        CountRow{"Option", "a = [b] \"x\"\nb = *\"y\"\n", "x", 2},
        CountRow{"BoundedRepetitionOfNothing", "a = *2b\nb = [\"x\"]\n", "", 3},
        CountRow{"BoundedRepetitionOfNullable", "a = 2*3b\nb = [\"x\"]\n", "x", 5},
        CountRow{"EndlessRepetitionOfNothing", "a = *b\nb = [\"x\"]\n", "x", kInfinite},
        CountRow{"EndlessRepetitionOfNothingInNothing", "a = *b \"y\"\nb = [\"x\"]\n", "y", kInfinite},
        CountRow{"EndlessRepetitionOfTexts", "a = *(\"x\" / \"xx\")\n", "xxxxx", 8},
        CountRow{"AtLeastTwo", "a = 2*(\"x\" / \"xx\")\n", "xxx", 3},
        CountRow{"LeftRecursion", "a = a \"x\" / \"x\"\n", x(50), 1},
        CountRow{"RightRecursion", "a = \"x\" a / \"x\"\n", x(50), 1}, CountRow{"Pairs", "a = a a / \"x\"\n", x(5), 14},
        CountRow{"UidSetOfRfc9051WithThreeItems", "a = (b / c) *(\",\" a)\nb = \"1\"\nc = b \":\" b\n", "1,1:1,1", 2},
        CountRow{"UidSetOfRfc9051With25Items", "a = (b / c) *(\",\" a)\nb = \"1\"\nc = b \":\" b\n",
                 "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1", 1289904147324},
        CountRow{"MoreThanCanBeCounted", "a = a a / \"x\"\n", x(60), 0xFFFFFFFFFFFFFFFFU},
        CountRow{"Cycle", "a = a / \"x\"\n", "x", kInfinite},
        CountRow{"CycleOfTwo", "a = b\nb = a / \"x\"\n", "x", kInfinite},
        CountRow{"CycleThroughNothing", "a = [b] a [b] / \"x\"\nb = \"y\"\n", "x", kInfinite},
        CountRow{"CycleOfNothing", "a = a / [\"x\"]\n", "", kInfinite},
        CountRow{"CycleElsewhere", "a = \"x\" / b \"y\"\nb = b / \"x\"\n", "x", 1},
        CountRow{"CycleThatMatchesNothingHere", "a = a b / \"x\"\nb = \"y\"\n", "xyy", 1},
        CountRow{"CycleInsideOnly", "a = \"(\" b \")\"\nb = b / \"x\"\n", "(x)", kInfinite},
        CountRow{"OptionValCompOfRfc9051", "a = b / a *(\" \" a) / \"(\" a \")\"\nb = 1*\"x\"\n", "(x)", kInfinite},
        CountRow{"NothingInTheMiddle", "a = \"x\" b \"y\" b\nb = c / [d]\nc = *\"z\"\nd = [\"z\"]\n", "xy", 9},
        CountRow{"Exclusion", "a = (b / c) - \"x\"\nb = *\"x\"\nc = 1*\"x\"\n", "xx", 2},
        CountRow{"ExclusionOfIt", "a = (b / c) - \"x\"\nb = *\"x\"\nc = 1*\"x\"\n", "x", 0},
        CountRow{"ExclusionInside", "a = *\"x\" (b - \"x\") *\"x\"\nb = *\"x\"\n", "xx", 4},
        CountRow{"Range", "a = b / c\nb = 1*DIGIT @range(1, 12)\nc = 1*d @range(0, 11)\nd = *\"0\" \"1\"\n", "11", 2},
        CountRow{"RangeOverSharedRules", "a = b / b \"x\" / c \"x\"\nb = 1*c @range(1, 12)\nc = 1*DIGIT\n", "11x", 3},
        CountRow{"Literal", "a = 1*(b @octets(b, (%x31-39 / \"x\")))\nb = DIGIT\n", "3x1x1x2xx", 1},
        CountRow{"LiteralInTwoWays", "a = b @octets(b, OCTET) *OCTET\nb = 1*DIGIT\n", "11xxxxxxxxxxx", 2},
        CountRow{"LiteralOfNothing", "a = b [c] @octets(b, \"x\") [c]\nb = 1*\"0\"\nc = \".\"\n", "00.", 2},
        CountRow{"StartIsASet", "a = \"x\" / \"y\"\n", "y", 1}),
    [](const auto& row) { return std::string(row.param.name); });

std::vector<std::string> outlines(const std::string& text, std::string_view octets, std::size_t most) {
  const Grammar grammar = read(text);
  std::vector<std::string> lines;
  for (const Derivation& derivation : Derivations(grammar).explain(grammar.find("a").value(), octets, most)) {
    lines.push_back(outline(grammar, derivation, octets));
  }
  return lines;
}

TEST(Explanations, ShowTheRulesOfEachDerivation) {
  EXPECT_THAT(outlines("a = \"(\" b [c] \")\" / \"(\" c \")\"\nb = 1*\"x\"\nc = *\"x\"\n", "(xx)", 10),
              UnorderedElementsAre("a \"(xx)\"\n  b \"x\"\n  c \"x\"\n", "a \"(xx)\"\n  b \"xx\"\n  c \"\"\n",
                                   "a \"(xx)\"\n  b \"xx\"\n", "a \"(xx)\"\n  c \"xx\"\n"));
}

TEST(Explanations, AreAsManyAsAreWanted) {
  EXPECT_THAT(outlines("a = a a / \"x\"\n", x(40), 3), SizeIs(3));
  EXPECT_THAT(outlines("a = a a / \"x\"\n", x(5), 100), SizeIs(14));
  EXPECT_THAT(outlines("a = a a / \"x\"\n", x(5), 0), IsEmpty());
  EXPECT_THAT(outlines("a = a a / \"x\"\n", "", 5), IsEmpty());
}

TEST(Explanations, GoIntoACycleOnce) {
  EXPECT_THAT(outlines("a = b / \"x\"\nb = a\n", "x", 10),
              ElementsAre("a \"x\"\n  b \"x\"\n    a \"x\" again\n", "a \"x\"\n"));
}

TEST(Explanations, ShowNestedRulesDeeper) {
  EXPECT_THAT(outlines("a = \"(\" [a] \")\"\n", "((()))", 10),
              ElementsAre("a \"((()))\"\n  a \"(())\"\n    a \"()\"\n"));
}

TEST(Explanations, ShowOctetsThatCannotBePrinted) {
  EXPECT_THAT(outlines("a = *OCTET\n", std::string_view("\"\\\x00\r\xFF", 5), 10),
              ElementsAre("a \"\\x22\\x5C\\x00\\x0D\\xFF\"\n"));
}

TEST(Derivations, OfHostileSentencesAreCountedWithinBounds) {
  const std::string list = "a = \"(\" [a *(SP a)] \")\" / 1*ALPHA\n";
  const std::string nested = std::string(5000, '(') + std::string(5000, ')');
  EXPECT_EQ(count(list, nested), 1U);
  EXPECT_THAT(outlines(list, nested, 2), SizeIs(1));
  EXPECT_EQ(count(list, std::string(65536, '(')), 0U);
  EXPECT_EQ(count(list, std::string(Derivations::kMostOctets + 1, 'x')), 0U);
}

}  // namespace
}  // namespace imapspec::abnf::test
