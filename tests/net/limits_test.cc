// What a server's edge bounds: connections, waiting octets, time; and that it survives having no descriptors left.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <string>
#include <thread>
#include <vector>

#include "tests/net/served.h"

namespace imapspec::server {
namespace {

using runner::Door;
using testing::HasSubstr;
using testing::StartsWith;

using Links = std::vector<std::unique_ptr<runner::Link>>;

// fill opens so many cleartext connections, which are all served.
Links fill(Served& served, std::size_t count) {
  Links links;
  for (std::size_t i = 0; i < count; ++i) {
    links.push_back(served.dial(Door::Cleartext));
    EXPECT_THAT(read_to(*links.back(), "* "), StartsWith("* OK"));
  }
  return links;
}

// expect_served waits until a client is greeted: the end of another one's connection is noticed a little later.
void expect_served(Served& served) {
  const auto deadline = soon();
  while (!deadline.passed()) {
    if (read_to(*served.dial(Door::Cleartext), "* ").starts_with("* OK")) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  ADD_FAILURE() << "nobody is served any more";
}

struct Crowd {
  const char* name;
  std::size_t Limits::* limit;
  const char* said;
};

void PrintTo(const Crowd& crowd, std::ostream* out) { *out << crowd.name; }

class CrowdedServer : public testing::TestWithParam<Crowd> {};

TEST_P(CrowdedServer, SaysByeToOneTooManyAndServesTheNextWhenOneLeaves) {
  Limits limits;
  limits.*GetParam().limit = 3;
  Served served({}, limits);
  Links links = fill(served, 3);
  EXPECT_EQ(read_to_end(*served.dial(Door::Cleartext)), std::string("* BYE [LIMIT] ") + GetParam().said + "\r\n");
  // Under implicit TLS there is nothing to say before the handshake.
  EXPECT_EQ(read_to_end(*served.dial_raw(Door::ImplicitTls)), "");
  EXPECT_THAT(ask(*links.front(), "a", "NOOP"), StartsWith("a OK"));
  links.pop_back();
  expect_served(served);
}

INSTANTIATE_TEST_SUITE_P(Limits, CrowdedServer,
                         testing::Values(Crowd{"connections", &Limits::connections, "Too many connections"},
                                         Crowd{"per_address", &Limits::connections_per_address,
                                               "Too many connections from your address"},
                                         Crowd{"before_login", &Limits::connections_before_login,
                                               "Too many connections that have not logged in"}),
                         [](const auto& test) { return test.param.name; });

TEST(CrowdedServers, DoNotCountWhoHasLoggedIn) {
  Limits limits;
  limits.connections_before_login = 2;
  Served served({}, limits);
  const auto first = served.dial(Door::ImplicitTls);
  EXPECT_THAT(read_to(*first, "* "), StartsWith("* OK"));
  EXPECT_THAT(ask(*first, "a", "LOGIN alice secret-alice"), HasSubstr("a OK"));
  const Links links = fill(served, 2);
  EXPECT_THAT(read_to_end(*served.dial(Door::Cleartext)), StartsWith("* BYE"));
}

// NoDescriptors takes all that are not in use away from the process until its end.
class NoDescriptors {
 public:
  NoDescriptors() {
    EXPECT_EQ(getrlimit(RLIMIT_NOFILE, &before_), 0);
    const int next = dup(STDIN_FILENO);
    EXPECT_GE(next, 0);
    close(next);
    rlimit none = before_;
    none.rlim_cur = static_cast<rlim_t>(next);
    EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
  }
  NoDescriptors(const NoDescriptors&) = delete;
  NoDescriptors& operator=(const NoDescriptors&) = delete;
  ~NoDescriptors() { EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &before_), 0); }

 private:
  rlimit before_{};
};

TEST(Descriptors, RunningOutOfThemIsNotTheEnd) {
  Served served;
  const int client = socket(AF_INET, SOCK_STREAM, 0);
  ASSERT_GE(client, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(served.server().port());
  const timeval patience{.tv_sec = 20, .tv_usec = 0};
  ASSERT_EQ(setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)), 0);
  std::array<char, 100> greeting{};
  {
    const NoDescriptors none;
    // The system takes the connection; the server cannot.
    ASSERT_EQ(connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
    std::this_thread::sleep_for(std::chrono::milliseconds(120));
    EXPECT_EQ(recv(client, greeting.data(), greeting.size(), MSG_DONTWAIT), -1);
  }
  EXPECT_GT(recv(client, greeting.data(), greeting.size(), 0), 0);
  EXPECT_THAT(std::string(greeting.data()), StartsWith("* OK"));
  close(client);
  expect_served(served);
}

TEST(SlowReader, OfAWholeMailboxCostsNoMemory) {
  Limits limits;
  limits.output = 100'000;
  Served served({}, limits);
  const auto link = served.dial(Door::ImplicitTls);
  read_to(*link, "* ");
  ASSERT_THAT(ask(*link, "a", "LOGIN alice secret-alice"), HasSubstr("a OK"));
  const std::string message = "A: b\r\n\r\n" + std::string(49'992, 'x');
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(link->send("b APPEND INBOX {50000}\r\n", soon()));
    ASSERT_THAT(read_to(*link, "+"), StartsWith("+"));
    ASSERT_TRUE(link->send(message + "\r\n", soon()));
    ASSERT_THAT(read_to(*link, "b "), HasSubstr("b OK"));
  }
  ASSERT_THAT(ask(*link, "c", "SELECT INBOX"), HasSubstr("c OK"));
  // 50 MB are asked for, and at first nothing is read.
  std::string fetches;
  for (int i = 0; i < 100; ++i) fetches += "f FETCH 1:* BODY.PEEK[]\r\n";
  ASSERT_TRUE(link->send(fetches + "g NOOP\r\n", soon()));
  const auto other = served.dial(Door::Cleartext);
  EXPECT_THAT(read_to(*other, "* "), StartsWith("* OK"));
  std::size_t received = 0;
  std::string last;
  while (!last.ends_with("g OK NOOP completed\r\n")) {
    const auto octets = link->receive(soon());
    ASSERT_TRUE(octets);
    received += octets->size();
    last = (last + *octets).substr(last.size() + octets->size() > 100 ? last.size() + octets->size() - 100 : 0);
  }
  EXPECT_GT(received, 100 * 10 * message.size());
  EXPECT_GT(served.server().most_waiting(), limits.output);
  // The limit and one more response.
  EXPECT_LT(served.server().most_waiting(), limits.output + message.size() + 1'000);
}

TEST(Time, AnOctetNowAndThenDoesNotKeepAConnectionThatHasNotLoggedIn) {
  Served served({}, {}, 200);  // the minute before login takes 300 ms
  const auto link = served.dial(Door::Cleartext);
  read_to(*link, "* ");
  const auto begun = runner::Clock::now();
  while (link->send("x", soon()) && runner::Clock::now() < begun + std::chrono::seconds(20)) {
    const auto octets = link->receive(within(std::chrono::milliseconds(20)));
    if (!octets) continue;
    EXPECT_THAT(*octets, StartsWith("* BYE Autologout"));
    break;
  }
  const auto passed = runner::Clock::now() - begun;
  EXPECT_GE(passed, std::chrono::milliseconds(200));
  EXPECT_LT(passed, std::chrono::seconds(10));
}

TEST(Time, AnIdleClientIsLoggedOutAfterHalfAnHourThatRunsFast) {
  Served served({}, {}, 3'000);  // 31 minutes take 620 ms
  const auto link = served.dial(Door::ImplicitTls);
  read_to(*link, "* ");
  ASSERT_THAT(ask(*link, "a", "LOGIN alice secret-alice"), HasSubstr("a OK"));
  const auto begun = runner::Clock::now();
  EXPECT_THAT(read_to_end(*link), StartsWith("* BYE Autologout"));
  EXPECT_GE(runner::Clock::now() - begun, std::chrono::milliseconds(500));
}

}  // namespace
}  // namespace imapspec::server
