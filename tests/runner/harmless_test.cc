// A run that may do nothing to the server logs in nowhere, and needs no account.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/runner/bench.h"

namespace imapspec::runner {
namespace {

using test::Bench;
using test::kGreeting;
using ::testing::ElementsAre;

TEST(Harmless, TheSanityConversationLogsInOnlyWhereSomethingMay) {
  Bench bench;
  const test::Turn told{"CAPABILITY", "* CAPABILITY IMAP4rev2\r\n%t OK x\r\n"};
  const test::Turn bye{"LOGOUT", "* BYE x\r\n%t OK x\r\n", true};
  bench.options_.consent.risk = Risk::P0;
  bench.options_.account = {};
  EXPECT_EQ(bench.probe({{kGreeting, told}, {kGreeting, told, bye}}), "");
  EXPECT_THAT(bench.scripts_[1]->sent, ElementsAre("a1 CAPABILITY\r\n", "a2 LOGOUT\r\n"));
}

TEST(Harmless, NobodyLogsInToCleanUpWhereNothingMayLogIn) {
  const std::string yaml = test::scenario("  - C: 'DELETE {other-mailbox}'\n  - S: 'BAD'\n");
  const test::Turn refused{"DELETE", "%t BAD x\r\n"};
  Bench bench;
  bench.options_.consent.risk = Risk::P0;
  EXPECT_EQ(bench.run(yaml, {{kGreeting, refused}, {kGreeting}}).verdict, Verdict::Pass);
  EXPECT_EQ(bench.scripts_[1]->sent.size(), 0U);
  bench.options_.consent.risk = Risk::P1;
  EXPECT_EQ(bench.run(yaml, {{kGreeting, refused}, {kGreeting}}).verdict, Verdict::Pass);
  EXPECT_GT(bench.scripts_[1]->sent.size(), 0U);
}

}  // namespace
}  // namespace imapspec::runner
