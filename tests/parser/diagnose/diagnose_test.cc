// How quirks are found: several of them, in part, and not where there are none.
#include "parser/diagnose/diagnose.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "parser/grammar/parse.h"

namespace imapspec::parser::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> names(const Diagnosis& diagnosis) {
  std::vector<std::string> list;
  for (const FoundQuirk& found : diagnosis.quirks) list.emplace_back(found.quirk->name);
  return list;
}

std::vector<std::size_t> offsets(const Diagnosis& diagnosis) {
  std::vector<std::size_t> list;
  for (const FoundQuirk& found : diagnosis.quirks) list.push_back(found.offset);
  return list;
}

TEST(Diagnose, AUnitThatIsRightHasNoQuirk) {
  const Diagnosis found = diagnose("* 3 EXISTS\r\n", Unit::ServerResponse, kRev2);
  EXPECT_THAT(found.quirks, IsEmpty());
  EXPECT_EQ(found.error, std::nullopt);
  EXPECT_EQ(found.octets, "* 3 EXISTS\r\n");
}

TEST(Diagnose, NonsenseHasNoQuirk) {
  const Diagnosis found = diagnose("* 3 MOOSE\r\n", Unit::ServerResponse, kRev2);
  EXPECT_THAT(found.quirks, IsEmpty());
  ASSERT_TRUE(found.error.has_value());
  EXPECT_EQ(found.error->offset, 4U);
}

TEST(Diagnose, AQuirkIsNamedAsOftenAsItOccurs) {
  const Diagnosis found = diagnose("* LIST ()  \"/\"  a\r\n", Unit::ServerResponse, kRev2);
  EXPECT_THAT(names(found), ElementsAre("double-space", "double-space"));
  EXPECT_EQ(found.octets, "* LIST () \"/\" a\r\n");
}

TEST(Diagnose, OffsetsAreThoseOfTheOctetsThatWereGiven) {
  const Diagnosis found = diagnose("* LIST ()  \"\" a\n", Unit::ServerResponse, kRev2);
  EXPECT_THAT(names(found), ElementsAre("double-space", "empty-delimiter", "bare-line-feed"));
  EXPECT_THAT(offsets(found), ElementsAre(10U, 11U, 15U));
}

TEST(Diagnose, TwoAtTheSameOctetAreFoundTogether) {
  const Diagnosis found = diagnose("* LIST () NIL a \n", Unit::ServerResponse, kRev2);
  EXPECT_THAT(names(found), ElementsAre("bare-line-feed", "trailing-space"));
  EXPECT_EQ(found.octets, "* LIST () NIL a\r\n");
}

TEST(Diagnose, MoreThanThreeDifferentQuirksExplainNothing) {
  const Diagnosis found = diagnose("* LIST ( \\Marked )  \"\" a \n", Unit::ServerResponse, kRev2);
  EXPECT_EQ(names(found).size(), 3U);
  EXPECT_NE(found.error, std::nullopt);
}

TEST(Diagnose, WhatIsLeftAfterAQuirkIsTold) {
  const Diagnosis found = diagnose("* STATUS  a (MOOSE 3)\r\n", Unit::ServerResponse, kRev2, {}, Repairs::SameMeaning);
  EXPECT_THAT(names(found), ElementsAre("double-space"));
  ASSERT_TRUE(found.error.has_value());
  EXPECT_EQ(found.error->offset, 13U) << describe(*found.error, found.octets);
}

TEST(Diagnose, WhereTheMeaningIsToStayNothingIsMadeUp) {
  const std::string octets = "* 1 FETCH (UID 0 )\r\n";
  EXPECT_THAT(names(diagnose(octets, Unit::ServerResponse, kRev2)), ElementsAre("zero", "trailing-space-in-fetch"));
  EXPECT_THAT(names(diagnose(octets, Unit::ServerResponse, kRev2, {}, Repairs::SameMeaning)), IsEmpty());
}

TEST(Diagnose, ACodeThatIsTakenForTextIsDiagnosed) {
  const Diagnosis found = diagnose("* OK [PERMANENTFLAGS]\r\n", Unit::ServerResponse, kRev2);
  EXPECT_THAT(names(found), ElementsAre("permanentflags-without-list", "code-without-space"));
  EXPECT_EQ(found.octets, "* OK [PERMANENTFLAGS ()] \r\n");
}

TEST(Diagnose, TheLeastProfileIsFound) {
  const Diagnosis recent = diagnose("* 3 RECENT\r\n", Unit::ServerResponse, kRev2);
  EXPECT_EQ(recent.profile, kRev1AndRev2);
  const Diagnosis quota = diagnose("a GETQUOTA \"\"\r\n", Unit::ClientCommand, kRev2);
  EXPECT_THAT(names(quota), ElementsAre("extension-syntax"));
  EXPECT_EQ(quota.profile, Profile(kRev2).add(Extension::Quota));
}

// LSUB gets one octet further in LSIT than LIST does.
TEST(Diagnose, AMisspeltNameIsOfNoOtherProfile) {
  EXPECT_THAT(diagnose("a LSIT \"\" *\r\n", Unit::ClientCommand, kRev2).quirks, IsEmpty());
}

TEST(Diagnose, AParenthesisIsExtraOnlyWhereMoreAreClosedThanOpened) {
  EXPECT_THAT(diagnose("* LIST (\\HasChildren \\HasNoChildren) NIL x\r\n", Unit::ServerResponse, kRev2).quirks,
              IsEmpty());
  // What stands in strings opens and closes nothing.
  EXPECT_THAT(diagnose("a LIST (RECURSIVEMATCH) \"\" \"\\\"))\"\r\n", Unit::ClientCommand, kRev2).quirks, IsEmpty());
  EXPECT_THAT(diagnose("a LIST (RECURSIVEMATCH) \"\" {2}\r\n))\r\n", Unit::ClientCommand, kRev2).quirks, IsEmpty());
  EXPECT_THAT(diagnose("a LIST (RECURSIVEMATCH) \"\" {2+}\r\n))\r\n", Unit::ClientCommand, kRev2).quirks, IsEmpty());
  EXPECT_THAT(names(diagnose("* STATUS \"(\" (MESSAGES 3))\r\n", Unit::ServerResponse, kRev2)),
              ElementsAre("extra-parenthesis"));
  EXPECT_THAT(names(diagnose("* STATUS {2}\r\n(( (MESSAGES 3))\r\n", Unit::ServerResponse, kRev2)),
              ElementsAre("extra-parenthesis"));
  EXPECT_THAT(names(diagnose("* STATUS a (MESSAGES 3))))\r\n", Unit::ServerResponse, kRev2)),
              ElementsAre("extra-parenthesis"));
}

TEST(Diagnose, ACommaBetweenTwoElementsIsNotLoose) {
  EXPECT_THAT(diagnose("a FETCH $,1 FLAGS\r\n", Unit::ClientCommand, kRev2).quirks, IsEmpty());
  EXPECT_THAT(diagnose("a FETCH 1,$ FLAGS\r\n", Unit::ClientCommand, kRev2).quirks, IsEmpty());
  EXPECT_THAT(names(diagnose("a FETCH 1,,2 FLAGS\r\n", Unit::ClientCommand, kRev2)), ElementsAre("loose-comma"));
  EXPECT_THAT(names(diagnose("a FETCH ,,1,,,2,* FLAGS\r\n", Unit::ClientCommand, kRev2)),
              ElementsAre("loose-comma", "loose-comma"));
}

TEST(Diagnose, TheHeaderOfALiteralIsNoPartOfAName) {
  EXPECT_THAT(diagnose("a APPEND a 01-Feb-1994 {1}\r\na\r\n", Unit::ClientCommand, kRev2).quirks, IsEmpty());
}

TEST(Diagnose, AGreetingIsReadAsOne) {
  const Diagnosis found = diagnose("* PREAUTH\r\n", Unit::ServerGreeting, kRev2);
  EXPECT_THAT(names(found), ElementsAre("status-without-text"));
}

TEST(Diagnose, WhatIsOnlyBeyondOurLimitsIsNotDiagnosed) {
  const std::string deep = "a SEARCH " + std::string(2'000, '(') + "ALL" + std::string(2'000, ')') + " \r\n";
  const Diagnosis found = diagnose(deep, Unit::ClientCommand, kRev2);
  EXPECT_THAT(found.quirks, IsEmpty());
  ASSERT_TRUE(found.error.has_value());
  EXPECT_EQ(found.error->kind, ErrorKind::LimitExceeded);
}

TEST(Diagnose, AUnitOfNothingButQuirksEnds) {
  std::string spaces = "* LIST";
  for (int i = 0; i < 100'000; ++i) spaces += " ()";
  EXPECT_NE(diagnose(spaces + "\r\n", Unit::ServerResponse, kRev2).error, std::nullopt);
  EXPECT_NE(diagnose(std::string(1'000'000, '('), Unit::ServerResponse, kRev2).error, std::nullopt);
  std::string quotes = "a LIST (x ";
  for (int i = 0; i < 100'000; ++i) quotes += "\\\"";
  EXPECT_NE(diagnose(")" + quotes + "\r\n", Unit::ClientCommand, kRev2).error, std::nullopt);
  EXPECT_NE(diagnose(std::string(1'000'000, '\n'), Unit::ClientCommand, kRev2).error, std::nullopt);
}

}  // namespace
}  // namespace imapspec::parser::test
