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
  numbering_.restart();
  EXPECT_EQ(numbering_.current_number(3), 3U);
}

}  // namespace
}  // namespace imapspec::runner
