#include "parser/grammar/sequence_set.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/parser/dump.h"
#include "tests/parser/rule_table.h"

namespace imapspec::parser::test {
namespace {

TEST(SequenceSet, SequenceSet) {
  check_rule(
      {
          accepted("one number", "1", "1"),
          accepted("a star", "*", "*"),
          accepted("a range", "2:4 ", "2:4", 1),
          accepted("the order is kept", "4:2", "4:2"),
          accepted("stars", "*:*,*:4", "*,*:4"),
          accepted("a list", "2,4:7,9,12:*", "2,4:7,9,12:*"),
          accepted("the last result", "$", "$"),
          accepted("the last result only alone", "$,1", "$", 2),
          invalid("the last result at the end", "1,$", 2),
          invalid("the last result in a range", "1:$", 2),
          invalid("zero", "0", 0),
          invalid("zero later", "1:0", 2),
          invalid("a leading zero", "01", 0),
          invalid("too large", "1,4294967296", 11),
          accepted("the largest", "4294967295:*", "4294967295:*"),
          invalid("no number after a comma", "1,)", 2),
          invalid("no number after a colon", "1: ", 2),
          invalid("two commas", "1,,2", 2),
          invalid("a comma first", ",1", 0),
          accepted("a second colon is not of the set", "1:2:3", "1:2", 2),
          invalid("a space after a comma", "1, 2", 2),
          incomplete("cut after a comma", "1,"),
          incomplete("cut after a colon", "1:"),
          incomplete("nothing", ""),
      },
      [](Cursor& in, const Profile& profile) { return sequence_set(in, profile); }, kDump);
}

TEST(SequenceSet, UidSet) {
  check_rule(
      {
          accepted("numbers", "1,2:3]", "1,2:3", 1),
          invalid("a star", "*", 0),
          invalid("a star in a range", "1:*", 2),
          invalid("the last result", "$", 0),
          invalid("zero", "0", 0),
          incomplete("cut after a comma", "1,"),
      },
      [](Cursor& in, const Profile&) { return uid_set(in); }, kDump);
}

// Splits `text` at each `separator`; an empty piece stays.
std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  while (true) {
    const std::size_t at = text.find(separator);
    pieces.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return pieces;
    text.remove_prefix(at + 1);
  }
}

// An opinion of its own on what a set is: pieces between commas, one or two numbers between
// colons, a number being a star or "1" and then ones and zeros.
bool is_set(std::string_view text) {
  for (const std::string_view piece : split(text, ',')) {
    const std::vector<std::string_view> ends = split(piece, ':');
    if (ends.size() > 2) return false;
    for (const std::string_view end : ends) {
      if (end == "*") continue;
      if (end.empty() || end.front() != '1' || end.find('*') != std::string_view::npos) return false;
    }
  }
  return true;
}

TEST(SequenceSet, EveryStringOfUpToFiveOctets) {
  constexpr std::string_view kAlphabet = "10:,*";
  std::vector<std::string> strings{""};
  std::size_t accepted_strings = 0;
  for (std::size_t index = 0; index < strings.size(); ++index) {
    const std::string text = strings[index];
    if (text.size() < 5) {
      for (const char octet : kAlphabet) strings.push_back(text + octet);
    }
    Arena arena;
    Cursor in(text, arena, Limits{});
    const auto outcome = sequence_set(in, kRev2);
    const bool whole = outcome.has_value() && in.at_end();
    ASSERT_EQ(whole, is_set(text)) << text;
    if (whole) {
      ++accepted_strings;
      // No octet here has a second spelling, apart from a range of one number.
      if (text != "*:*" && text.find(':') == std::string::npos) {
        ASSERT_EQ(dump(*outcome), text);
      }
    }
    if (!outcome) {
      ASSERT_EQ(in.offset(), 0U) << text;
    }
  }
  EXPECT_EQ(strings.size(), 1U + 5 + 25 + 125 + 625 + 3125);
  EXPECT_GT(accepted_strings, 100U);
}

TEST(SequenceSet, ContainsIgnoresTheOrderOfARange) {
  Arena arena;
  Cursor in("4:2,9:*,*", arena, Limits{});
  const auto set = sequence_set(in, kRev2);
  ASSERT_TRUE(set);
  EXPECT_TRUE(set->contains(3, 20));
  EXPECT_TRUE(set->contains(2, 20));
  EXPECT_TRUE(set->contains(4, 20));
  EXPECT_FALSE(set->contains(5, 20));
  EXPECT_TRUE(set->contains(20, 20));
  EXPECT_FALSE(set->contains(21, 20));
  EXPECT_TRUE(set->contains(5, 5)) << "9:* is 5:9 where 5 is the largest";
  EXPECT_FALSE(SequenceSet::last_result().contains(1, 1));
}

TEST(SequenceSet, HoldsARangeOrTheLastResult) {
  EXPECT_FALSE(SequenceSet::from({}));
  EXPECT_EQ(dump(SequenceSet::last_result()), "$");
  EXPECT_EQ(dump(SequenceSet()), "1");
  const std::vector<SeqRange> ranges{{{NzNumber(2)}, {}}};
  ASSERT_TRUE(SequenceSet::from(ranges));
  EXPECT_EQ(dump(*SequenceSet::from(ranges)), "2:*");
}

}  // namespace
}  // namespace imapspec::parser::test
