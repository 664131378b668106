// Every numbered trap is accounted for in parser/spec.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "tests/parser/spec/grammars.h"

namespace imapspec::abnf::test {
namespace {

using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// traps are the numbers that the traps of the two grammars have, and those of the extensions.
std::set<std::string> traps() {
  std::set<std::string> ids{"X1", "X2"};
  for (int number = 1; number <= 25; ++number) ids.insert("L" + std::to_string(number));
  for (int number = 1; number <= 66; ++number) ids.insert("T" + std::to_string(number));
  return ids;
}

TEST(Traps, AreAllAccountedFor) {
  std::set<std::string> open = traps();
  for (const Mention& mention : mentions()) open.erase(mention.id);
  EXPECT_THAT(open, ElementsAre());
}

TEST(Traps, HaveNoNumbersButTheirs) {
  const std::set<std::string> known = traps();
  for (const Mention& mention : mentions())
    EXPECT_TRUE(known.contains(mention.id)) << mention.id << " of " << mention.file;
}

TEST(Traps, AreResolvedByRulesOrSaidToChangeNone) {
  for (const Mention& mention : mentions()) {
    SCOPED_TRACE(mention.id + " of " + mention.file);
    if (mention.is_rule) {
      EXPECT_THAT(mention.severity, AnyOf("syntax", "must"));
      EXPECT_THAT(mention.rest, StartsWith("RFC "));
      EXPECT_THAT(mention.rest, HasSubstr(": "));
    } else {
      EXPECT_THAT(mention.severity, AnyOf("none", "lint"));
      EXPECT_FALSE(mention.rest.empty());
    }
  }
}

}  // namespace
}  // namespace imapspec::abnf::test
