#include "parser/abnf/overlap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/parser/abnf/sentences.h"

namespace imapspec::abnf::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// overlaps_in writes each as "rule 1+2 witness".
std::vector<std::string> overlaps_in(std::string_view text) {
  Language language(text);
  std::vector<std::string> found;
  for (const Overlap& overlap : find_overlaps(language.grammar(), language.matches(), 1, 60).overlaps) {
    found.push_back(alternation_name(language.grammar(), overlap.alternation) + " " + std::to_string(overlap.first) +
                    "+" + std::to_string(overlap.second) + " " + overlap.witness);
  }
  return found;
}

TEST(Overlap, AlternativesWithoutACommonSentenceDoNotOverlap) {
  EXPECT_THAT(overlaps_in("root = \"ab\" / \"abc\" / \"b\" *\"c\"\n"), IsEmpty());
}

TEST(Overlap, AKeywordOverlapsTheAtomBehindIt) {
  EXPECT_THAT(overlaps_in("root = \"OK\" / \"NO\" / atom / \"(\" atom \")\"\natom = 1*ALPHA\n"),
              ElementsAre("root 1+3 OK", "root 2+3 NO"));
}

TEST(Overlap, ADifferenceTakesItAway) {
  EXPECT_THAT(overlaps_in("root = \"OK\" / (atom - \"OK\")\natom = 1*ALPHA\n"), IsEmpty());
}

TEST(Overlap, EveryAlternationOfARuleIsLookedAt) {
  EXPECT_THAT(overlaps_in("root = (\"a\" / *\"a\") \" \" (\"bb\" / 2\"b\" / \"c\")\n"),
              ElementsAre("root 1 1+2 A", "root 2 1+2 BB"));
}

TEST(Overlap, TheWitnessIsShort) {
  EXPECT_THAT(overlaps_in("root = 2*DIGIT / 3*DIGIT\n"), ElementsAre("root 1+2 111"));
}

TEST(Overlap, CharacterClassesAreNotLookedAt) {
  Language language("root = 1*(DIGIT / \"0\") (\"aa\" / \"bb\")\n");
  const OverlapAnalysis analysis = find_overlaps(language.grammar(), language.matches(), 1, 60);
  EXPECT_EQ(analysis.alternations, 1U);
  EXPECT_THAT(analysis.overlaps, IsEmpty());
}

}  // namespace
}  // namespace imapspec::abnf::test
