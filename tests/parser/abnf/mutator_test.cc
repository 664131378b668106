#include "parser/abnf/mutator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/parser/abnf/sentences.h"

namespace imapspec::abnf::test {
namespace {

using ::testing::Contains;
using ::testing::IsSupersetOf;

constexpr const char* kGrammar =
    "root = \"a1 \" (\"fetch \" n \" (\" word *(\" \" word) \")\" / \"login \" string \" \" string)\n"
    "word = \"FLAGS\" / \"BODY[]\" / 1*%x41-4D\n"
    "string = DQUOTE *(%x61-7A / \"\\\" DQUOTE) DQUOTE / \"{\" n \"}\" CRLF @octets(n, ALPHA)\n"
    "n = 1*DIGIT @range(0, 4294967295)\n";

// mutants_of makes many of them and sorts them by kind.
std::map<Mutation, std::set<std::string>> mutants_of(const Sentence& base, const Sentence& other, int count = 3000) {
  const Grammar grammar = grammar_of(kGrammar);
  Mutator mutator(grammar, 1);
  std::map<Mutation, std::set<std::string>> found;
  for (int i = 0; i < count; ++i) {
    Mutant mutant = mutator.mutate(base, other);
    found[mutant.mutation].insert(std::move(mutant.octets));
  }
  return found;
}

Sentence plain(std::string octets) { return {std::move(octets), {}}; }

// with_spans says which octets of it a rule derived.
Sentence with_spans(std::string octets, const std::vector<std::string>& parts) {
  Sentence sentence{std::move(octets), {}};
  for (const std::string& part : parts) sentence.spans.push_back({sentence.octets.find(part), part.size(), 0});
  return sentence;
}

TEST(Mutator, EveryMutationHasANameOfItsOwn) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kMutations; ++i) names.insert(mutation_name(static_cast<Mutation>(i)));
  EXPECT_EQ(names.size(), kMutations);
  EXPECT_FALSE(names.contains(""));
}

TEST(Mutator, EveryMutationOccursAndMostMutantsAreNoSentences) {
  Language language(kGrammar);
  Generator generator = language.generator();
  Mutator mutator(language.grammar(), 1);
  std::set<Mutation> kinds;
  Sentence previous;
  int sentences = 0;
  for (int i = 0; i < 2000; ++i) {
    Sentence base = *generator.sentence();
    const Mutant mutant = mutator.mutate(base, previous);
    kinds.insert(mutant.mutation);
    if (language.has(mutant.octets)) ++sentences;
    previous = std::move(base);
  }
  EXPECT_EQ(kinds.size(), kMutations);
  EXPECT_GT(sentences, 20);
  EXPECT_LT(sentences, 1000);
}

TEST(Mutator, SameSeedMakesTheSameMutants) {
  const Grammar grammar = grammar_of(kGrammar);
  Mutator one(grammar, 5);
  Mutator two(grammar, 5);
  const Sentence base = plain("a1 fetch 1 (FLAGS)");
  for (int i = 0; i < 100; ++i) EXPECT_EQ(one.mutate(base, base).octets, two.mutate(base, base).octets);
}

TEST(Mutator, SpansAreDeletedDoubledAndSwapped) {
  const auto mutants = mutants_of(with_spans("a1 x yy", {"x", "yy"}), plain(""));
  EXPECT_THAT(mutants.at(Mutation::DeleteSpan), ::testing::UnorderedElementsAre("a1  yy", "a1 x "));
  EXPECT_THAT(mutants.at(Mutation::DuplicateSpan),
              ::testing::UnorderedElementsAre("a1 xx yy", "a1 x x yy", "a1 x yyyy", "a1 x yy yy"));
  EXPECT_THAT(mutants.at(Mutation::SwapSpans), ::testing::UnorderedElementsAre("a1 yy x"));
}

TEST(Mutator, ASpanIsReplacedByOneOfAnotherSentence) {
  const auto mutants = mutants_of(with_spans("a1 x", {"x"}), with_spans("b 17", {"17"}));
  EXPECT_THAT(mutants.at(Mutation::ReplaceSpan), ::testing::UnorderedElementsAre("a1 17"));
}

TEST(Mutator, OctetsComeFromTheEndsOfRangesAndFromNextToThem) {
  // DIGIT, ALPHA, %x41-4D, %x61-7A, DQUOTE, CR and LF.
  std::set<std::string> octets;
  for (const char octet : std::string_view("/09:@AZ[`az{MN!\"#")) octets.insert(std::string(1, octet));
  EXPECT_THAT(mutants_of(plain("_"), plain("")).at(Mutation::BoundaryOctet), IsSupersetOf(octets));
}

TEST(Mutator, OctetsThatHurtAreInserted) {
  using namespace std::string_literals;
  const auto mutants = mutants_of(plain("1"), plain(""), 9000);
  EXPECT_THAT(mutants.at(Mutation::InsertOctet),
              IsSupersetOf({" 1"s, "\r1"s, "\n1"s, "\0"s + "1", "\x7f"s + "1", "\x80"s + "1", "1 "s}));
  EXPECT_THAT(mutants.at(Mutation::RemoveOctet), ::testing::UnorderedElementsAre(""));
}

TEST(Mutator, WordsGetShorterAndLonger) {
  const auto mutants = mutants_of(plain("12 FETCH"), plain(""), 9000);
  EXPECT_THAT(mutants.at(Mutation::CutWord), IsSupersetOf({"12 FETC", "12 F"}));
  EXPECT_THAT(mutants.at(Mutation::ExtendWord), IsSupersetOf({"12 FETCHA", "12 FETCHZ", "12 AFETCH"}));
  EXPECT_THAT(mutants.at(Mutation::FlipCase), IsSupersetOf({"12 fetch", "12 fETCH", "12 FETCh"}));
}

TEST(Mutator, NumbersMoveByOneAndToTheEndsOfRanges) {
  const auto mutants = mutants_of(plain("x 99"), plain(""));
  EXPECT_THAT(mutants.at(Mutation::ChangeNumber),
              IsSupersetOf({"x 100", "x 98", "x 099", "x 0", "x 1", "x 4294967295", "x 4294967296", "x 997"}));
}

TEST(Mutator, NumbersStayDigitsAtZero) {
  const auto mutants = mutants_of(plain("0"), plain(""));
  for (const std::string& mutant : mutants.at(Mutation::ChangeNumber)) {
    EXPECT_EQ(mutant.find_first_not_of("0123456789"), std::string::npos) << mutant;
  }
}

TEST(Mutator, ACountIsChangedButNoOtherNumber) {
  const auto mutants = mutants_of(plain("7 {3}\r\nabc"), plain(""));
  EXPECT_THAT(mutants.at(Mutation::ChangeCount), IsSupersetOf({"7 {4}\r\nabc", "7 {2}\r\nabc", "7 {03}\r\nabc"}));
  for (const std::string& mutant : mutants.at(Mutation::ChangeCount)) EXPECT_TRUE(mutant.starts_with("7 {")) << mutant;
}

TEST(Mutator, SentencesAreSplicedCutAndContinued) {
  const auto mutants = mutants_of(plain("ab"), plain("12"));
  EXPECT_THAT(mutants.at(Mutation::Splice), IsSupersetOf({"a2", "ab2", "12", "ab", "a12"}));
  EXPECT_THAT(mutants.at(Mutation::Truncate), ::testing::UnorderedElementsAre("", "a"));
  EXPECT_THAT(mutants.at(Mutation::Append), ::testing::UnorderedElementsAre("ab2", "ab12"));
}

TEST(Mutator, BackslashesGetBetweenQuotes) {
  const auto mutants = mutants_of(plain("x \"ab\" y"), plain(""));
  EXPECT_THAT(mutants.at(Mutation::EscapeQuoted), IsSupersetOf({"x \"\\ab\" y", "x \"a\\b\" y", "x \"ab\\\" y"}));
}

TEST(Mutator, BracketsTakeEachOthersPlace) {
  const auto mutants = mutants_of(plain("(a]"), plain(""));
  EXPECT_THAT(mutants.at(Mutation::SwapBracket), IsSupersetOf({")a]", "[a]", "(a)", "(a}", "(a\""}));
}

}  // namespace
}  // namespace imapspec::abnf::test
