// imapspec run when it is told to end: what it leaves on the server, and what it writes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>

#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "runner/transport/socket_dialer.h"
#include "tests/e2e/hostile_server.h"
#include "tests/e2e/imapspec_command.h"
#include "tests/e2e/process.h"
#include "tests/reports/xmllint.h"
#include "tests/runner/temporary_folder.h"

namespace imapspec::e2e {
namespace {

using runner::TemporaryFolder;
using testing::HasSubstr;
using testing::Not;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// as_alice is the arguments for a server that is there already.
std::vector<std::string> as_alice(const std::string& server, std::vector<std::string> more) {
  ::setenv("IMAPSPEC_E2E_PASSWORD", "secret-alice", 1);
  more.insert(more.begin(), {"run", "--server", server, "--user", "alice", "--password-env", "IMAPSPEC_E2E_PASSWORD"});
  return command(std::move(more));
}

// wait_for_scenarios waits until so many have ended: each is told by one octet.
bool wait_for_scenarios(Process& process, std::size_t count) {
  const auto deadline = Clock::now() + std::chrono::seconds(20);
  while (process.output().size() < count && Clock::now() < deadline) {
    if (process.wait(milliseconds(1))) return false;
  }
  return process.output().size() >= count;
}

// mailboxes_of lists what a user has, in one text.
std::string mailboxes_of(const Ready& server, const std::string& user) {
  const auto dialer = runner::make_dialer(std::nullopt, server.imaps);
  const auto deadline = Clock::now() + std::chrono::seconds(10);
  auto link = dialer->dial(runner::Door::ImplicitTls, deadline);
  EXPECT_TRUE(link.has_value());
  if (!link) return {};
  runner::TlsOptions options;
  options.ca_file = server.ca;
  EXPECT_TRUE((*link)->start_tls(options, deadline));
  EXPECT_TRUE((*link)->send("a LOGIN " + user + " secret-" + user + "\r\nb LIST \"\" \"*\"\r\nc LOGOUT\r\n", deadline));
  std::string said;
  while (auto octets = (*link)->receive(deadline)) said += *octets;
  EXPECT_THAT(said, HasSubstr("b OK"));
  return said;
}

class Interruption : public testing::TestWithParam<std::tuple<int, std::size_t>> {};

TEST_P(Interruption, LeavesReportsAndNoMailboxes) {
  const auto [number, scenarios] = GetParam();
  Process server(command({"serve", "--port", "0", "--tls-port", "0", "--login-delay", "0"}));
  const Ready ready = read_ready(server);
  const TemporaryFolder folder;
  const std::string json_report = folder.path() / "report.json";
  const std::string junit = folder.path() / "report.xml";
  folder.write("known.yaml", "[]\n");
  const std::string known = folder.path() / "known.yaml";
  Process process(as_alice(host_port(ready.imap), {"--ca", ready.ca, "--jobs", "4", "--json", json_report, "--junit",
                                                   junit, "--write-baseline", known}));
  ASSERT_TRUE(wait_for_scenarios(process, scenarios));
  const auto told = Clock::now();
  process.send_signal(number);
  EXPECT_EQ(process.wait(), 128 + number);
  EXPECT_LT(Clock::now() - told, std::chrono::seconds(5));
  EXPECT_THAT(mailboxes_of(ready, "alice"), Not(HasSubstr("imapspec-")));

  std::ifstream stream(json_report);
  const auto report = nlohmann::json::parse(stream);
  EXPECT_EQ(report.at("interrupted_by"), number);
  EXPECT_GE(report.at("scenarios").size(), scenarios * 9 / 10);  // between the marks are ends of lines
  for (const auto& scenario : report.at("scenarios")) {
    EXPECT_NE(scenario.at("verdict"), "fail") << scenario;
    if (scenario.at("verdict") != "error") continue;
    EXPECT_THAT(std::string(scenario.at("reason")), HasSubstr("interrupted"));
  }
  // What was not reached would seem to be gone.
  std::ifstream baseline(known);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(baseline), {}), "[]\n");
  std::ifstream xml(junit);
  EXPECT_EQ(reports::xmllint_complaints("--noout", {std::istreambuf_iterator<char>(xml), {}}), "");
}

std::string signal_and_moment(const testing::TestParamInfo<std::tuple<int, std::size_t>>& each) {
  const int number = std::get<0>(each.param);
  return std::string(number == SIGINT    ? "Int"
                     : number == SIGTERM ? "Term"
                                         : "Hup") +
         "After" + std::to_string(std::get<1>(each.param));
}

INSTANTIATE_TEST_SUITE_P(AtSeveralMoments, Interruption,
                         testing::Combine(testing::Values(SIGINT, SIGTERM), testing::Values(1U, 7U, 30U, 100U)),
                         signal_and_moment);

// As when a terminal is closed.
INSTANTIATE_TEST_SUITE_P(OfATerminal, Interruption, testing::Values(std::tuple(SIGHUP, std::size_t{7})),
                         signal_and_moment);

TEST(Interruptions, NohupKeepsTheRunAlive) {
  Process process({"/bin/sh", "-c", "trap '' HUP; exec \"$0\" \"$@\"", command({}).front(), "run", "rfc9051/6.4.5"});
  ASSERT_TRUE(process.wait_for_output());
  process.send_signal(SIGHUP);
  EXPECT_EQ(process.wait(), 0) << process.errors();
}

// A run whose output nobody reads to its end, as with `| head -1`.
TEST(Interruptions, AClosedPipeDoesNotEndTheRun) {
  Process server(command({"serve", "--port", "0", "--tls-port", "0", "--login-delay", "0"}));
  const Ready ready = read_ready(server);
  const TemporaryFolder folder;
  const std::string json_report = folder.path() / "report.json";
  const std::string code = folder.path() / "code";
  std::vector<std::string> argv =
      as_alice(host_port(ready.imap), {"--ca", ready.ca, "--json", json_report, "rfc9051/6.4.5"});
  argv.insert(argv.begin(), {"/bin/sh", "-c", "{ \"$@\"; echo $? > '" + code + "'; } | head -c 1", "sh"});
  const Finished finished = run_program(argv, {}, std::chrono::minutes(1));
  EXPECT_EQ(finished.output.size(), 1U);
  EXPECT_THAT(finished.errors, HasSubstr("not all of the output could be written"));
  std::ifstream stream(code);
  int number = 0;
  stream >> number;
  EXPECT_EQ(number, 2);
  EXPECT_THAT(mailboxes_of(ready, "alice"), Not(HasSubstr("imapspec-")));
  std::ifstream report(json_report);
  EXPECT_TRUE(nlohmann::json::parse(report).at("interrupted_by").is_null());
}

// A server that says nothing after the first conversations.
class Silence : public testing::Test {
 protected:
  Silence()
      : sane_("* OK [CAPABILITY IMAP4rev2] ready", [](Peer&, const std::string&) { return true; }),
        server_(std::ref(sane_)) {}

  std::vector<std::string> run() {
    return as_alice(host_port(server_.address()), {"--tls", "none", "--timeout", "30"});
  }

  // wait_until_it_waits gives the run time to reach the silence.
  static void wait_until_it_waits(Process& process) { EXPECT_EQ(process.wait(milliseconds(1500)), std::nullopt); }

  SaneAtFirst sane_;
  HostileServer server_;
};

TEST_F(Silence, IsNotWaitedOut) {
  Process process(run());
  wait_until_it_waits(process);
  const auto told = Clock::now();
  process.send_signal(SIGINT);
  EXPECT_EQ(process.wait(), 130);
  EXPECT_LT(Clock::now() - told, std::chrono::seconds(8)) << "an answer may take 30 s";
}

TEST_F(Silence, EndsAtOnceWithASecondSignal) {
  Process process(run());
  wait_until_it_waits(process);
  process.send_signal(SIGINT);
  EXPECT_EQ(process.wait(milliseconds(50)), std::nullopt);
  process.send_signal(SIGTERM);
  EXPECT_EQ(process.wait(milliseconds(2000)), 128 + SIGTERM);
}

}  // namespace
}  // namespace imapspec::e2e
