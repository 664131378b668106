// The recogniser against the meaning of grammars by definition, on all short strings.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "parser/abnf/recogniser.h"
#include "tests/parser/abnf/naive.h"
#include "tests/parser/abnf/random_grammar.h"
#include "tests/parser/abnf/read.h"

namespace imapspec::abnf::test {
namespace {

// How many octets of a string are the begin of something that a rule matches.
std::size_t furthest(const Grammar& grammar, RuleId rule, std::string_view text) {
  for (std::size_t length = text.size(); length > 0; --length) {
    if (Naive(grammar, text.substr(0, length), grammar.rule(rule).definition).viable()) return length;
  }
  return 0;
}

void compare(const Grammar& grammar, RuleId rule, const std::vector<std::string>& strings) {
  Recogniser recogniser(grammar);
  for (const std::string& text : strings) {
    const Naive naive(grammar, text, grammar.rule(rule).definition);
    const Recognition recognition = recogniser.recognise(rule, text);
    ASSERT_EQ(recognition.accepted, naive.matches()) << grammar.rule(rule).name << ": \"" << text << "\"\n"
                                                     << write(grammar);
    ASSERT_EQ(recognition.furthest, furthest(grammar, rule, text))
        << grammar.rule(rule).name << ": \"" << text << "\"\n"
        << write(grammar);
  }
}

struct StringsRow {
  std::string_view name;
  std::string_view alphabet;
  std::string text;
};

class NastyGrammars : public ::testing::TestWithParam<StringsRow> {};

TEST_P(NastyGrammars, AreRecognisedAsDefined) {
  const Grammar grammar = read(GetParam().text);
  compare(grammar, grammar.find("a").value(), strings_of(GetParam().alphabet, GetParam().alphabet.size() > 3 ? 4 : 5));
}

INSTANTIATE_TEST_SUITE_P(
    Recursion, NastyGrammars,
    ::testing::Values(
        StringsRow{"Cyclic", "xy", "a = a / \"x\" / b\nb = a / \"y\" b\n"}, StringsRow{"OnlyCyclic", "xy", "a = a\n"},
        StringsRow{"LeftRecursive", "xyz", "a = a \"x\" / \"y\"\n"},
        StringsRow{"RightRecursive", "xyz", "a = \"x\" a / \"y\"\n"},
        StringsRow{"RecursiveInTheMiddle", "xyz", "a = \"x\" a \"y\" / \"z\" / \"\"\n"},
        StringsRow{"Palindromes", "xy", "a = \"x\" a \"x\" / \"y\" a \"y\" / [\"x\" / \"y\"]\n"},
        StringsRow{"HiddenLeftRecursive", "xyz", "a = b a \"x\" / \"y\"\nb = [\"z\"]\n"},
        StringsRow{"IndirectLeftRecursive", "xyz", "a = b \"x\" / \"z\"\nb = a \"y\" / b \"y\"\n"},
        StringsRow{"ExponentiallyAmbiguous", "xy", "a = a a / \"x\" / a a a\n"},
        StringsRow{"UidSetOfRfc9051", "1,:", "a = (b / c) *(\",\" a)\nb = \"1\"\nc = b \":\" b\n"},
        StringsRow{"TaggedExtComp", "x ()", "a = b / a *(\" \" a) / \"(\" a \")\"\nb = 1*\"x\"\n"},
        StringsRow{"NestedOptions", "xy", "a = [[[\"x\"] a] \"y\"]\n"},
        StringsRow{"NullableInALoop", "xy", "a = *(*\"x\" *(\"y\" / b))\nb = [\"x\" \"y\"]\n"},
        StringsRow{"NullableEverywhere", "xy", "a = b c b c\nb = c [\"x\"] / \"\"\nc = *d\nd = [\"y\"] / b\n"},
        StringsRow{"MutuallyNullable", "xy", "a = b / \"x\"\nb = a [b] / [c]\nc = a a\n"},
        StringsRow{"MatchingParentheses", "()x", "a = *(\"(\" a \")\" / \"x\")\n"},
        StringsRow{"TwoCounters", "xyz", "a = b *\"z\" / *\"x\" c\nb = [\"x\" b \"y\"]\nc = [\"y\" c \"z\"]\n"},
        StringsRow{"RightRecursiveBeforeTheSame", "xy", "a = b \"x\"\nb = \"x\" b / \"x\"\n"}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Elements, NastyGrammars,
    ::testing::Values(StringsRow{"Prose", "xy",
                                 "a = \"x\" <anything> / \"xy\" / <anything> \"y\" / b\nb = \"y\" <more> / b \"x\"\n"},
                      StringsRow{"OnlyProse", "xy", "a = \"x\" <anything>\n"},
                      StringsRow{"EmptyText", "xy", "a = \"\" \"x\" \"\" / *\"\" \"y\"\n"},
                      StringsRow{"Letters", "xXyY", "a = \"xy\" / %s\"Xx\" / %i\"yY\"\n"},
                      StringsRow{"Repetitions", "xy", "a = 2\"x\" / 1*2\"y\" / 3*\"x\" / *2(\"x\" \"y\") / 0\"y\"\n"},
                      StringsRow{"RepetitionsOfRepetitions", "xy", "a = 2(1*2\"x\" / *(\"y\" \"y\"))\n"},
                      StringsRow{"RepetitionOfNullable", "xy", "a = 3*4[\"x\"] 2*([\"y\"] [\"x\"])\n"},
                      StringsRow{"CommonBegins", "xyz", "a = \"xyz\" / \"xy\" b / b \"yx\"\nb = \"x\" / \"z\"\n"}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Annotations, NastyGrammars,
    ::testing::Values(
        StringsRow{"Range", "0129", "a = b\nb = 1*DIGIT @range(2, 19)\n"},
        StringsRow{"RangeWithOtherDigits", "0129", "a = [b]\nb = c *DIGIT @range(12, 100)\nc = %x31-39\n"},
        StringsRow{"RangesInARow", "01,", "a = b *(\",\" b)\nb = 1*DIGIT @range(1, 10)\n"},
        StringsRow{"RangesSideBySide", "01x",
                   "a = b / c \"x\" / d \"xx\"\nb = 1*DIGIT @range(0, 1)\n"
                   "c = 1*DIGIT @range(10, 10)\nd = 1*(\"0\" / \"1\")\n"},
        StringsRow{"RangeBeforeDigits", "01", "a = b *DIGIT\nb = 1*DIGIT @range(1, 10)\n"},
        StringsRow{"RangeThatEndsAnywhere", "01", "a = b b b\nb = (\"0\" / \"1\" / \"01\" / 2*DIGIT) @range(1, 11)\n"},
        StringsRow{"Literal", "{}12x", "a = \"{\" DIGIT \"}\" @octets(DIGIT, \"x\")\n"},
        StringsRow{"LiteralAfterwards", "012x", "a = *(DIGIT @octets(DIGIT, (\"x\" / \"1\"))) [\"x\"]\n"},
        StringsRow{"LiteralOfNothing", "0x", "a = 1*(DIGIT \"x\" @octets(DIGIT, \"0\") \"x\")\n"},
        StringsRow{"LiteralWithOptions", "12x", "a = DIGIT [\"x\"] @octets(DIGIT, %x31-78) *\"x\"\n"},
        StringsRow{"LiteralOfManyDigits", "012x", "a = b @octets(b, OCTET)\nb = 1*DIGIT\n"},
        StringsRow{"LiteralWithRangedCount", "012x", "a = *b\nb = c @octets(c, \"x\")\nc = 1*DIGIT @range(1, 2)\n"},
        StringsRow{"LiteralWithNestedCount", "012x",
                   "a = c @octets(c, \"x\")\nc = *\"0\" d\nd = 1*DIGIT @range(2, 2)\n"},
        StringsRow{"LiteralsInLiterals", "12x",
                   "a = DIGIT (DIGIT @octets(DIGIT, \"x\")) @octets(DIGIT, (\"x\" / \"1\"))\n"},
        StringsRow{"LiteralAndTheSameWithout", "12x", "a = DIGIT @octets(DIGIT, \"x\") / DIGIT 3\"x\"\n"},
        StringsRow{"LiteralCountsTheNearest", "12x", "a = DIGIT DIGIT @octets(DIGIT, \"x\")\n"}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Exclusions, NastyGrammars,
    ::testing::Values(
        StringsRow{"Words", "xyz", "a = 1*b - (\"x\" / \"xy\" / \"zz\")\nb = \"x\" / \"y\" / \"z\"\n"},
        StringsRow{"InTheMiddle", "xy", "a = \"x\" (*b - \"xy\") \"y\"\nb = \"x\" / \"y\"\n"},
        StringsRow{"Octets", "xyz", "a = 1*(b - \"x\")\nb = \"x\" / \"y\" / \"z\"\n"},
        StringsRow{"OfEverything", "xy", "a = *\"x\" - *\"x\"\n"},
        StringsRow{"OfTheEmpty", "xy", "a = 2(*(\"x\" / \"y\") - \"\")\n"},
        StringsRow{"WithRecursionOnTheRight", "()", "a = *(\"(\" / \")\") - b\nb = *(\"(\" b \")\")\n"},
        StringsRow{"WithRecursionOnTheLeft", "()", "a = b - \"()\"\nb = *(\"(\" a \")\")\n"},
        StringsRow{"Twice", "xy", "a = *(\"x\" / \"y\") - (*\"x\" - \"xx\")\n"},
        StringsRow{"InARow", "xy", "a = *(\"x\" / \"y\") - *\"x\" - *\"y\"\n"},
        StringsRow{"ThreeDeep", "xy", "a = b - (c - (d - \"xyx\"))\nb = *(\"x\" / \"y\")\nc = \"x\" b\nd = b \"x\"\n"},
        StringsRow{"ThreeDeepWithRecursion", "xy",
                   "a = b - (c - (d - \"xyx\"))\nb = [\"x\" b / b \"y\"]\nc = \"x\" b\nd = b \"x\" / d d\n"},
        StringsRow{"ThatKeepsOnly", "xyz", "a = b - (b - c)\nb = 1*(\"x\" / \"y\" / \"z\")\nc = \"x\" *b\n"},
        StringsRow{"OfLiterals", "12x",
                   "a = 1*(DIGIT @octets(DIGIT, (DIGIT / \"x\"))) - (b @octets(b, \"x\"))\nb = \"1\"\n"},
        StringsRow{"OfRanges", "012", "a = *(b / \"2\") - c\nb = 1*DIGIT @range(1, 12)\nc = 1*DIGIT @range(2, 10)\n"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(RandomGrammars, AreRecognisedAsDefined) {
  const std::vector<std::string> strings = strings_of("xy", 4);
  int read_well = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    const auto grammar = random_grammar(seed);
    if (!grammar) continue;
    ++read_well;
    compare(*grammar, 0, strings);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(read_well, 200);
}

}  // namespace
}  // namespace imapspec::abnf::test
