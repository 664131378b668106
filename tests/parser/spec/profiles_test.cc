// The grammars that profiles.txt puts together.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "parser/abnf/reader.h"
#include "tests/parser/spec/grammars.h"

namespace imapspec::abnf::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::size_t count_prose(std::string_view profile, parser::Direction direction) {
  return prose(read(profile, direction)).size();
}

// Reading them finds undefined, duplicate and unused rules.
TEST(Profiles, AreAllGrammarsWithoutProse) {
  for (const std::string& profile : profiles()) {
    for (const auto direction : {parser::Direction::FromClient, parser::Direction::FromServer}) {
      SCOPED_TRACE(profile);
      EXPECT_EQ(count_prose(profile, direction), 0U);
    }
  }
}

TEST(Profiles, OfTwoExtensionsTogetherAreGrammarsToo) {
  for (const std::string& pair : pairs_of_extensions()) {
    SCOPED_TRACE(pair);
    EXPECT_EQ(count_prose(pair, parser::Direction::FromClient), 0U);
  }
}

TEST(Profiles, UseEveryGrammarFile) { EXPECT_THAT(files_of_no_profile(), IsEmpty()); }

TEST(WrittenGrammars, HaveAsManyRulesAsTheirRfcs) {
  // Without the core rules that RFC 3501 does not name, and UTF8-tail and resp-code-other, which the prose brings.
  EXPECT_EQ(written_grammar("rev2", parser::Direction::FromClient, false).rules().size(), 232U);
  EXPECT_EQ(prose(written_grammar("rev2", parser::Direction::FromClient, false)).size(), 17U);
  EXPECT_EQ(prose(written_grammar("rev1", parser::Direction::FromClient, false)).size(), 6U);
  EXPECT_EQ(prose(written_grammar("rev2", parser::Direction::FromClient)).size(), 0U);
}

}  // namespace
}  // namespace imapspec::abnf::test
