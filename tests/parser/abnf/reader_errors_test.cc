// What is wrong with a grammar is said at its line and column.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/parser/abnf/read.h"

namespace imapspec::abnf::test {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

std::vector<std::string> errors_of(const std::vector<std::string>& texts, std::vector<std::string_view> roots = {"a"}) {
  std::vector<std::string> lines;
  const auto grammar = read_grammar(layers_of(texts), roots);
  if (grammar) return lines;
  for (const ReadError& error : grammar.error()) lines.push_back(describe(error));
  return lines;
}

struct ErrorRow {
  std::string_view name;
  std::string text;
  std::string_view error;
};

class ReadErrors : public ::testing::TestWithParam<ErrorRow> {};

TEST_P(ReadErrors, HaveAPlace) {
  EXPECT_THAT(errors_of({GetParam().text}), ElementsAre(std::string(GetParam().error)));
}

std::string nested(std::size_t depth) {
  return "a = " + std::string(depth, '(') + "\"x\"" + std::string(depth, ')') + "\n";
}

std::string exclusions(std::size_t count) {
  std::string text = "a = \"x\"";
  for (std::size_t i = 0; i < count; ++i) text += " - \"y\"";
  return text + "\n";
}

// Each rule excludes what the one before it matches.
std::string exclusion_tower(std::size_t height) {
  std::string text = "a = b" + std::to_string(height) + "\nb0 = \"x\"\n";
  for (std::size_t i = 1; i <= height; ++i) {
    text += "b" + std::to_string(i) + " = 1*\"x\" - b" + std::to_string(i - 1) + "\n";
  }
  return text;
}

INSTANTIATE_TEST_SUITE_P(
    Syntax, ReadErrors,
    ::testing::Values(
        ErrorRow{"NoName", "a = \"x\"\n= \"y\"\n", "1:2:1: expected the name of a rule"},
        ErrorRow{"NameWithDigitFirst", "1a = \"x\"\n", "1:1:1: expected the name of a rule"},
        ErrorRow{"NameWithUnderscore", "a_b = \"x\"\n", "1:1:2: expected \"=\""},
        ErrorRow{"Indented", "a = \"x\"\n\n  b = \"y\"\n", "1:3:3: expected a rule in column 1"},
        ErrorRow{"NoEquals", "a \"x\"\n", "1:1:3: expected \"=\""},
        ErrorRow{"NoElements", "a =\n", "1:1:4: expected an element"},
        ErrorRow{"NoElementsAtTheEnd", "a =", "1:1:4: expected an element, not the end of the file"},
        ErrorRow{"EmptyAlternative", "a = \"x\" /\nb = \"y\"\n", "1:1:10: expected an element"},
        ErrorRow{"EmptyGroup", "a = ()\n", "1:1:6: expected an element"},
        ErrorRow{"OpenGroup", "a = (\"x\" \"y\"\n", "1:1:13: expected \")\""},
        ErrorRow{"OpenOption", "a = [\"x\")\n", "1:1:9: expected \"]\""},
        ErrorRow{"GroupTooMany", "a = \"x\")\n", "1:1:8: expected the end of the rule"},
        ErrorRow{"NoSpaceBetween", "a = \"x\"\"y\"\n", "1:1:8: expected white space between elements"},
        ErrorRow{"SpaceInRepetition", "a = 1* \"x\"\n", "1:1:7: expected an element"},
        ErrorRow{"RepetitionOfNothing", "a = *\n", "1:1:6: expected an element"},
        ErrorRow{"TwoStars", "a = **\"x\"\n", "1:1:6: expected an element"},
        ErrorRow{"RepetitionBackwards", "a = \"x\"\n  3*2\"x\"\n",
                 "1:2:3: the repetition is empty: more at least than at most"},
        ErrorRow{"RepetitionTooLarge", "a = 99999999999999999999\"x\"\n", "1:1:5: the number is larger than 65536"},
        ErrorRow{"OpenText", "a = \"x\n", "1:1:7: expected a printable octet or DQUOTE"},
        ErrorRow{"TabInText", "a = \"x\ty\"\n", "1:1:7: expected a printable octet or DQUOTE"},
        ErrorRow{"OpenProse", "a = <x\n", "1:1:7: expected a printable octet or \">\""},
        ErrorRow{"PercentOfNothing", "a = %\n", "1:1:6: expected b, d or x, or s or i and DQUOTE"},
        ErrorRow{"PercentText", "a = %\"x\"\n", "1:1:6: expected b, d or x, or s or i and DQUOTE"},
        ErrorRow{"BitTwo", "a = %b2\n", "1:1:7: expected a bit"},
        ErrorRow{"NoHexDigit", "a = %xg\n", "1:1:7: expected a hexadecimal digit"},
        ErrorRow{"NoDigitAfterDot", "a = %d13.\n", "1:1:10: expected a digit"},
        ErrorRow{"OctetTooLarge", "a = %x100\n", "1:1:7: the number is larger than 255"},
        ErrorRow{"OctetFarTooLarge", "a = %d99999999999999999999999\n", "1:1:7: the number is larger than 255"},
        ErrorRow{"RangeBackwards", "a = %x02-01\n", "1:1:5: the range is empty"},
        ErrorRow{"RangeOfThree", "a = %x01-02-03\n", "1:1:12: expected white space between elements"},
        ErrorRow{"RangeAfterSeries", "a = %x01.02-03\n", "1:1:12: expected white space between elements"},
        ErrorRow{"BareCarriageReturn", "a = \"x\"\r \n", "1:1:8: expected the end of the line"},
        ErrorRow{"ControlInComment", "a = \"x\" ; \x01\n", "1:1:11: expected the end of the line"},
        ErrorRow{"ExclusionWithoutSpace", "a = \"x\" -\"y\"\n", "1:1:10: expected white space after \"-\""},
        ErrorRow{"ExclusionOfNothing", "a = \"x\" - \n", "1:1:11: expected an element"},
        ErrorRow{"ExclusionFromNothing", "a = - \"x\"\n", "1:1:5: expected an element"},
        ErrorRow{"RemovalWithElements", "a = \"a\"\na =- \"x\"\n", "1:2:6: expected the end of the rule"},
        ErrorRow{"UnknownAnnotation", "a = \"1\" @rang(1, 2)\n", "1:1:9: expected @octets("},
        ErrorRow{"RangeInsideAGroup", "a = (\"1\" @range(1, 2))\n", "1:1:10: expected \")\""},
        ErrorRow{"RangeInTheMiddle", "a = \"1\" @range(1, 2) \"1\"\n", "1:1:22: expected the end of the rule"},
        ErrorRow{"RangeOfOneNumber", "a = \"1\" @range(1)\n", "1:1:17: expected \",\""},
        ErrorRow{"RangeThatIsEmpty", "a = \"1\" @range(2, 1)\n", "1:1:9: the range is empty"},
        ErrorRow{"RangeTooLarge", "a = \"1\" @range(0, 18446744073709551616)\n",
                 "1:1:19: the number is larger than 18446744073709551615"},
        ErrorRow{"OctetsWithoutCount", "a = DIGIT @octets(, OCTET)\n", "1:1:19: expected the name of a rule"},
        ErrorRow{"OctetsWithoutOctet", "a = DIGIT @octets(DIGIT)\n", "1:1:24: expected \",\""},
        ErrorRow{"DeepNesting", nested(101), "1:1:105: groups are nested more than 100 deep"},
        ErrorRow{"ManyExclusions", exclusions(101), "1:1:609: groups are nested more than 100 deep"},
        ErrorRow{"ResolutionWithoutClause", "; @T1 must: reason\na = \"x\"\n",
                 "1:1:1: expected a resolution: @id severity, clause: reason"},
        ErrorRow{"ResolutionWithoutId", "; @ must, RFC 1: reason\na = \"x\"\n",
                 "1:1:1: expected a resolution: @id severity, clause: reason"},
        ErrorRow{"ResolutionOfUnknownSeverity", "a = \"x\"\n; @T1 should, RFC 1: reason\na =! \"x\"\n",
                 "1:2:1: expected the severity of a resolution to be syntax, must or lint"},
        ErrorRow{"ResolutionBesideARule", "a = \"x\" ; @T1 must, RFC 1: reason\n",
                 "1:1:10: a resolution stands on lines of its own, in front of a rule"},
        ErrorRow{"ResolutionOfNothing", "a = \"x\"\n; @T1 must, RFC 1: reason\n",
                 "1:2:1: no rule follows this resolution"}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Meaning, ReadErrors,
    ::testing::Values(
        ErrorRow{"Undefined", "a = \"x\" /\n  b\n", "1:2:3: there is no rule \"b\""},
        ErrorRow{"UndefinedCount", "a = DIGIT @octets(b, OCTET)\n", "1:1:11: there is no rule \"b\""},
        ErrorRow{"Duplicate", "a = \"x\"\nA = \"y\"\n", "1:2:1: \"A\" exists already, since 1:1"},
        ErrorRow{"DuplicateOfCoreRule", "a = SP\nSP = \"y\"\nSP = \"z\"\n", "1:3:1: \"SP\" exists already, since 1:2"},
        ErrorRow{"ExtensionOfNothing", "a = \"x\"\nb =/ \"y\"\n", "1:2:1: there is no rule \"b\" yet"},
        ErrorRow{"ReplacementOfNothing", "a = \"x\"\nb =! \"y\"\n", "1:2:1: there is no rule \"b\" yet"},
        ErrorRow{"RemovalOfNothing", "a = \"x\"\nb =-\n", "1:2:1: there is no rule \"b\" yet"},
        ErrorRow{"RemovalOfCoreRule", "a = SP\nSP =-\n", "1:2:1: there is no rule \"SP\" yet"},
        ErrorRow{"RemovalOfWhatIsUsed", "a = b\nb = \"x\"\nb =-\n", "1:1:5: there is no rule \"b\""},
        ErrorRow{"RemovalTwice", "a = \"x\"\nb = \"x\"\nb =-\nb =-\n", "1:4:1: there is no rule \"b\" yet"},
        ErrorRow{"RangeOfLetters", "a = 1*ALPHA @range(1, 2)\n", "1:1:1: a range is for a rule of one digit or more"},
        ErrorRow{"RangeOfNothing", "a = *DIGIT @range(1, 2)\n", "1:1:1: a range is for a rule of one digit or more"},
        ErrorRow{"RangeOfRecursion", "a = DIGIT [a] @range(1, 2)\n",
                 "1:1:1: a range is for a rule of one digit or more"},
        ErrorRow{"RangeTwice", "a = \"1\" @range(1, 2)\na =/ \"2\" @range(1, 3)\n",
                 "1:2:10: the rule has a range already"},
        ErrorRow{"RangeInARange", "a = \"1\" b @range(1, 20)\nb = DIGIT @range(1, 2)\n",
                 "1:1:1: there is a range in this range"},
        ErrorRow{"RangeOfTooLargeARule", "a = 40b @range(1, 20)\nb = 40DIGIT\n",
                 "1:1:1: with all rules written out, the range's rule is too large"},
        ErrorRow{"CountOfLetters", "a = ALPHA @octets(ALPHA, OCTET)\n",
                 "1:1:11: a count is a rule of one digit or more"},
        ErrorRow{"CountedText", "a = DIGIT @octets(DIGIT, \"xy\")\n", "1:1:11: what is counted is one octet"},
        ErrorRow{"CountElsewhere", "a = *(DIGIT \"x\") @octets(DIGIT, OCTET)\n",
                 "1:1:18: \"DIGIT\" does not stand before its @octets"},
        ErrorRow{"CountAfterwards", "a = \"x\" @octets(DIGIT, OCTET) DIGIT\n",
                 "1:1:9: \"DIGIT\" does not stand before its @octets"},
        ErrorRow{"CountAlone", "a = @octets(DIGIT, OCTET)\n", "1:1:5: \"DIGIT\" does not stand before its @octets"},
        ErrorRow{"TwoCounts", "a = DIGIT @octets(DIGIT, OCTET) @octets(DIGIT, SP)\n",
                 "1:1:33: there is a second @octets in one concatenation"},
        ErrorRow{"ExclusionOfItself", "a = \"x\" - b\nb = \"y\" [a]\n",
                 "1:1:5: the right side of this exclusion depends on the exclusion"},
        ErrorRow{"ExclusionsInExclusions", exclusion_tower(17), "1:19:7: exclusions in exclusions are too deep"},
        ErrorRow{"RepetitionsMultiplied", "a = 1000(1000(1000\"x\"))\n",
                 "1:1:1: with its repetitions written out, the grammar is too large"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(ReadErrors, OfSeveralLinesComeTogether) {
  EXPECT_THAT(errors_of({"a = (\nb = \"x\"\nc = %\n", "d = **\n"}),
              ElementsAre("1:1:6: expected an element", "1:3:6: expected b, d or x, or s or i and DQUOTE",
                          "2:1:6: expected an element"));
}

TEST(ReadErrors, NameEveryRuleThatNoRootReaches) {
  EXPECT_THAT(errors_of({"a = \"x\"\nb = c\nc = b / \"y\"\n"}),
              ElementsAre("1:2:1: no root reaches \"b\"", "1:3:1: no root reaches \"c\""));
}

TEST(ReadErrors, NameRootsThatAreNoRules) {
  EXPECT_THAT(errors_of({"a = \"x\"\n"}, {"a", "b"}), ElementsAre("the root \"b\" is not a rule"));
}

TEST(ReadErrors, AreNotMoreThanAReaderCanUse) {
  std::string text;
  for (int i = 0; i < 10000; ++i) text += "?\n";
  EXPECT_THAT(errors_of({text}), SizeIs(kMaxErrors));
  std::string undefined = "a = \"x\"";
  for (int i = 0; i < 10000; ++i) undefined += " / b" + std::to_string(i);
  EXPECT_THAT(errors_of({undefined}), SizeIs(kMaxErrors));
}

TEST(HostileGrammars, AreReadWithinBounds) {
  EXPECT_THAT(errors_of({nested(100)}), ElementsAre());
  EXPECT_THAT(errors_of({exclusions(100)}), ElementsAre());
  EXPECT_THAT(errors_of({exclusion_tower(16)}), ElementsAre());
  EXPECT_THAT(errors_of({nested(1000000)}), SizeIs(1));
  EXPECT_THAT(errors_of({std::string(1000000, '\r')}), SizeIs(1));
  EXPECT_THAT(errors_of({"a = " + std::string(1000000, '"')}), SizeIs(1));
  EXPECT_THAT(errors_of({std::string("a = \"\0\"\n", 8)}), ElementsAre("1:1:6: expected a printable octet or DQUOTE"));
}

TEST(HostileGrammars, MayBeLongChainsOfRules) {
  constexpr int kLength = 20000;
  std::string text = "a = b0\n";
  for (int i = 0; i < kLength; ++i) text += "b" + std::to_string(i) + " = b" + std::to_string(i + 1) + "\n";
  EXPECT_THAT(errors_of({text + "b20000 = \"x\"\n"}), ElementsAre());
  EXPECT_THAT(errors_of({text + "b20000 = a\n"}), ElementsAre());
}

}  // namespace
}  // namespace imapspec::abnf::test
