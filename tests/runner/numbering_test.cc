#include "runner/run/numbering.h"

#include <gtest/gtest.h>

#include "parser/grammar/extension_names.h"
#include "parser/grammar/parse.h"

namespace imapspec::runner {
namespace {

class NumberingTest : public testing::Test {
 protected:
  void told(std::string_view line) {
    parser::Profile profile = parser::kRev1AndRev2;
    parser::add_capability(profile, "QRESYNC");
    parser::Arena arena;
    const std::string octets = std::string(line) + "\r\n";
    const auto response = parser::parse_response(octets, arena, profile);
    ASSERT_TRUE(response) << line;
    numbering_.on_response(*response);
  }

  void select(std::string_view tag) { numbering_.on_sent(tag, true); }

  Numbering numbering_;
};

TEST_F(NumberingTest, NumbersAreWhatTheyWereUntilSomethingGoes) {
  told("* 5 EXISTS");
  told("* 2 FETCH (FLAGS ())");
  EXPECT_EQ(numbering_.current_number(1), 1U);
  EXPECT_EQ(numbering_.current_number(5), 5U);
}

TEST_F(NumberingTest, EachExpungeMovesThoseAboveIt) {
  told("* 2 EXPUNGE");
  EXPECT_EQ(numbering_.current_number(1), 1U);
  EXPECT_EQ(numbering_.current_number(2), std::nullopt);
  EXPECT_EQ(numbering_.current_number(3), 2U);
  told("* 2 EXPUNGE");
  EXPECT_EQ(numbering_.current_number(3), std::nullopt);
  EXPECT_EQ(numbering_.current_number(4), 2U);
  told("* 1 EXPUNGE");
  EXPECT_EQ(numbering_.current_number(1), std::nullopt);
  EXPECT_EQ(numbering_.current_number(4), 1U);
  told("* 3 EXPUNGE");
  EXPECT_EQ(numbering_.current_number(6), std::nullopt);
  EXPECT_EQ(numbering_.current_number(7), 3U);
}

TEST_F(NumberingTest, VanishedUidsAreThoseThatFetchTold) {
  told("* 1 FETCH (UID 10)");
  told("* 1 EXPUNGE");
  told("* 1 FETCH (UID 20)");
  told("* 2 FETCH (UID 21)");
  told("* VANISHED (EARLIER) 1:9");
  told("* VANISHED 20:21");
  EXPECT_EQ(numbering_.current_number(2), std::nullopt);
  EXPECT_EQ(numbering_.current_number(3), std::nullopt);
  EXPECT_EQ(numbering_.current_number(4), 1U);
}

TEST_F(NumberingTest, UidsThatNobodyToldLeaveNothingKnown) {
  told("* 1 FETCH (UID 10)");
  told("* VANISHED 10,12");
  EXPECT_EQ(numbering_.current_number(3), std::nullopt);
  select("a2");
  told("a2 OK [READ-WRITE] open");
  EXPECT_EQ(numbering_.current_number(3), 3U);
}

TEST_F(NumberingTest, WhatComesBeforeClosedIsAboutTheMailboxBefore) {
  select("a1");
  told("* 1 EXPUNGE");
  told("* 4 EXISTS");
  told("* 1 EXPUNGE");
  told("* OK [CLOSED] that one");
  told("* FLAGS (\\Seen)");
  told("* 5 EXISTS");
  told("* 4 EXPUNGE");
  told("a1 OK [READ-WRITE] open");
  EXPECT_EQ(numbering_.current_number(1), 1U);
  EXPECT_EQ(numbering_.current_number(5), 4U);
}

TEST_F(NumberingTest, WithoutClosedAMailboxBeginsWithItsFirstData) {
  told("* 1 FETCH (UID 10)");
  select("a1");
  told("* 1 EXPUNGE");
  told("* 2 EXISTS");
  told("* 2 FETCH (UID 30)");
  told("a1 OK open");
  EXPECT_EQ(numbering_.current_number(1), 1U);
  told("* VANISHED 30");
  EXPECT_EQ(numbering_.current_number(2), std::nullopt);
  EXPECT_EQ(numbering_.current_number(3), 2U);
}

TEST_F(NumberingTest, WhatAnswersTheCommandsBeforeSelectIsAboutTheMailboxBefore) {
  numbering_.on_sent("a1", false);
  select("a2");
  told("* 1 EXPUNGE");
  told("* 3 EXISTS");
  told("* 2 EXPUNGE");
  EXPECT_EQ(numbering_.current_number(1), std::nullopt);
  told("a1 OK expunged");
  told("* 5 EXISTS");
  told("a2 OK open");
  EXPECT_EQ(numbering_.current_number(1), 1U);
}

TEST_F(NumberingTest, ASelectThatIsBadSelectsNothing) {
  told("* 1 EXPUNGE");
  select("a1");
  told("* 1 EXPUNGE");
  told("* 7 EXISTS");
  told("a1 BAD what");
  EXPECT_EQ(numbering_.current_number(3), 1U);
  select("a2");
  told("a2 NO no such mailbox");
  EXPECT_EQ(numbering_.current_number(3), 3U) << "none is selected";
}

}  // namespace
}  // namespace imapspec::runner
