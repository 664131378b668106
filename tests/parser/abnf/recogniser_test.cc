#include "parser/abnf/recogniser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/parser/abnf/read.h"

namespace imapspec::abnf::test {
namespace {

using ::testing::ElementsAre;

// A grammar with a recogniser of its rule "a".
class RecognisedLanguage {
 public:
  explicit RecognisedLanguage(const std::string& text) : grammar_(read(text)), recogniser_(grammar_) {}
  RecognisedLanguage(const RecognisedLanguage&) = delete;
  RecognisedLanguage& operator=(const RecognisedLanguage&) = delete;

  bool has(std::string_view octets) { return recognise(octets).accepted; }
  std::size_t furthest(std::string_view octets) { return recognise(octets).furthest; }
  std::vector<std::string> expected(std::string_view octets) { return recognise(octets, true).expected; }

  Recognition recognise(std::string_view octets, bool with_expected = false) {
    return recogniser_.recognise(grammar_.find("a").value(), octets, with_expected);
  }
  [[nodiscard]] const Grammar& grammar() const { return grammar_; }
  Recogniser& recogniser() { return recogniser_; }

 private:
  Grammar grammar_;
  Recogniser recogniser_;
};

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST(Recogniser, TakesLiteralsByTheirCount) {
  RecognisedLanguage literal(
      "a = \"{\" number [\"+\"] \"}\" CRLF @octets(number, CHAR8) \".\"\nnumber = 1*DIGIT\nCHAR8 = %x01-FF\n");
  EXPECT_TRUE(literal.has("{3}\r\nabc."));
  EXPECT_TRUE(literal.has("{3+}\r\n{1}."));
  EXPECT_TRUE(literal.has("{0}\r\n."));
  EXPECT_TRUE(literal.has("{0000000000000000000000000000000000000000000000000000000000000001}\r\n\xff."));
  EXPECT_FALSE(literal.has("{2}\r\nabc."));
  EXPECT_EQ(literal.furthest("{2}\r\nabc."), 7U);
  EXPECT_EQ(literal.furthest("{9}\r\nabc."), 9U);
  EXPECT_EQ(literal.furthest(std::string_view("{9}\r\nab\0c.", 10)), 7U);
  const std::string large = "{" + repeated("9", 500) + "}\r\nabc.";
  EXPECT_FALSE(literal.has(large));
  EXPECT_EQ(literal.furthest(large), large.size());
  EXPECT_FALSE(literal.has("{18446744073709551616}\r\n."));
  EXPECT_FALSE(literal.has("{18446744073709551615}\r\n."));
  EXPECT_TRUE(literal.has("{1000000}\r\n" + repeated("x", 1000000) + "."));
}

TEST(Recogniser, CountsOctetsAsReachedThoughAnotherAlternativeIsBehind) {
  RecognisedLanguage language("a = \"{\" n \"}\" @octets(n, ALPHA) / \"{9}CHILDINFO\"\nn = 1*DIGIT\n");
  EXPECT_EQ(language.furthest("{9}CHx"), 6U);
}

TEST(Recogniser, ComparesNumbersOfAnyLengthWithTheirRange) {
  RecognisedLanguage number("a = 1*DIGIT @range(7, 18446744073709551615)\n");
  EXPECT_TRUE(number.has("7"));
  EXPECT_FALSE(number.has("6"));
  EXPECT_EQ(number.furthest("6"), 1U);
  EXPECT_TRUE(number.has("18446744073709551615"));
  EXPECT_TRUE(number.has(repeated("0", 1000) + "18446744073709551615"));
  EXPECT_FALSE(number.has(repeated("0", 1000)));
  // What is too large by whatever counts as the largest that there is.
  EXPECT_TRUE(number.has("18446744073709551616"));
}

TEST(Recogniser, StopsAtTheDigitThatIsTooMuch) {
  RecognisedLanguage number("a = b \"x\"\nb = 1*DIGIT @range(0, 4294967295)\n");
  EXPECT_TRUE(number.has("4294967295x"));
  EXPECT_EQ(number.furthest("4294967296x"), 9U);
  EXPECT_EQ(number.furthest("42949672950x"), 10U);
  EXPECT_EQ(number.furthest("00004294967296x"), 13U);
  EXPECT_EQ(number.furthest(repeated("9", 300)), 9U);
}

TEST(Recogniser, SaysWhatCouldFollow) {
  RecognisedLanguage language(
      "a = \"FETCH\" SP 1*DIGIT / \"FEED\" / b\nb = \"{\" c \"}\" @octets(c, CHAR)\nc = 1*DIGIT @range(0, 9)\n");
  EXPECT_THAT(language.expected("x"), ElementsAre("\"FEED\"", "\"FETCH\"", "\"{\""));
  EXPECT_THAT(language.expected("FE"), ElementsAre("\"FEED\"", "\"FETCH\""));
  EXPECT_THAT(language.expected("fet "), ElementsAre("\"FETCH\""));
  EXPECT_THAT(language.expected("FETCHx"), ElementsAre("SP"));
  EXPECT_THAT(language.expected("FETCH x"), ElementsAre("DIGIT"));
  EXPECT_THAT(language.expected("FETCH 1x"), ElementsAre("DIGIT", kEndOfInput));
  EXPECT_THAT(language.expected("FEEDx"), ElementsAre(kEndOfInput));
  EXPECT_THAT(language.expected("{2}1"), ElementsAre("CHAR"));
  EXPECT_THAT(language.expected("{2}123"), ElementsAre(kEndOfInput));
}

TEST(Recogniser, SaysNothingUnlessAsked) {
  EXPECT_THAT(RecognisedLanguage("a = \"x\"\n").recognise("y").expected, ElementsAre());
}

TEST(Recogniser, ExpectsNothingOfARuleThatMatchesNothing) {
  RecognisedLanguage language("a = \"x\" <prose>\n");
  EXPECT_THAT(language.expected("x"), ElementsAre());
  EXPECT_EQ(language.furthest("x"), 0U);
}

TEST(Recogniser, GivesTheSameAnswersWhateverItWasAskedBefore) {
  RecognisedLanguage language(
      "a = b *(\",\" b) / \"(\" a \")\" / (1*(DIGIT / \"x\") - c) \"!\"\nb = 1*DIGIT @range(1, 20)\n"
      "c = \"x\" c \"x\" / \"\"\n");
  const std::vector<std::string> octets = {
      "",   "1",    "20,3", "21",   "((1,2))", "((1,2)", "xx!", "x2!", "1234567890123!",
      "x!", "xxx!", "x1x!", "1,2!", "((((((",  "xxxx"};
  std::vector<Recognition> fresh;
  for (const std::string& text : octets) {
    Recogniser recogniser(language.grammar());
    fresh.push_back(recogniser.recognise(0, text, true));
  }
  for (std::size_t before = 0; before < octets.size(); ++before) {
    for (std::size_t index = 0; index < octets.size(); ++index) {
      language.recognise(octets[before], before % 2 == 0);
      const Recognition again = language.recognise(octets[index], true);
      EXPECT_EQ(again.accepted, fresh[index].accepted) << octets[before] << " then " << octets[index];
      EXPECT_EQ(again.furthest, fresh[index].furthest) << octets[before] << " then " << octets[index];
      EXPECT_EQ(again.expected, fresh[index].expected) << octets[before] << " then " << octets[index];
    }
  }
}

TEST(Recogniser, MatchesNodesByThemselves) {
  RecognisedLanguage language("a = 1*DIGIT \"x\" / b\nb = 1*DIGIT @range(1, 9)\n");
  const Grammar& grammar = language.grammar();
  const NodeId digits = grammar.node(grammar.node(grammar.rule(0).definition).children[0]).children[0];
  EXPECT_TRUE(language.recogniser().matches(digits, "12"));
  EXPECT_FALSE(language.recogniser().matches(digits, "12x"));
  // The range is the rule's.
  EXPECT_TRUE(language.recogniser().matches(grammar.rule(1).definition, "12"));
  EXPECT_FALSE(language.recogniser().recognise(1, "12").accepted);
}

TEST(HostileSentences, AreNestedAsDeepAsTheyLike) {
  RecognisedLanguage list("a = \"(\" [a *(SP a)] \")\" / 1*ALPHA\n");
  EXPECT_EQ(list.furthest(repeated("(", 65536)), 65536U);
  EXPECT_TRUE(list.has(repeated("(", 65536) + repeated(")", 65536)));
  EXPECT_FALSE(list.has(repeated("(", 65536) + repeated(")", 65537)));
  RecognisedLanguage search("a = \"NOT\" SP a / \"OR\" SP a SP a / \"ALL\"\n");
  EXPECT_TRUE(search.has(repeated("NOT ", 20000) + "ALL"));
  EXPECT_TRUE(search.has(repeated("OR ALL ", 20000) + "ALL"));
  EXPECT_TRUE(search.has(repeated("OR ", 20000) + "ALL" + repeated(" ALL", 20000)));
}

TEST(HostileSentences, AreAmbiguousAsOftenAsTheyLike) {
  // The uid-set of RFC 9051: 25 items have 1.29e12 derivations.
  RecognisedLanguage uids("a = (b / c) *(\",\" a)\nb = 1*DIGIT\nc = b \":\" b\n");
  EXPECT_TRUE(uids.has("1" + repeated(",2:3", 150)));
  EXPECT_EQ(uids.furthest("1" + repeated(",2:3", 150) + ",,"), 602U);
  RecognisedLanguage pairs("a = a a / \"x\" / a a a\n");
  EXPECT_TRUE(pairs.has(repeated("x", 100)));
  RecognisedLanguage cyclic("a = a / a a / [a] \"x\"\n");
  EXPECT_TRUE(cyclic.has(repeated("x", 50)));
}

TEST(HostileSentences, MayBeLong) {
  RecognisedLanguage set("a = b *(\",\" b)\nb = c / c \":\" c\nc = d *DIGIT @range(1, 4294967295)\nd = %x31-39\n");
  EXPECT_TRUE(set.has("1" + repeated(",4294967295:2", 20000)));
  RecognisedLanguage left("a = a \"x\" / \"x\"\n");
  EXPECT_TRUE(left.has(repeated("x", 100000)));
  RecognisedLanguage right("a = \"x\" a / \"x\"\n");
  EXPECT_TRUE(right.has(repeated("x", 100000)));
  RecognisedLanguage octets("a = *OCTET\n");
  EXPECT_TRUE(octets.has(std::string(1000000, '\0')));
}

// A chain of rules is as deep as it is long, and two automata for every bit are many states.
TEST(HostileGrammars, AreCompiledWithinBounds) {
  std::string chain = "a = b0\n";
  for (int i = 0; i < 5000; ++i) chain += "b" + std::to_string(i) + " = [\"x\"] b" + std::to_string(i + 1) + "\n";
  EXPECT_TRUE(RecognisedLanguage(chain + "b5000 = \"y\"\n").has("xxxy"));
  RecognisedLanguage subsets("a = *(\"x\" / \"y\") \"x\" 40(\"x\" / \"y\")\n");
  EXPECT_TRUE(subsets.has(repeated("y", 50) + "x" + repeated("yx", 20)));
  EXPECT_FALSE(subsets.has(repeated("yx", 20) + "y" + repeated("yx", 20)));
  EXPECT_EQ(subsets.furthest(repeated("yx", 50) + "z"), 100U);
}

TEST(Recogniser, GivesUpWhereItWouldHoldTooManyStates) {
  const Grammar grammar =
      read("a = b / c / d\nb = b b / \"x\"\nc = *\"y\"\nd = (1*\"z\" - e) \".\"\ne = e e / \"z\"\n");
  Recogniser recogniser(grammar, 1000);
  const RuleId start = grammar.find("a").value();
  const auto recognise = [&](const std::string& octets) { return recogniser.recognise(start, octets); };
  for (const std::string& ambiguous : {repeated("x", 500), repeated("z", 500) + "."}) {
    const Recognition recognition = recognise(ambiguous);
    EXPECT_EQ(recognition.gave_up, 1000U);
    EXPECT_FALSE(recognition.accepted);
    EXPECT_FALSE(recogniser.matches(grammar.rule(start).definition, ambiguous));
    EXPECT_TRUE(Recogniser(grammar).recognise(start, ambiguous).accepted == (ambiguous[0] == 'x'));
  }
  // What is not ambiguous, or short, needs few.
  for (const std::string& octets : {repeated("y", 100000), std::string("xx"), std::string("xy"), std::string("z.")}) {
    EXPECT_EQ(recognise(octets).gave_up, std::nullopt);
    EXPECT_EQ(recognise(octets).accepted, octets[1] == octets[0]);
  }
}

}  // namespace
}  // namespace imapspec::abnf::test
