// A connection that ends in every step of a scenario: before the greeting, in the login, while the state is built, in
// each step, in the clean-up. Whoever ended it, there is a verdict, and it is the right one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/e2e/hostile_server.h"
#include "tests/e2e/imapspec_command.h"
#include "tests/e2e/memory_limit.h"
#include "tests/e2e/process.h"
#include "tests/runner/temporary_folder.h"

namespace imapspec::e2e {
namespace {

using nlohmann::json;
using std::chrono::seconds;
using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;

// Everything that a conversation is made of: literals both ways, a continuation, a second connection.
constexpr std::string_view kScenario =
    "title: A conversation with everything in it\n"
    "requirement: 2.2.2/tag-of-a-command\n"
    "start: selected\n"
    "mailbox:\n"
    "  - {message: plain.eml, flags: '\\Seen'}\n"
    "let:\n"
    "  text: 'Subject: x\\x0d\\x0a\\x0d\\x0ay'\n"
    "connections: {second: {}}\n"
    "steps:\n"
    "  - C: 'FETCH 1 (FLAGS BODY.PEEK[])'\n"
    "  - S: '* 1 FETCH (FLAGS (\\Seen))'\n"
    "  - S: 'OK'\n"
    "  - C: 'APPEND {mailbox} {text:literal}'\n"
    "  - S: 'OK'\n"
    "  - C: 'IDLE'\n"
    "  - S: '+'\n"
    "  - continue: 'DONE'\n"
    "  - S: 'OK'\n"
    "  - setup: 'STATUS {mailbox} (MESSAGES)'\n"
    "    on: second\n"
    "  - C: 'NOOP'\n"
    "  - S: 'OK'\n";

// How the connection ends: what the client wrote is not handed on, or half of what came back is.
enum class End : std::uint8_t { InsteadOfTheAnswer, InTheAnswer, Reset };

// Cut passes everything between its client and a server, until the client's n-th piece after the first LOGOUT, which
// ends the conversation with which a run begins.
class Cut {
 public:
  Cut(runner::Address server, int pieces, End end) : server_(std::move(server)), left_(pieces), end_(end) {}

  void operator()(Peer& client) {
    const int server = connect_to_server();
    relay(client.socket(), server);
    ::close(server);
  }

  // happened says whether the client wrote as much.
  [[nodiscard]] bool happened() const { return left_ < 0; }

 private:
  [[nodiscard]] int connect_to_server() const {
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_port = htons(server_.port);
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    EXPECT_EQ(::connect(socket, reinterpret_cast<const sockaddr*>(&name), sizeof name), 0);
    return socket;
  }

  void relay(int client, int server) {
    bool half = false;
    while (true) {
      std::array<pollfd, 2> waiting{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
      if (::poll(waiting.data(), waiting.size(), 20'000) <= 0) return;
      std::array<char, 65'536> octets;
      const bool from_client = waiting[0].revents != 0;
      const ssize_t size = ::recv(from_client ? client : server, octets.data(), octets.size(), 0);
      if (size <= 0) return;
      const std::string_view piece(octets.data(), static_cast<std::size_t>(size));
      if (from_client && counting_ && left_-- == 0) {
        if (end_ == End::Reset) return reset(client);
        if (end_ == End::InsteadOfTheAnswer) return;
        half = true;
      }
      if (from_client && piece.find("LOGOUT") != std::string_view::npos) counting_ = true;
      const std::string_view passed = half && !from_client ? piece.substr(0, piece.size() / 2) : piece;
      ::send(from_client ? server : client, passed.data(), passed.size(), MSG_NOSIGNAL);
      if (half && !from_client) return;
    }
  }

  static void reset(int client) {
    const linger now{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(client, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  }

  runner::Address server_;
  std::atomic<bool> counting_{false};
  std::atomic<int> left_;
  End end_;
};

class Steps : public testing::TestWithParam<End> {
 protected:
  void SetUp() override {
    ::setenv("IMAPSPEC_E2E_PASSWORD", "secret-alice", 1);
    folder_.write("suite/all.yaml", kScenario);
    folder_.write("suite/messages/plain.eml", "Subject: short\r\n\r\ntext\r\n");
  }

  // run runs the scenario through the cut and yields what the report says of it.
  json run(Cut& cut) {
    HostileServer between(std::ref(cut));
    const std::string report = folder_.path() / "report.json";
    const Finished finished = run_program(command({"run",
                                                   "--quiet",
                                                   "--jobs",
                                                   "1",
                                                   "--timeout",
                                                   "2",
                                                   "--scenarios",
                                                   folder_.path() / "suite",
                                                   "--server",
                                                   host_port(between.address()),
                                                   "--tls",
                                                   "none",
                                                   "--user",
                                                   "alice",
                                                   "--password-env",
                                                   "IMAPSPEC_E2E_PASSWORD",
                                                   "--profile",
                                                   "rev2",
                                                   "--json",
                                                   report}),
                                          {}, seconds(30));
    EXPECT_THAT(finished.exit_code, AnyOf(0, 1, 4)) << finished.errors;
    EXPECT_LT(finished.most_memory, kMostMemory);
    std::ifstream file(report);
    const json read = json::parse(file, nullptr, false);
    if (read.is_discarded()) return json::object();
    EXPECT_THAT(read.dump(), Not(HasSubstr("secret-alice")));
    for (const json& one : read.at("scenarios")) {
      if (one.at("id") == "all") return one;
    }
    return json::object();
  }

  runner::TemporaryFolder folder_;
};

// said is all that the scenario's transcript has of the client.
std::string said(const json& scenario) {
  std::string text;
  for (const json& line : scenario.value("transcript", json::array())) {
    if (line.at("direction") == "C") text += line.at("text").get<std::string>() + '\n';
  }
  return text;
}

TEST_P(Steps, ThatAConnectionEndsInHaveARightVerdict) {
  Process server(command({"serve", "--allow-plaintext-login", "--profile", "rev2"}));
  const Ready ready = read_ready(server);
  int ends = 0;
  int held_against_it = 0;
  bool whole = false;
  bool passed = false;
  // The scenario's conversations take about twenty pieces, its clean-up among them.
  while (!whole && ends < 100) {
    SCOPED_TRACE(ends);
    Cut cut(ready.imap, ends, GetParam());
    const json scenario = run(cut);
    whole = !cut.happened();
    const std::string verdict = scenario.value("verdict", "none");
    const std::string text = said(scenario);
    passed = passed || verdict == "pass";
    if (passed) {
      // All its steps were over: the clean-up is not what the server is judged by.
      EXPECT_EQ(verdict, "pass") << scenario.dump(2);
    } else if (text.find("FETCH") == std::string::npos) {
      // Whatever ended while the state was built is not held against the server.
      EXPECT_EQ(verdict, "error") << scenario.dump(2);
    } else {
      // A step on another connection only prepares: without it the scenario is blocked.
      EXPECT_THAT(verdict, AnyOf("fail", "error", "skip")) << scenario.dump(2);
      if (verdict == "fail") ++held_against_it;
    }
    ++ends;
  }
  EXPECT_TRUE(whole) << "it never came through";
  EXPECT_TRUE(passed);
  EXPECT_GT(ends, 15);
  EXPECT_GE(held_against_it, 4);
}

INSTANTIATE_TEST_SUITE_P(All, Steps, testing::Values(End::InsteadOfTheAnswer, End::InTheAnswer, End::Reset),
                         [](const auto& each) {
                           switch (each.param) {
                             case End::InsteadOfTheAnswer:
                               return "InsteadOfTheAnswer";
                             case End::InTheAnswer:
                               return "InTheAnswer";
                             case End::Reset:
                               return "Reset";
                           }
                           return "";
                         });

}  // namespace
}  // namespace imapspec::e2e
