#include "reports/terminal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/escape.h"

namespace imapspec::reports {
namespace {

using testing::ElementsAre;

TEST(Terminal, FittedCutsWhatIsTooWide) {
  EXPECT_EQ(fitted("abcdef", 6), "abcdef");
  EXPECT_EQ(fitted("abcdefg", 6), "abc...");
  EXPECT_EQ(fitted("a\nb", 6), "a\\x0Ab");
  EXPECT_EQ(fitted("abcdef", 3), "...");
  EXPECT_EQ(fitted("abcdef", 0), "");
  EXPECT_EQ(fitted(std::string(1 << 20, 'x'), 6), "xxx...");
  EXPECT_EQ(fitted("\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E", 5), "\xE6\x97\xA5...");
}

TEST(Terminal, WrappedBreaksLines) {
  EXPECT_THAT(wrapped("", 4, 3), ElementsAre(""));
  EXPECT_THAT(wrapped("abcd", 4, 3), ElementsAre("abcd"));
  EXPECT_THAT(wrapped("abcde", 4, 3), ElementsAre("abcd", "e"));
  EXPECT_THAT(wrapped("a\n\nb", 4, 3), ElementsAre("a", "", "b"));
  EXPECT_THAT(wrapped("a\r\n", 8, 3), ElementsAre("a\\x0D", ""));
  EXPECT_THAT(wrapped("\xE6\x97\xA5\xE6\x9C\xAC", 3, 3), ElementsAre("\xE6\x97\xA5", "\xE6\x9C\xAC"));
}

TEST(Terminal, SentencesBreakAtSpaces) {
  EXPECT_THAT(wrapped("one two three", 8, 3, Break::AtSpaces), ElementsAre("one two", "three"));
  EXPECT_THAT(wrapped("one two three", 7, 3, Break::AtSpaces), ElementsAre("one two", "three"));
  EXPECT_THAT(wrapped("a bcdefghijk", 8, 3, Break::AtSpaces), ElementsAre("a bcdefg", "hijk"));
  EXPECT_THAT(wrapped("abcdefghij", 8, 3, Break::AtSpaces), ElementsAre("abcdefgh", "ij"));
}

TEST(Terminal, WrappedStopsAtTheMostLines) {
  EXPECT_THAT(wrapped(std::string(200, 'x'), 20, 2), ElementsAre(std::string(20, 'x'), "... (200 octets)"));
  EXPECT_THAT(wrapped("a\nb\nc", 20, 2), ElementsAre("a", "... (5 octets)"));
  EXPECT_EQ(wrapped(std::string(1 << 20, '\n'), 20, 5).size(), 5U);
}

TEST(Terminal, PaddedFillsUp) {
  EXPECT_EQ(padded("ab", 4), "ab  ");
  EXPECT_EQ(padded("abcd", 2), "abcd");
  EXPECT_EQ(padded("\xE6\x97\xA5", 4), "\xE6\x97\xA5  ");
}

}  // namespace
}  // namespace imapspec::reports
