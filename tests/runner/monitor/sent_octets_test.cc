// What a client sends in pieces is told as the commands that a server sees.
#include "runner/monitor/sent_octets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace imapspec::runner {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Told = std::vector<std::string>;

class SentOctetsTest : public testing::Test {
 protected:
  Told send(std::string_view octets) {
    Told told;
    while (const auto event = sent_.next(octets)) {
      told.emplace_back(*event == SentOctets::Event::Literal ? "(literal)" : sent_.unit());
    }
    EXPECT_EQ(octets, "");
    return told;
  }

  SentOctets sent_;
};

TEST_F(SentOctetsTest, ACommandIsToldWhenItsLineEnds) {
  EXPECT_THAT(send("a NO"), IsEmpty());
  EXPECT_TRUE(sent_.midway());
  EXPECT_THAT(send("OP\r"), IsEmpty());
  EXPECT_THAT(send("\n"), ElementsAre("a NOOP\r\n"));
  EXPECT_FALSE(sent_.midway());
}

TEST_F(SentOctetsTest, EachCommandOfAPipelineIsTold) {
  EXPECT_THAT(send("a NOOP\r\nb NOOP\r\nc N"), ElementsAre("a NOOP\r\n", "b NOOP\r\n"));
  EXPECT_THAT(send("OOP\r\n"), ElementsAre("c NOOP\r\n"));
}

TEST_F(SentOctetsTest, ACommandIsToldWithAsMuchAsWasSentOfItWhereItMayBeRefused) {
  EXPECT_THAT(send("a LOGIN {1}\r\n"), ElementsAre("a LOGIN {1}\r\n", "(literal)"));
  sent_.invited();
  EXPECT_TRUE(sent_.midway());
  EXPECT_THAT(send("x {1}\r\n"), ElementsAre("(literal)"));
  sent_.invited();
  EXPECT_THAT(send("y\r\nb NOOP\r\n"), ElementsAre("b NOOP\r\n"));
}

TEST_F(SentOctetsTest, ALiteralThatNobodyWaitsForIsPartOfWhatIsTold) {
  EXPECT_THAT(send("a LOGIN {1+}\r\nx {1}\r\n"), ElementsAre("a LOGIN {1+}\r\nx {1}\r\n", "(literal)"));
  sent_.reset();
  EXPECT_THAT(send("a LOGIN {1}\r\nx y\r\n"), ElementsAre("a LOGIN {1}\r\nx y\r\n", "(literal)"));
}

TEST_F(SentOctetsTest, WhatFollowsALiteralThatWasNotAskedForIsACommand) {
  send("a LOGIN {1}\r\n");
  EXPECT_THAT(send("b NOOP\r\n"), ElementsAre("b NOOP\r\n"));
}

TEST_F(SentOctetsTest, ALineThatIsAnsweredBeforeItsEndIsToldOnce) {
  send("a NO");
  EXPECT_FALSE(sent_.answered("b"));
  ASSERT_TRUE(sent_.answered("a"));
  EXPECT_EQ(sent_.unit(), "a NO");
  EXPECT_FALSE(sent_.answered("a"));
  EXPECT_THAT(send("OP\r\nb NOOP\r\n"), ElementsAre("b NOOP\r\n"));
}

TEST_F(SentOctetsTest, ALineThatIsLeftIsToldAsFarAsItWent) {
  EXPECT_FALSE(sent_.left());
  send("a NOOP\r\n");
  EXPECT_FALSE(sent_.left());
  send("b NO");
  ASSERT_TRUE(sent_.left());
  EXPECT_EQ(sent_.unit(), "b NO");
  sent_.reset();
  EXPECT_THAT(send("c NOOP\r\n"), ElementsAre("c NOOP\r\n"));
}

}  // namespace
}  // namespace imapspec::runner
