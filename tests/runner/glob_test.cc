#include "runner/scenario/glob.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace imapspec::runner {
namespace {

// matches_slowly is the definition, without any thought of speed.
bool matches_slowly(std::string_view glob, std::string_view text) {
  if (glob.empty()) return text.empty();
  if (glob.front() == '*') {
    for (std::size_t i = 0; i <= text.size(); ++i) {
      if (matches_slowly(glob.substr(1), text.substr(i))) return true;
    }
    return false;
  }
  return !text.empty() && glob.front() == text.front() && matches_slowly(glob.substr(1), text.substr(1));
}

std::vector<std::string> all_texts(std::string_view alphabet, std::size_t length) {
  std::vector<std::string> texts{""};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string text = texts[i];
    if (text.size() == length) continue;
    for (const char c : alphabet) texts.push_back(text + c);
  }
  return texts;
}

TEST(GlobMatch, AgreesWithItsDefinition) {
  const auto texts = all_texts("ab", 5);
  for (const std::string& glob : all_texts("ab*", 5)) {
    for (const std::string& text : texts) {
      ASSERT_EQ(glob_match(glob, text), matches_slowly(glob, text)) << glob << " " << text;
    }
  }
}

TEST(GlobMatch, StarsCrossSlashesAndNothingElseIsSpecial) {
  EXPECT_TRUE(glob_match("rfc9051/6.*", "rfc9051/6.4.5-fetch/partial"));
  EXPECT_TRUE(glob_match("*", ""));
  EXPECT_FALSE(glob_match("a?c", "abc"));
  EXPECT_FALSE(glob_match("6.4", "6x4"));
}

TEST(GlobMatch, ManyStarsAreNotExponential) {
  std::string glob;
  for (int i = 0; i < 50; ++i) glob += "a*";
  EXPECT_FALSE(glob_match(glob + "b", std::string(5000, 'a')));
}

}  // namespace
}  // namespace imapspec::runner
