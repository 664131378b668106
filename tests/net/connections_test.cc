// Many clients, slow clients, clients that go away, and the end of a server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/net/served.h"

namespace imapspec::server {
namespace {

using runner::Door;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

std::unique_ptr<runner::Link> logged_in(Served& served, const std::string& user = "alice") {
  auto link = served.dial(Door::ImplicitTls);
  read_to(*link, "* ");
  EXPECT_THAT(ask(*link, "l", "LOGIN " + user + " secret-" + user), HasSubstr("l OK"));
  return link;
}

TEST(Listener, ServesTwoHundredConnectionsAtOnce) {
  Served served;
  std::vector<std::unique_ptr<runner::Link>> links;
  for (int i = 0; i < 200; ++i) links.push_back(served.dial(i % 2 == 0 ? Door::Cleartext : Door::ImplicitTls));
  for (const auto& link : links) ASSERT_THAT(read_to(*link, "* "), StartsWith("* OK"));
  // All ask before any answer is read.
  for (const auto& link : links) ASSERT_TRUE(link->send("a CAPABILITY\r\nb LOGOUT\r\n", soon()));
  for (const auto& link : links) {
    const std::string answers = read_to_end(*link);
    EXPECT_THAT(answers, HasSubstr("\r\na OK"));
    EXPECT_THAT(answers, HasSubstr("\r\nb OK"));
  }
}

TEST(Listener, TellsAnIdlingSessionWhatAnotherDid) {
  Served served;
  const auto idling = logged_in(served);
  EXPECT_THAT(ask(*idling, "a", "SELECT INBOX"), HasSubstr("a OK"));
  ASSERT_TRUE(idling->send("b IDLE\r\n", soon()));
  EXPECT_THAT(read_to(*idling, "+"), EndsWith("\r\n"));
  const auto other = logged_in(served);
  EXPECT_THAT(ask(*other, "c", "APPEND INBOX {5+}\r\nA: b\n"), HasSubstr("c "));
  EXPECT_THAT(ask(*other, "d", "APPEND INBOX {8+}\r\nA: b\r\n\r\n"), HasSubstr("d OK"));
  EXPECT_THAT(read_to(*idling, "* "), HasSubstr(" EXISTS\r\n"));
  ASSERT_TRUE(idling->send("DONE\r\n", soon()));
  EXPECT_THAT(read_to(*idling, "b "), HasSubstr("b OK"));
}

TEST(Listener, AClientThatReadsLateGetsAllOfALargeOutput) {
  Served served;
  const auto link = logged_in(served);
  const std::string message = "A: b\r\n\r\n" + std::string(1'000'000, 'x') + "\r\n";
  ASSERT_TRUE(link->send("a APPEND INBOX {" + std::to_string(message.size()) + "}\r\n", soon()));
  ASSERT_THAT(read_to(*link, "+"), StartsWith("+"));
  ASSERT_TRUE(link->send(message + "\r\n", soon()));
  ASSERT_THAT(read_to(*link, "a "), HasSubstr("a OK"));
  ASSERT_THAT(ask(*link, "b", "SELECT INBOX"), HasSubstr("b OK"));
  // More than the sockets and the session will hold, asked for in one write.
  std::string fetches;
  for (int i = 0; i < 30; ++i) fetches += "f" + std::to_string(i) + " FETCH 1 BODY.PEEK[]\r\n";
  ASSERT_TRUE(link->send(fetches + "g NOOP\r\n", soon()));
  const std::string answers = read_to(*link, "g ");
  EXPECT_GT(answers.size(), 30 * message.size());
  EXPECT_THAT(answers.substr(answers.size() - 200), HasSubstr("f29 OK"));
}

TEST(Listener, AClientThatHalfClosedIsStillAnswered) {
  Served served;
  for (const Door door : {Door::Cleartext, Door::ImplicitTls}) {
    const auto link = served.dial(door);
    ASSERT_TRUE(link->send("a CAPABILITY\r\nb NOOP\r\n", soon()));
    link->shut_down_sending();
    const std::string answers = read_to_end(*link);
    EXPECT_THAT(answers, HasSubstr("a OK"));
    EXPECT_THAT(answers, HasSubstr("b OK"));
  }
}

TEST(Listener, TheByeArrivesThoughInputIsLeftUnread) {
  Served served;
  for (const Door door : {Door::Cleartext, Door::ImplicitTls}) {
    const auto link = served.dial(door);
    // Closing the socket over this would reset the connection, and lose the answer.
    ASSERT_TRUE(link->send("a LOGOUT\r\n" + std::string(300'000, 'x'), soon()));
    const std::string answers = read_to_end(*link);
    EXPECT_THAT(answers, HasSubstr("* BYE"));
    EXPECT_THAT(answers, HasSubstr("a OK"));
  }
}

TEST(Listener, ClientsThatVanishLeaveTheServerWell) {
  Served served;
  for (int i = 0; i < 50; ++i) {
    const auto link = served.dial(i % 2 == 0 ? Door::Cleartext : Door::ImplicitTls);
    ASSERT_TRUE(link->send("a CAPABILITY\r\n", soon()));
    link->close();
  }
  const auto link = served.dial(Door::Cleartext);
  EXPECT_THAT(read_to(*link, "* "), StartsWith("* OK"));
}

TEST(Listener, StoppingClosesAllConnections) {
  Served served;
  std::vector<std::unique_ptr<runner::Link>> links;
  for (const Door door : {Door::Cleartext, Door::ImplicitTls}) {
    links.push_back(served.dial(door));
    read_to(*links.back(), "* ");
  }
  links.push_back(served.dial_raw(Door::ImplicitTls));
  served.stop();
  for (const auto& link : links) {
    const auto octets = link->receive(soon());
    ASSERT_FALSE(octets);
    EXPECT_EQ(octets.error().kind, runner::LinkError::Kind::Closed);
  }
}

TEST(Listener, APortThatIsTakenIsAnError) {
  Store store([] { return std::chrono::system_clock::now(); });
  const auto made = make_certificate(std::vector<std::string>{"localhost"}, std::chrono::system_clock::now());
  ASSERT_TRUE(made);
  ServerConfig config;
  config.certificate = made->certificate;
  const auto first = Server::create(store, config);
  ASSERT_TRUE(first) << first.error();
  config.port = (*first)->port();
  const auto second = Server::create(store, config);
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error(), HasSubstr(std::to_string(config.port)));
}

}  // namespace
}  // namespace imapspec::server
