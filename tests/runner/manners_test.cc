// What a scenario says of its dangers: class, inbox, tags, reconnect.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runner/scenario/manners_reader.h"
#include "tests/runner/load_errors.h"

namespace imapspec::runner {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::expected<Scenario, std::vector<LoadError>> scenario(const std::string& keys, const std::string& start,
                                                         const std::string& command = "NOOP") {
  return parse_scenario(
      "title: T\nrequirement: r\nstart: " + start + "\n" + keys + "steps:\n- C: '" + command + "'\n- S: 'OK'\n", "s",
      "s.yaml", ".");
}

TEST(Manners, AreRead) {
  const auto read = scenario("class: P3\ninbox: true\ntags: [slow, odd-one]\nreconnect: true\n", "connected");
  ASSERT_THAT(error_lines(read), IsEmpty());
  EXPECT_EQ(read->risk, Risk::P3);
  EXPECT_TRUE(read->inbox);
  EXPECT_TRUE(read->reconnect);
  EXPECT_THAT(read->tags, ElementsAre("slow", "odd-one"));
}

TEST(Manners, AreSmallUnlessSaidOtherwise) {
  const auto read = scenario("", "authenticated");
  ASSERT_THAT(error_lines(read), IsEmpty());
  EXPECT_FALSE(read->inbox);
  EXPECT_FALSE(read->reconnect);
  EXPECT_THAT(read->tags, IsEmpty());
}

TEST(Manners, WhatNeverLogsInIsHarmless) {
  EXPECT_EQ(scenario("", "connected")->risk, Risk::P0);
  EXPECT_EQ(scenario("", "not-authenticated")->risk, Risk::P0);
  EXPECT_EQ(scenario("", "authenticated")->risk, Risk::P1);
  EXPECT_EQ(scenario("", "not-authenticated", "LOGIN {user} {password}")->risk, Risk::P1);
  EXPECT_EQ(scenario("", "not-authenticated", "LOGIN {user} {wrong-password}")->risk, Risk::P1);
  EXPECT_EQ(scenario("mailboxes: {box: {}}\n", "not-authenticated")->risk, Risk::P1);
  EXPECT_EQ(scenario("class: P2\n", "connected")->risk, Risk::P2);
}

TEST(Manners, WhoTypesALoginOutMayLogIn) {
  EXPECT_EQ(scenario("", "not-authenticated", "login alice secret")->risk, Risk::P1);
  EXPECT_EQ(scenario("", "not-authenticated", "LOGIN {5}")->risk, Risk::P0);
  EXPECT_EQ(scenario("", "not-authenticated", "LOGIN alice")->risk, Risk::P0);
  const auto raw = parse_scenario(
      "title: T\nrequirement: r\nstart: connected\nsteps:\n- send: 'a NOOP\\x0D\\x0Ab LOG\\x49N a b\\x0D\\x0A'\n"
      "  await: b\n- S: 'b NO'\n",
      "s", "s.yaml", ".");
  ASSERT_THAT(error_lines(raw), IsEmpty());
  EXPECT_EQ(raw->risk, Risk::P1);
}

TEST(Manners, WhatLogsInIsNotHarmlessBecauseItSaysSo) {
  const auto wrong = [](const std::string& keys, const std::string& start, const std::string& command = "NOOP") {
    return error_lines(scenario("class: P0\n" + keys, start, command));
  };
  EXPECT_THAT(wrong("", "authenticated"),
              ElementsAre("s.yaml:4:8: \"class\": P0 never logs in, but \"start\" is a state in which somebody is "
                          "logged in; it is P1"));
  EXPECT_THAT(wrong("", "not-authenticated", "LOGIN {user} {password}"),
              ElementsAre("s.yaml:4:8: \"class\": P0 never logs in, but it sends {user}; it is P1"));
  EXPECT_THAT(wrong("mailboxes: {box: {}}\n", "not-authenticated"),
              ElementsAre("s.yaml:4:8: \"class\": P0 never logs in, but \"mailboxes\" are made by who is logged in; it "
                          "is P1"));
  EXPECT_THAT(wrong("connections: {b: {}}\n", "not-authenticated").size(), 1U);
  EXPECT_THAT(wrong("", "not-authenticated", "DELETE {mailbox}"), IsEmpty());
}

TEST(Manners, WrongOnesAreErrorsWithAPlace) {
  EXPECT_THAT(error_lines(scenario("class: P4\ntags: [a b, c, c]\ninbox: perhaps\n", "connected")),
              ElementsAre("s.yaml:4:8: \"class\": unknown value \"P4\"; expected one of P0, P1, P2, P3",
                          "s.yaml:5:8: a tag is a word of letters, digits, \"-\" and \"_\", found \"a b\"",
                          "s.yaml:5:16: the tag \"c\" is there already",
                          "s.yaml:6:8: \"inbox\": unknown value \"perhaps\"; expected one of false, true"));
}

TEST(Manners, InboxIsNamedOnlyWhereTheScenarioSaysSo) {
  EXPECT_THAT(error_lines(scenario("", "authenticated", "SELECT InBox")),
              ElementsAre("s.yaml:5:6: INBOX is somebody's mail: a scenario that names it says \"inbox: true\""));
  EXPECT_THAT(error_lines(scenario("let: {box: 'inbox'}\n", "authenticated", "SELECT {box}")),
              ElementsAre("s.yaml:4:12: INBOX is somebody's mail: a scenario that names it says \"inbox: true\""));
  EXPECT_THAT(error_lines(scenario("inbox: true\n", "authenticated", "SELECT INBOX")), IsEmpty());
}

TEST(Manners, InboxIsAWord) {
  EXPECT_TRUE(names_inbox("INBOX"));
  EXPECT_TRUE(names_inbox("x inbox.child"));
  EXPECT_TRUE(names_inbox("\"INBOX/child\""));
  EXPECT_FALSE(names_inbox("my-inbox"));
  EXPECT_FALSE(names_inbox("inboxes"));
  EXPECT_FALSE(names_inbox("INBO"));
  EXPECT_FALSE(names_inbox(""));
}

}  // namespace
}  // namespace imapspec::runner
