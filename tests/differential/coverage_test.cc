// Every rule, every alternative and every other choice of every grammar is in some sentence, or is known not to be.
//
// RFC 9051 section 9, RFC 3501 section 9
#include "tests/differential/coverage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace imapspec::differential {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;

constexpr std::size_t kSentences = 20'000;

const Manifest& manifest() {
  static const Manifest kManifest = read_manifest(IMAPSPEC_SOURCE_DIR "/parser/spec").value();
  return kManifest;
}

std::vector<GrammarCoverage> derived(const std::string& profile) {
  const auto subjects = subjects_of(manifest(), profile, "", IMAPSPEC_SOURCE_DIR "/tests/differential/widened");
  if (!subjects) throw std::runtime_error(subjects.error());
  std::vector<abnf::Coverage> coverages;
  for (const Subject& subject : *subjects) coverages.push_back(derive_all(subject, kSentences));
  return grammar_coverages(*subjects, coverages);
}

class EachProfile : public ::testing::TestWithParam<ProfileName> {};

TEST_P(EachProfile, IsDerivedInAllItsRulesAndAlternatives) {
  const std::vector<GrammarCoverage> grammars = derived(to_string(GetParam()));
  ASSERT_EQ(grammars.size(), 2U);
  for (const GrammarCoverage& grammar : grammars) {
    EXPECT_THAT(grammar.report.missed, IsEmpty());
    EXPECT_EQ(grammar.report.rules.covered, grammar.report.rules.all);
    EXPECT_EQ(grammar.report.alternatives.covered, grammar.report.alternatives.all);
    EXPECT_GT(grammar.report.alternatives.all, 100U);
    EXPECT_THAT(grammar.of_nobody, IsEmpty());
  }
}

std::string test_name(const ::testing::TestParamInfo<ProfileName>& info) {
  const ProfileName& profile = info.param;
  std::string name = profile.capabilities.size() > 2 ? profile.revision + " and all" : to_string(profile);
  for (const auto& [octet, word] : {std::pair{'+', "Plus"}, {'-', "Minus"}, {' ', "_"}, {'=', "_"}}) {
    for (std::size_t at = name.find(octet); at != std::string::npos; at = name.find(octet)) name.replace(at, 1, word);
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Coverage, EachProfile, ::testing::ValuesIn(profile_names(manifest())), test_name);

TEST(Coverage, TellsWhatOnlyTheOtherSideSends) {
  const std::vector<GrammarCoverage> grammars = derived("rev2");
  EXPECT_THAT(grammars.at(0).of_the_other_side, Contains("response-data"));
  EXPECT_THAT(grammars.at(1).of_the_other_side, Contains("command-auth"));
}

}  // namespace
}  // namespace imapspec::differential
