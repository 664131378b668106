#include "runner/scenario/nearest.h"

#include <gtest/gtest.h>

#include <array>

namespace imapspec::runner {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array kKnown = {"steps"sv, "start"sv, "requirement"sv, "tls"sv};

TEST(Nearest, IsOneMistakeInAShortWordAndAThirdOfALongOne) {
  EXPECT_EQ(nearest("steps", kKnown), "steps");
  EXPECT_EQ(nearest("stpes", kKnown), "steps");
  EXPECT_EQ(nearest("step", kKnown), "steps");
  EXPECT_EQ(nearest("Start", kKnown), "start");
  EXPECT_EQ(nearest("REQUIREMENT", kKnown), "requirement");
  EXPECT_EQ(nearest("ssl", kKnown), "");
  EXPECT_EQ(nearest("tsl", kKnown), "tls");
  EXPECT_EQ(nearest("reqirment", kKnown), "requirement");
  EXPECT_EQ(nearest("requirements", kKnown), "requirement");
  EXPECT_EQ(nearest("reason", kKnown), "");
}

TEST(Nearest, IsNothingForHugeWordsAndWithoutWords) {
  EXPECT_EQ(nearest(std::string(1'000'000, 's'), kKnown), "");
  EXPECT_EQ(nearest("steps", {}), "");
}

TEST(DidYouMean, IsTheEndOfASentence) {
  EXPECT_EQ(did_you_mean("stat", kKnown), "; did you mean \"start\"?");
  EXPECT_EQ(did_you_mean("moon", kKnown), "");
}

}  // namespace
}  // namespace imapspec::runner
