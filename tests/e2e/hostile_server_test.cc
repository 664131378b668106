// imapspec run against servers that are gone, silent, broken or malicious: a clear message, the right exit code,
// bounded memory, an end.
#include "tests/e2e/hostile_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <functional>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/e2e/imapspec_command.h"
#include "tests/e2e/memory_limit.h"
#include "tests/e2e/process.h"
#include "tests/reports/json_schema.h"
#include "tests/reports/xmllint.h"
#include "tests/runner/temporary_folder.h"

namespace imapspec::e2e {
namespace {

using namespace std::string_view_literals;
using std::chrono::seconds;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// What no report may hand through: escape sequences, NUL and DEL, octets that are no UTF-8, markup.
constexpr std::string_view kGarbage =
    "\x1b]0;owned\x07\x1b[2J \xff\xfe\xc3\x28\xed\xa0\x80 \0 \x01\x7f\xc2\x9b <script>alert(1)</script> ]]> &x; \"'"sv;

// run_against runs the suite, or the part of it that the arguments name, without TLS.
Finished run_against(const runner::Address& address, std::vector<std::string> arguments, seconds limit) {
  ::setenv("IMAPSPEC_E2E_PASSWORD", "secret-alice", 1);
  const std::vector<std::string> base{"run",  "--quiet", "--server", host_port(address), "--tls",
                                      "none", "--user",  "alice",    "--password-env",   "IMAPSPEC_E2E_PASSWORD"};
  arguments.insert(arguments.begin(), base.begin(), base.end());
  Finished finished = run_program(command(std::move(arguments)), {}, limit);
  EXPECT_TRUE(finished.exit_code) << "no end after " << limit.count() << " s";
  EXPECT_LT(finished.most_memory, kMostMemory);
  return finished;
}

// is_plain says whether a terminal shows text as it is: UTF-8 without control characters.
bool is_plain(const std::string& text) {
  const bool controls = std::ranges::any_of(
      text, [](char octet) { return octet != '\n' && (static_cast<unsigned char>(octet) < 0x20 || octet == '\x7f'); });
  // json throws on what is not UTF-8. U+0080 to U+009F are control characters too.
  const std::string dumped = nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
  return !controls && dumped.find("\\ufffd") == std::string::npos && dumped.find("\\u008") == std::string::npos &&
         dumped.find("\\u009") == std::string::npos;
}

TEST(UnusableServer, NobodyListens) {
  const runner::Address address = unused_address();
  const Finished finished = run_against(address, {}, seconds(5));
  EXPECT_EQ(finished.exit_code, 4);
  EXPECT_THAT(finished.errors, AllOf(HasSubstr(host_port(address)), HasSubstr("refused")));
  EXPECT_EQ(finished.output, "");
}

struct Unusable {
  std::string name;
  HostileServer::Behaviour behaviour;
  std::string message;  // what the user is told
};

void PrintTo(const Unusable& one, std::ostream* out) { *out << one.name; }

class UnusableServers : public testing::TestWithParam<Unusable> {};

TEST_P(UnusableServers, AreExitCode4AndOneSentence) {
  HostileServer server(GetParam().behaviour);
  const Finished finished = run_against(server.address(), {"--timeout", "2"}, seconds(15));
  EXPECT_EQ(finished.exit_code, 4);
  EXPECT_EQ(finished.output, "");
  EXPECT_THAT(finished.errors, AllOf(HasSubstr(host_port(server.address())), HasSubstr(GetParam().message)));
  EXPECT_EQ(std::ranges::count(finished.errors, '\n'), 1) << finished.errors;
  EXPECT_TRUE(is_plain(finished.errors)) << testing::PrintToString(finished.errors);
}

// silent keeps the connection and says nothing.
void silent(Peer& peer) {
  while (peer.read_line()) continue;
}

// flood sends `octets` again and again, 100 MB of them or until nobody takes them.
HostileServer::Behaviour flood(std::string begin, std::string octets) {
  while (octets.size() < 64'000) octets += octets;
  return [begin, octets](Peer& peer) {
    if (!peer.send(begin)) return;
    for (std::size_t sent = 0; sent < 100'000'000 && peer.send(octets); sent += octets.size()) continue;
    silent(peer);
  };
}

// says sends octets and then waits for the client to leave.
HostileServer::Behaviour says(std::string octets) {
  return [octets](Peer& peer) {
    if (peer.send(octets)) silent(peer);
  };
}

INSTANTIATE_TEST_SUITE_P(
    All, UnusableServers,
    testing::Values(Unusable{"ClosesAtOnce", [](Peer&) {}, "closed the connection"},
                    Unusable{"SaysNothing", silent, "nothing received in time"},
                    Unusable{"GreetsAndSaysNothing", says("* OK hello\r\n"), "nothing received in time"},
                    Unusable{"GreetsAndCloses", [](Peer& peer) { peer.send("* OK hello\r\n"); }, "closed"},
                    Unusable{"SaysGoodbye", says("* BYE go away\r\n"), "go away"},
                    Unusable{"IsNoImapServer", says("SSH-2.0-OpenSSH_9.2p1\r\n"), "greets unlike an IMAP server"},
                    Unusable{"GreetsWithGarbage", says(std::string(kGarbage) + "\r\n"), "greets unlike an IMAP server"},
                    Unusable{"SendsALineWithoutEnd", flood("", "x"), "1048576 octets"},
                    Unusable{"SendsALineWithoutEndLater", flood("* OK hello\r\n", "x"), "1048576 octets"},
                    Unusable{"SendsResponsesForEver", flood("* OK hello\r\n", "* 1 EXISTS\r\n"), "20000 responses"},
                    Unusable{"AnnouncesALargeLiteral", says("* OK hello\r\n* 1 FETCH (BODY[] {4294967295}\r\n"),
                             "our own limit"}),
    [](const auto& each) { return each.param.name; });

// Reports are all the files that a run writes.
struct Reports {
  runner::TemporaryFolder folder;

  [[nodiscard]] std::vector<std::string> options() const {
    return {"--json", path("json"), "--junit", path("xml"), "--html", path("html")};
  }
  [[nodiscard]] std::string path(const std::string& ending) const { return folder.path() / ("report." + ending); }
  [[nodiscard]] std::string read(const std::string& ending) const {
    std::ifstream file(path(ending), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  // check asserts that each is well-formed and yields the JSON report.
  [[nodiscard]] nlohmann::json check() const {
    const std::string root = IMAPSPEC_SOURCE_DIR;
    auto report = nlohmann::json::parse(read("json"), nullptr, false);
    EXPECT_FALSE(report.is_discarded());
    std::ifstream schema(root + "/reports/report.schema.json");
    EXPECT_THAT(reports::schema_violations(nlohmann::json::parse(schema), report), testing::IsEmpty());
    EXPECT_EQ(reports::xmllint_complaints("--schema " + root + "/tests/reports/junit-10.xsd", read("xml")), "");
    EXPECT_EQ(reports::xmllint_complaints("", read("html")), "");
    for (const char* ending : {"json", "xml", "html"}) {
      EXPECT_TRUE(is_plain(read(ending))) << ending;
      EXPECT_THAT(read(ending), Not(HasSubstr("secret-alice"))) << ending;
    }
    EXPECT_THAT(read("html"), Not(HasSubstr("<script>alert")));
    return report;
  }
};

Finished run_with_reports(const HostileServer& server, const Reports& reports, std::vector<std::string> arguments) {
  const auto options = reports.options();
  arguments.insert(arguments.end(), options.begin(), options.end());
  return run_against(server.address(), std::move(arguments), seconds(60));
}

std::string tag_of(const std::string& line) { return line.substr(0, line.find(' ')); }

TEST(UnusableServer, StillGetsReports) {
  HostileServer server([](Peer&) {});
  const Reports reports;
  EXPECT_EQ(run_with_reports(server, reports, {}).exit_code, 4);
  const auto report = reports.check();
  EXPECT_EQ(report.at("summary").at("error"), 1);
}

TEST(HostileServer, ThatDiesInTheMiddleIsNotBlamedForWhatItDidNotDo) {
  HostileServer* self = nullptr;
  std::atomic<int> answers_left{40};
  SaneAtFirst sane("* OK [CAPABILITY IMAP4rev2] ready", [&](Peer& peer, const std::string& line) {
    if (--answers_left >= 0) return peer.send(tag_of(line) + " OK done\r\n");
    self->die();
    return false;
  });
  HostileServer server(std::ref(sane));
  self = &server;
  const Reports reports;
  const Finished finished = run_with_reports(server, reports, {"--timeout", "2"});
  EXPECT_THAT(finished.exit_code, testing::AnyOf(1, 4)) << finished.errors;
  const auto report = reports.check();
  EXPECT_GT(report.at("summary").at("error"), 100);
  EXPECT_THAT(report.dump(), HasSubstr("refused"));
}

TEST(HostileServer, ThatAnswersGarbageGetsFindingsAndReadableReports) {
  const std::string garbage(kGarbage);
  SaneAtFirst sane("* OK [ALERT] " + garbage, [&](Peer& peer, const std::string& line) {
    return peer.send("* " + garbage + "\r\n* CAPABILITY " + garbage + "\r\n" + tag_of(line) + " OK [X " + garbage +
                     "\r\n");
  });
  HostileServer server(std::ref(sane));
  const Reports reports;
  const Finished finished = run_with_reports(server, reports, {"--timeout", "1", "--jobs", "16", "rfc9051/3-states"});
  EXPECT_EQ(finished.exit_code, 1) << finished.errors;
  EXPECT_TRUE(is_plain(finished.output)) << testing::PrintToString(finished.output);
  EXPECT_TRUE(is_plain(finished.errors)) << testing::PrintToString(finished.errors);
  const auto report = reports.check();
  EXPECT_GT(report.at("summary").at("fail"), 0);
  EXPECT_THAT(report.at("findings").dump(), HasSubstr("9/formal-syntax"));
}

TEST(HostileServer, ThatAnswersNothingButGarbageTimesOut) {
  SaneAtFirst sane("* OK " + std::string(kGarbage),
                   [](Peer& peer, const std::string&) { return peer.send(std::string(kGarbage) + "\r\n"); });
  HostileServer server(std::ref(sane));
  const Reports reports;
  const Finished finished =
      run_with_reports(server, reports, {"--timeout", "1", "--jobs", "8", "rfc9051/2.2-commands"});
  EXPECT_THAT(finished.exit_code, testing::AnyOf(1, 4)) << finished.errors;
  EXPECT_TRUE(is_plain(finished.output)) << testing::PrintToString(finished.output);
  EXPECT_GT(reports.check().at("summary").at("error"), 0);
}

// A server that begins to talk without end once it is trusted.
struct Talker {
  std::string name;
  std::string begin;
  std::string again;  // 100 MB of it
};

void PrintTo(const Talker& one, std::ostream* out) { *out << one.name; }

class TalkativeServers : public testing::TestWithParam<Talker> {};

TEST_P(TalkativeServers, CostLittleMemory) {
  std::string block;
  while (block.size() < 64'000) block += GetParam().again;
  SaneAtFirst sane("* OK [CAPABILITY IMAP4rev2] ready", [&](Peer& peer, const std::string& line) {
    if (line.find("LOGIN") != std::string::npos) return peer.send(tag_of(line) + " OK done\r\n");
    if (!peer.send(GetParam().begin)) return false;
    for (std::size_t sent = 0; sent < 100'000'000; sent += block.size()) {
      if (!peer.send(block)) return false;
    }
    return peer.send("\r\n" + tag_of(line) + " OK done\r\n");
  });
  HostileServer server(std::ref(sane));
  const Reports reports;
  const Finished finished =
      run_with_reports(server, reports, {"--jobs", "8", "--timeout", "5", "rfc9051/2.2-commands"});
  EXPECT_THAT(finished.exit_code, testing::AnyOf(1, 4)) << finished.errors;
  EXPECT_THAT(reports.check().dump(), HasSubstr("our own limit"));
}

INSTANTIATE_TEST_SUITE_P(All, TalkativeServers,
                         testing::Values(Talker{"LongLines", "", "* OK " + std::string(500'000, 'x') + "\r\n"},
                                         Talker{"ManyLines", "", "* OK still here\r\n"},
                                         Talker{"ManyBadLines", "",
                                                "* " + std::string(kGarbage) + std::string(1'000, '\x01') + "\r\n"},
                                         Talker{"ALiteral", "* 1 FETCH (BODY[] {60000000}\r\n", "x"}),
                         [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace imapspec::e2e
