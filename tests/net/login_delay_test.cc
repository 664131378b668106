// Failed logins on the network: their answers wait, and nobody else does.
//
// RFC 9051 section 11.7
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/net/served.h"

namespace imapspec::server {
namespace {

using namespace std::chrono_literals;
using runner::Door;
using testing::HasSubstr;

std::unique_ptr<runner::Link> greeted(Served& served) {
  auto link = served.dial(Door::ImplicitTls);
  EXPECT_THAT(read_to(*link, "* "), HasSubstr("AUTH=PLAIN"));
  return link;
}

TEST(LoginDelay, EndsByTheServersTimer) {
  Limits limits;
  limits.login_delay = 30ms;
  Served served({}, limits);
  const auto link = greeted(served);
  const auto start = runner::Clock::now();
  EXPECT_THAT(ask(*link, "a", "LOGIN alice wrong"), HasSubstr("a NO [AUTHENTICATIONFAILED]"));
  EXPECT_GE(runner::Clock::now() - start, 30ms);
  EXPECT_THAT(ask(*link, "b", "LOGIN alice secret-alice"), HasSubstr("b OK"));
}

TEST(LoginDelay, HoldsUpNoOtherConnection) {
  Limits limits;
  limits.login_delay = limits.login_delay_most = 10min;
  Served served({}, limits);
  const auto guessing = greeted(served);
  ASSERT_TRUE(guessing->send("a LOGIN alice wrong\r\nb NOOP\r\n", soon()));
  const auto other = greeted(served);
  EXPECT_THAT(ask(*other, "a", "LOGIN alice secret-alice"), HasSubstr("a OK"));
  EXPECT_THAT(ask(*other, "b", "SELECT INBOX"), HasSubstr("b OK"));
  EXPECT_FALSE(guessing->receive(within(20ms)));
}

}  // namespace
}  // namespace imapspec::server
