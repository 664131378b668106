// STARTTLS and implicit TLS, with real handshakes.
//
// RFC 9051 sections 6.2.1, 11.1
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/net/served.h"

namespace imapspec::server {
namespace {

using runner::Door;
using runner::LinkError;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(Listener, GreetsInTheClearAndUnderTls) {
  Served served;
  for (const Door door : {Door::Cleartext, Door::ImplicitTls}) {
    const auto link = served.dial(door);
    EXPECT_THAT(read_to(*link, "* "), StartsWith("* OK "));
    EXPECT_THAT(ask(*link, "a", "NOOP"), StartsWith("a OK"));
  }
}

TEST(Listener, StarttlsLeadsToTls13AndALogin) {
  Served served;
  const auto link = served.dial(Door::Cleartext);
  read_to(*link, "* ");
  ASSERT_THAT(ask(*link, "a", "STARTTLS"), StartsWith("a OK"));
  const auto facts = link->start_tls(served.trusting(), soon());
  ASSERT_TRUE(facts) << facts.error().message;
  EXPECT_EQ(facts->version, "TLSv1.3");
  EXPECT_THAT(ask(*link, "b", "LOGIN alice secret-alice"), HasSubstr("b OK"));
}

TEST(Listener, WhatCameWithStarttlsIsNotExecuted) {
  Served served;
  const auto link = served.dial(Door::Cleartext);
  read_to(*link, "* ");
  ASSERT_TRUE(link->send("a STARTTLS\r\ninjected CAPABILITY\r\n", soon()));
  ASSERT_THAT(read_to(*link, "a "), StartsWith("a OK"));
  const auto facts = link->start_tls(served.trusting(), soon());
  ASSERT_TRUE(facts) << facts.error().message;
  const std::string answer = ask(*link, "b", "NOOP");
  EXPECT_THAT(answer, StartsWith("b OK"));
  EXPECT_THAT(answer, Not(HasSubstr("injected")));
}

TEST(Listener, CleartextInsteadOfAHandshakeEndsTheConnection) {
  Served served;
  const auto link = served.dial(Door::Cleartext);
  read_to(*link, "* ");
  ASSERT_THAT(ask(*link, "a", "STARTTLS"), StartsWith("a OK"));
  ASSERT_TRUE(link->send("b CAPABILITY\r\n", soon()));
  // Not even an alert: whoever sent this does not speak TLS.
  EXPECT_EQ(read_to_end(*link), "");
}

TEST(Listener, TheTlsPortNeverSpeaksInTheClear) {
  Served served;
  const auto link = served.dial_raw(Door::ImplicitTls);
  ASSERT_TRUE(link->send("a CAPABILITY\r\n", soon()));
  EXPECT_EQ(read_to_end(*link), "");
}

TEST(Listener, AHandshakeThatStallsIsEnded) {
  Limits limits;
  limits.handshake = std::chrono::milliseconds(60);
  Served served({}, limits);
  const auto silent = served.dial_raw(Door::ImplicitTls);
  EXPECT_EQ(read_to_end(*silent), "");
  const auto partial = served.dial_raw(Door::ImplicitTls);
  ASSERT_TRUE(partial->send("\x16\x03\x01", soon()));
  EXPECT_EQ(read_to_end(*partial), "");
}

TEST(Listener, AnAbortedHandshakeIsNoMatterForOthers) {
  Served served;
  for (int i = 0; i < 50; ++i) {
    const auto link = served.dial_raw(Door::ImplicitTls);
    ASSERT_TRUE(link->send("\x16\x03\x01\x02", soon()));
  }
  const auto link = served.dial(Door::ImplicitTls);
  EXPECT_THAT(read_to(*link, "* "), StartsWith("* OK"));
}

TEST(Listener, Tls11IsRefusedUnlessAFaultAcceptsIt) {
  for (const bool faulty : {false, true}) {
    Served served(faulty ? FaultSet(Fault::Tls11Accepted) : FaultSet());
    const auto link = served.dial_raw(Door::ImplicitTls);
    runner::TlsOptions options = served.trusting();
    options.minimum = runner::TlsVersion::Tls1_0;
    options.maximum = runner::TlsVersion::Tls1_1;
    const auto facts = link->start_tls(options, soon());
    if (faulty) {
      ASSERT_TRUE(facts) << facts.error().message;
      EXPECT_EQ(facts->version, "TLSv1.1");
      EXPECT_THAT(read_to(*link, "* "), StartsWith("* OK"));
    } else {
      ASSERT_FALSE(facts);
      EXPECT_EQ(facts.error().kind, LinkError::Kind::TlsRefused);
      EXPECT_THAT(facts.error().message, HasSubstr("protocol version"));
    }
  }
}

}  // namespace
}  // namespace imapspec::server
