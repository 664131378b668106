#include "parser/abnf/generator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

#include "parser/abnf/coverage.h"
#include "tests/parser/abnf/sentences.h"

namespace imapspec::abnf::test {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

struct Sample {
  const char* name;
  const char* grammar;
};

const Sample kSamples[] = {
    {"Alternatives", "root = \"a\" / \"b\" (\"c\" / \"d\" / [\"e\"] \"f\")\n"},
    {"Counts", "root = *\"a\" 1*\"b\" 2\"c\" 2*3\"d\" *2\"e\" 3*9\"f\" [\"g\"]\n"},
    {"Ranges", "root = %x00-FF %x30-39 %x41-42 %x43 %d13.10\n"},
    {"Numbers", "root = number \" \" nz\nnumber = 1*DIGIT @range(0, 4294967295)\nnz = %x31-39 *DIGIT @range(1, 300)\n"},
    {"FixedDigits", "root = hour \":\" hour\nhour = 2DIGIT @range(0, 23)\n"},
    {"Literals",
     "root = text / \"~{\" n \"}\" CRLF @octets(n, OCTET)\n"
     "text = \"{\" n [\"+\"] \"}\" CRLF @octets(n, %x01-FF) \".\" n\nn = 1*DIGIT @range(0, 9999999)\n"},
    {"LiteralsThatAreNotEmpty", "root = \"{\" n \"}\" @octets(n, ALPHA) \".\" n\nn = %x31-39 *DIGIT\n"},
    {"CountsOfTheirOwn",
     "root = \"{\" size \"}\" @octets(size, ALPHA) / \"[\" short \"]\" @octets(short, ALPHA)\n"
     "size = *\"0\" %x31-39 [DIGIT]\nshort = 1*DIGIT @range(0, 4096)\n"},
    {"Classes", "root = 1*(CHAR - special) tail\nspecial = \"(\" / \")\" / CTL / SP\ntail = %x80-8F - %x82-84\n"},
    {"Differences", "root = known / word - (known [\"!\"])\nword = 1*ALPHA [\"!\"]\nknown = \"alpha\" / \"beta\"\n"},
    {"ClassesOfClasses",
     "root = 1*(text - quote) \".\" / ((%x01-7F - (%x0A / %x0D)) - %x00-40)\ntext = %x01-7F - (lf / cr)\nquote = %x22 "
     "/ %x5C\nlf = %x0A\ncr = %x0D\n"},
    {"Recursion", "root = \"x\" / \"(\" root *(\" \" root) \")\" / \"not \" root / \"or \" root \" \" root\n"},
    {"LeftRecursion", "root = root \"+\" \"1\" / \"1\"\n"},
    {"Cycles", "root = \"a\" / root *(\" \" root) / \"(\" root \")\"\n"},
    {"EmptyCycles", "root = *root / \"a\" / [root] [root]\n"},
    {"MutualRecursion", "root = \"a\" / \"[\" b \"]\"\nb = \"b\" / \"<\" c \">\"\nc = root / b c\n"},
};

class EachSample : public ::testing::TestWithParam<Sample> {};

TEST_P(EachSample, DerivesOnlySentencesOfTheLanguage) {
  Language language(GetParam().grammar);
  for (const std::string& sentence : language.sentences(400)) {
    ASSERT_TRUE(language.has(sentence)) << ::testing::PrintToString(sentence);
  }
}

TEST_P(EachSample, MakesEveryChoice) {
  Language language(GetParam().grammar);
  Generator generator = language.generator();
  for (int i = 0; i < 400; ++i) {
    ASSERT_TRUE(generator.sentence());
    generator.near_miss();
  }
  const CoverageReport found = report({{&language.table(), &generator.coverage()}});
  EXPECT_THAT(found.missed, IsEmpty());
  EXPECT_EQ(found.rules.covered, found.rules.all);
  EXPECT_EQ(found.alternatives.covered, found.alternatives.all);
  EXPECT_EQ(found.points.covered, found.points.all);
}

TEST_P(EachSample, IsTheSameForTheSameSeed) {
  Language language(GetParam().grammar);
  EXPECT_EQ(language.sentences(50, 7), language.sentences(50, 7));
}

TEST_P(EachSample, HasSpansOfWhatTheirNodesMatch) {
  Language language(GetParam().grammar);
  Generator generator = language.generator();
  for (int i = 0; i < 50; ++i) {
    const auto sentence = generator.sentence();
    ASSERT_TRUE(sentence);
    for (const Span& span : sentence->spans) {
      ASSERT_LE(span.offset + span.size, sentence->octets.size());
      const auto octets = std::string_view(sentence->octets).substr(span.offset, span.size);
      EXPECT_TRUE(language.matches()(span.node, octets)) << ::testing::PrintToString(octets);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Generator, EachSample, ::testing::ValuesIn(kSamples),
                         [](const auto& sample) { return sample.param.name; });

TEST(Generator, OtherSeedsDeriveOtherSentences) {
  Language language("root = 1*ALPHA\n");
  EXPECT_NE(language.sentences(20, 1), language.sentences(20, 2));
}

TEST(Generator, NumbersReachTheEndsOfTheirRange) {
  Language language("root = n\nn = 1*DIGIT @range(5, 4294967295)\n");
  EXPECT_THAT(language.sentences(200), IsSupersetOf({"5", "6", "05", "0005", "2147483647", "2147483648", "4294967294",
                                                     "4294967295", "04294967295"}));
}

TEST(Generator, NumbersOfAllSixtyFourBitsAreWritten) {
  Language language("root = n\nn = 1*DIGIT @range(0, 18446744073709551615)\n");
  EXPECT_THAT(language.sentences(200), IsSupersetOf({"0", "1", "9223372036854775807", "9223372036854775808",
                                                     "18446744073709551614", "18446744073709551615"}));
}

TEST(Generator, NearMissesLeaveTheRange) {
  Language language("root = n\nn = 1*DIGIT @range(5, 4294967295)\n");
  Generator generator = language.generator();
  std::set<std::string> near;
  for (int i = 0; i < 100; ++i) {
    const auto sentence = generator.near_miss();
    ASSERT_TRUE(sentence);
    EXPECT_FALSE(language.has(sentence->octets)) << sentence->octets;
    near.insert(sentence->octets);
  }
  EXPECT_THAT(near, IsSupersetOf({"0", "1", "4", "4294967296", "18446744073709551616"}));
}

TEST(Generator, NearMissesAreWhatADifferenceTakesAway) {
  Language language("root = \"<\" word - (\"alpha\" / \"beta\") \">\"\nword = 1*ALPHA\n");
  Generator generator = language.generator();
  std::set<std::size_t> sizes;
  for (int i = 0; i < 50; ++i) {
    const auto sentence = generator.near_miss();
    ASSERT_TRUE(sentence);
    EXPECT_FALSE(language.has(sentence->octets)) << sentence->octets;
    sizes.insert(sentence->octets.size());
  }
  EXPECT_THAT(sizes, UnorderedElementsAre(6U, 7U));
}

TEST(Generator, WithoutRangeAndDifferenceThereIsNoNearMiss) {
  Language language("root = \"a\"\n");
  EXPECT_FALSE(language.generator().near_miss());
}

TEST(Generator, LiteralsHoldLinesAndNul) {
  Language language("root = n CRLF @octets(n, OCTET)\nn = 1*DIGIT\n");
  std::set<char> octets;
  std::set<std::size_t> sizes;
  bool has_announcement = false;
  for (const std::string& sentence : language.sentences(400)) {
    const std::string literal = sentence.substr(sentence.find('\n') + 1);
    octets.insert(literal.begin(), literal.end());
    sizes.insert(literal.size());
    has_announcement = has_announcement || literal.find("{5}\r\n") != std::string::npos;
  }
  EXPECT_THAT(octets, IsSupersetOf({'\r', '\n', '\0', '"', '\xff'}));
  EXPECT_THAT(sizes, IsSupersetOf({0U, 1U, 2U, 3U}));
  EXPECT_TRUE(has_announcement);
}

TEST(Generator, LettersComeInEveryCase) {
  Language language("root = \"fetch\" %s\"Body\" \"x\"\n");
  const auto sentences = language.sentences(60);
  EXPECT_THAT(sentences, Contains(::testing::StartsWith("FETCH")));
  EXPECT_THAT(sentences, Contains(::testing::StartsWith("fetch")));
  EXPECT_THAT(sentences, Contains(::testing::ContainsRegex("^([A-Z][a-z]|[a-z][A-Z])")));
  EXPECT_THAT(sentences, Each(::testing::HasSubstr("Body")));
  EXPECT_THAT(sentences, Contains(::testing::EndsWith("x")));
  EXPECT_THAT(sentences, Contains(::testing::EndsWith("X")));
}

TEST(Generator, AClassIsTriedAtItsEnds) {
  Language language("root = CHAR - (\"(\" / \")\" / CTL / SP)\n");
  const auto sentences = language.sentences(100);
  EXPECT_THAT(sentences, IsSupersetOf({"!", "'", "*", "~"}));
  EXPECT_THAT(sentences, Not(Contains(" ")));
}

TEST(Generator, MostSentencesAreShort) {
  Language language("root = 1*(ALPHA / \"(\" root \")\")\n");
  std::size_t octets = 0;
  for (const std::string& sentence : language.sentences(300)) octets += sentence.size();
  EXPECT_GT(octets, 300U * 5);
  EXPECT_LT(octets, 300U * 200);
}

TEST(Coverage, ProseIsUnderivableAndNotCounted) {
  Language language("root = \"a\" / prose \"b\"\nprose = <anything>\n");
  Generator generator = language.generator();
  for (int i = 0; i < 20; ++i) EXPECT_EQ(generator.sentence()->octets.size(), 1U);
  const CoverageReport found = report({{&language.table(), &generator.coverage()}});
  EXPECT_THAT(found.underivable,
              Contains("root (line 1, column 8): alternative 2, prose \"b\", of which there are no sentences"));
  EXPECT_EQ(found.alternatives.all, 1U);
  EXPECT_EQ(found.rules.all, 1U);
  EXPECT_THAT(found.missed, IsEmpty());
}

TEST(Coverage, NamesWhatWasNotChosen) {
  Language language("root = \"a\" / \"b\" [n]\nn = 1*DIGIT @range(0, 7)\n");
  const Generator generator = language.generator();
  const CoverageReport found = report({{&language.table(), &generator.coverage()}});
  EXPECT_EQ(found.rules.covered, 0U);
  EXPECT_THAT(found.missed,
              IsSupersetOf({"root (line 1, column 8): alternative 2, \"b\" [n]",
                            "root (line 1, column 8): \"a\" in lower case", "n (line 2, column 5): number 7"}));
}

TEST(Coverage, SaysWhyAChoiceIsUnderivable) {
  Language language(
      "root = (b - \"x\") n @octets(n, b)\nb = (\"x\" / \"y\") - \"y\" / \"z\"\nn = DIGIT @range(1, 9)\n");
  const Generator generator = language.generator();
  EXPECT_THAT(report({{&language.table(), &generator.coverage()}}).underivable,
              IsSupersetOf({"root (line 1, column 20): length class 0, which its number never says",
                            "b (line 2, column 12): \"y\" in lower case, which a \"-\" takes away"}));
}

TEST(Coverage, OfOneGrammarIsThatOfAllItsTables) {
  Language language("root = x / y\nx = \"1\" z\ny = \"2\" z\nz = \"3\" / \"4\"\n");
  const Grammar& grammar = language.grammar();
  std::vector<DerivationTable> tables;
  std::vector<Coverage> coverages;
  for (const char* rule : {"x", "y"}) {
    tables.emplace_back(grammar, grammar.rule(*grammar.find(rule)).definition, language.matches());
  }
  for (const DerivationTable& table : tables) {
    Generator generator(table, language.matches(), 1);
    generator.sentence();
    coverages.push_back(generator.coverage());
  }
  const CoverageReport found = report({{&tables[0], &coverages[0]}, {&tables[1], &coverages[1]}});
  EXPECT_EQ(found.rules.covered, 3U);
  EXPECT_EQ(found.rules.all, 3U);
  EXPECT_EQ(found.alternatives.all, 2U);
  EXPECT_EQ(found.points.all, report({{&tables[0], &coverages[0]}}).points.all + 3);
  EXPECT_EQ(found.unreached, std::vector{*grammar.find("root")});
  EXPECT_THAT(report({{&tables[0], &coverages[0]}}).unreached, SizeIs(2));
}

TEST(Coverage, MergesWhatSeveralGeneratorsChose) {
  Coverage one(3);
  Coverage two(3);
  one.add(0);
  two.add(0);
  two.add(2);
  one.merge(two);
  EXPECT_EQ(one.count(0), 2U);
  EXPECT_EQ(one.count(1), 0U);
  EXPECT_EQ(one.count(2), 1U);
}

}  // namespace
}  // namespace imapspec::abnf::test
