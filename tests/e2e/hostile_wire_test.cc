// What a peer puts on the wire, and whom it is held against: a server that breaks the protocol gets a finding with
// its requirement, while our own limits, silence and a network that fails are errors. Every case ends soon and
// costs little memory.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/e2e/hostile_server.h"
#include "tests/e2e/hostile_tls.h"
#include "tests/e2e/imapspec_command.h"
#include "tests/e2e/memory_limit.h"
#include "tests/e2e/process.h"
#include "tests/runner/temporary_folder.h"

namespace imapspec::e2e {
namespace {

using namespace std::string_view_literals;
using nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::AnyOf;
using testing::HasSubstr;

// One command with an answer that anybody can give.
constexpr std::string_view kNoop =
    "title: NOOP completes\n"
    "requirement: 2.2.2/tag-of-a-command\n"
    "start: connected\n"
    "tls: none\n"
    "steps:\n"
    "  - S: '* OK'\n"
    "  - C: 'NOOP'\n"
    "  - S: 'OK'\n";

constexpr std::string_view kStarttls =
    "title: A handshake follows STARTTLS\n"
    "requirement: 2.2.2/tag-of-a-command\n"
    "start: connected\n"
    "tls: none\n"
    "steps:\n"
    "  - C: 'STARTTLS'\n"
    "  - S: 'OK'\n"
    "  - tls: succeeds\n"
    "  - C: 'NOOP'\n"
    "  - S: 'OK'\n";

// Met is what a run made of the one scenario.
struct Met {
  std::string verdict;
  std::string reason;
  json findings;  // of the whole run
  std::optional<int> exit_code;
};

Met run_one(const runner::Address& address, std::string_view scenario, const std::vector<std::string>& more = {}) {
  ::setenv("IMAPSPEC_E2E_PASSWORD", "secret-alice", 1);
  const runner::TemporaryFolder folder;
  folder.write("suite/one.yaml", scenario);
  const std::string report = folder.path() / "report.json";
  std::vector<std::string> arguments{"run",
                                     "--quiet",
                                     "--scenarios",
                                     folder.path() / "suite",
                                     "--server",
                                     host_port(address),
                                     "--tls",
                                     "none",
                                     "--user",
                                     "alice",
                                     "--timeout",
                                     "1",
                                     "--password-env",
                                     "IMAPSPEC_E2E_PASSWORD",
                                     "--json",
                                     report,
                                     "--profile",
                                     "rev2"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Finished finished = run_program(command(std::move(arguments)), {}, seconds(20));
  EXPECT_TRUE(finished.exit_code) << "no end";
  EXPECT_LT(finished.most_memory, kMostMemory);
  std::ifstream file(report);
  const json read = json::parse(file, nullptr, false);
  EXPECT_FALSE(read.is_discarded()) << finished.errors;
  if (read.is_discarded()) return {};
  for (const json& one : read.at("scenarios")) {
    if (one.at("id") != "one") continue;
    return {one.at("verdict"), one.value("reason", ""), read.at("findings"), finished.exit_code};
  }
  ADD_FAILURE() << read.dump(2);
  return {};
}

std::string tag_of(const std::string& line) { return line.substr(0, line.find(' ')); }

// says sends octets with "%t" for the tag.
SaneAtFirst::Answer says(std::string octets) {
  return [octets](Peer& peer, const std::string& line) {
    std::string answer = octets;
    for (std::size_t at = answer.find("%t"); at != std::string::npos; at = answer.find("%t")) {
      answer.replace(at, 2, tag_of(line));
    }
    return peer.send(answer);
  };
}

// says_and_closes sends octets and ends the connection.
SaneAtFirst::Answer says_and_closes(std::string octets) {
  return [octets](Peer& peer, const std::string& line) {
    says(octets)(peer, line);
    return false;
  };
}

// again sends `octets` until nobody takes them, at most 100 MB of them.
SaneAtFirst::Answer again(std::string octets) {
  while (octets.size() < 64'000) octets += octets;
  return [octets](Peer& peer, const std::string&) {
    for (std::size_t sent = 0; sent < 100'000'000; sent += octets.size()) {
      if (!peer.send(octets)) return false;
    }
    return true;
  };
}

// slowly sends each octet by itself, `pause` after the one before.
SaneAtFirst::Answer slowly(std::string octets, milliseconds pause) {
  return [octets, pause](Peer& peer, const std::string& line) {
    std::string answer = octets;
    if (const std::size_t at = answer.find("%t"); at != std::string::npos) answer.replace(at, 2, tag_of(line));
    for (const char octet : answer) {
      if (!peer.send(std::string_view(&octet, 1))) return false;
      std::this_thread::sleep_for(pause);
    }
    return true;
  };
}

struct Case {
  std::string name;
  std::string greeting;  // "* OK [CAPABILITY IMAP4rev2] ready" where it is empty
  SaneAtFirst::Answer answer;
  std::string verdict;
  std::string reason;       // part of it; empty: any
  std::string requirement;  // of a finding that is a fail; empty: nothing is held against the server
};

void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

class HostileWire : public testing::TestWithParam<Case> {};

TEST_P(HostileWire, GetsItsVerdict) {
  const Case& one = GetParam();
  SaneAtFirst sane(one.greeting.empty() ? "* OK [CAPABILITY IMAP4rev2] ready" : one.greeting, one.answer);
  HostileServer server(std::ref(sane));
  const Met met = run_one(server.address(), kNoop);
  EXPECT_EQ(met.verdict, one.verdict) << met.reason << '\n' << met.findings.dump(2);
  EXPECT_THAT(met.reason, HasSubstr(one.reason));
  bool held_against_it = false;
  bool found = false;
  for (const json& finding : met.findings) {
    if (finding.at("verdict") != "fail") continue;
    held_against_it = true;
    if (finding.at("requirement") == one.requirement) found = true;
    EXPECT_NE(finding.value("section", ""), "") << finding.dump();
  }
  EXPECT_EQ(held_against_it, !one.requirement.empty()) << met.findings.dump(2);
  EXPECT_TRUE(found || one.requirement.empty()) << met.findings.dump(2);
}

const std::string kSyntax = "9/formal-syntax";
const std::string kTag = "2.2.2/tag-of-a-command";

std::string literal(std::string_view octets) {
  return "* 1 FETCH (BODY[] {" + std::string(octets) + "}\r\n%t OK done\r\n";
}

INSTANTIATE_TEST_SUITE_P(
    Literals, HostileWire,
    testing::Values(Case{"OfTwoToThe63MinusOne", "", says(literal("9223372036854775807")), "error", "our own limit",
                         ""},
                    Case{"OfTwoToThe63", "", says(literal("9223372036854775808")), "pass", "", kSyntax},
                    Case{"OfTwoToThe64", "", says(literal("18446744073709551616")), "pass", "", kSyntax},
                    Case{"OfAHundredDigits", "", says(literal(std::string(100, '9'))), "pass", "", kSyntax},
                    Case{"ThatNeverCome", "", says("* 1 FETCH (BODY[] {10}\r\nabc"), "error", "in time", ""}),
    [](const auto& each) { return each.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Pace, HostileWire,
    testing::Values(
        Case{"OctetByOctet", "", slowly("* OK still here\r\n%t OK done\r\n", milliseconds(1)), "pass", "", ""},
        Case{"ALineThatNeverEnds", "", slowly(std::string(2'000, 'x'), milliseconds(5)), "error", "in time", ""},
        Case{"NoAnswer", "", [](Peer&, const std::string&) { return true; }, "error", "in time", ""},
        Case{"AGreetingThatNeverEnds", "* OK " + std::string(3U << 20, 'x'), says("%t OK done\r\n"), "error",
             "our own limit", ""}),
    [](const auto& each) { return each.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Floods, HostileWire,
    testing::Values(
        Case{"OfContinuations", "", again("+ go on\r\n"), "error", "our own limit", "7.6/continuation-only-when-due"},
        Case{"OfUntaggedData", "", again("* OK still here\r\n"), "error", "our own limit", ""},
        Case{"OfOneLine", "", again("x"), "error", "our own limit", ""},
        Case{"OfTagsNeverSent", "", again("zz OK done\r\n"), "error", "our own limit", kTag},
        Case{"OfNothing", "", again("\r\n"), "error", "our own limit", kSyntax},
        Case{"OfNul", "", again(std::string("\0", 1)), "error", "our own limit", ""},
        Case{"OfLiterals", "", again("* 1 FETCH (BODY[] {100000}\r\n" + std::string(100'000, 'y') + ")\r\n"), "error",
             "our own limit", "3/mailbox-data-only-when-selected"}),
    [](const auto& each) { return each.param.name; });

INSTANTIATE_TEST_SUITE_P(Tags, HostileWire,
                         testing::Values(Case{"NeverSent", "", says("zz OK done\r\n%t OK done\r\n"), "pass", "", kTag},
                                         Case{"Twice", "", says("%t OK done\r\n%t OK done\r\n"), "pass", "",
                                              "2.2.2/completes-once"},
                                         Case{"BeforeTheCommand", "* OK [CAPABILITY IMAP4rev2] ready\r\na1 OK done",
                                              says(""), "error", "in time", kTag},
                                         Case{"OfDataBeforeSelect", "* OK [CAPABILITY IMAP4rev2] ready\r\n* 3 EXISTS",
                                              says("%t OK done\r\n"), "pass", "", "3/mailbox-data-only-when-selected"}),
                         [](const auto& each) { return each.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Ends, HostileWire,
    testing::Values(Case{"WithByeFirst", "* BYE not today", says(""), "error", "not today", ""},
                    Case{"InsteadOfAnAnswer", "", says_and_closes(""), "fail", "", kTag},
                    Case{"InALine", "", says_and_closes("%t OK do"), "fail", "", kTag},
                    Case{"InALiteral", "", says_and_closes("* 1 FETCH (BODY[] {10}\r\nabc"), "fail", "", kTag},
                    Case{"WithABareLineFeed", "", says("* OK bare\n%t OK done\r\n"), "pass", "", kSyntax},
                    Case{"WithABareCarriageReturn", "", says("* OK b\rare\r\n%t OK done\r\n"), "pass", "", kSyntax}),
    [](const auto& each) { return each.param.name; });

TEST(HostileServer, ThatClosesOnlyItsOwnHalfIsHeardAsClosed) {
  SaneAtFirst sane("* OK [CAPABILITY IMAP4rev2] ready", [](Peer& peer, const std::string&) {
    peer.end_sending();
    return true;
  });
  HostileServer server(std::ref(sane));
  const Met met = run_one(server.address(), kNoop);
  EXPECT_EQ(met.verdict, "fail") << met.reason;
  EXPECT_THAT(met.findings.dump(), HasSubstr("closed the connection"));
}

struct TlsCase {
  std::string name;
  std::function<bool(Peer&)> after_ok;  // has the connection once STARTTLS is answered
  std::string verdict;
  std::string part;  // of the report
};

void PrintTo(const TlsCase& one, std::ostream* out) { *out << one.name; }

class HostileTls : public testing::TestWithParam<TlsCase> {};

TEST_P(HostileTls, GetsItsVerdict) {
  SaneAtFirst sane("* OK [CAPABILITY IMAP4rev2 STARTTLS] ready", [](Peer& peer, const std::string& line) {
    return peer.send(tag_of(line) + " OK begin\r\n") && GetParam().after_ok(peer);
  });
  HostileServer server(std::ref(sane));
  const Met met = run_one(server.address(), kStarttls, {"--insecure"});
  EXPECT_EQ(met.verdict, GetParam().verdict) << met.reason << '\n' << met.findings.dump(2);
  EXPECT_THAT(met.reason + met.findings.dump(), HasSubstr(GetParam().part));
}

// in_tls does the handshake, waits for the client's first command and then has the connection.
std::function<bool(Peer&)> in_tls(std::function<void(TlsPeer&, Peer&)> behaviour) {
  return [behaviour](Peer& peer) {
    TlsPeer tls(peer);
    if (!tls.read()) return false;
    behaviour(tls, peer);
    return false;
  };
}

bool garbage_for_ever(Peer& peer) {
  const std::string block(64'000, '\xaa');
  for (std::size_t sent = 0; sent < 100'000'000; sent += block.size()) {
    if (!peer.send(block)) return false;
  }
  return true;
}

INSTANTIATE_TEST_SUITE_P(
    All, HostileTls,
    testing::Values(
        TlsCase{"TextInsteadOfAHandshake", [](Peer& peer) { return peer.send("* OK what do you mean?\r\n"); }, "fail",
                "refused the handshake"},
        TlsCase{"GarbageWithoutEnd", garbage_for_ever, "fail", "refused the handshake"},
        TlsCase{"ARecordThatNeverComes", [](Peer& peer) { return peer.send("\x16\x03\x03\x3f\xff"sv); }, "error",
                "did not finish in time"},
        TlsCase{"NothingInsteadOfAHandshake", [](Peer&) { return true; }, "error", "did not finish in time"},
        TlsCase{"AnEndInsteadOfAHandshake", [](Peer&) { return false; }, "fail", "refused the handshake"},
        TlsCase{"GarbageBetweenRecords", in_tls([](TlsPeer&, Peer& peer) { peer.send("%%%%%%%%%%%%%%%%"); }), "fail",
                "closed the connection"},
        TlsCase{"GarbageInsideRecords",
                in_tls([](TlsPeer& tls, Peer&) { tls.write("\xff\xfe\x00\x01\r\na1 NO\r\n"sv); }), "fail", kSyntax},
        TlsCase{"AnEndWithoutCloseNotify", in_tls([](TlsPeer&, Peer&) {}), "fail", "closed the connection"},
        TlsCase{"AFloodInsideRecords", in_tls([](TlsPeer& tls, Peer&) {
                  std::string block;
                  while (block.size() < 16'000) block += "* OK still here\r\n";
                  for (std::size_t sent = 0; sent < 50'000'000 && tls.write(block); sent += block.size()) continue;
                }),
                "error", "our own limit"}),
    [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace imapspec::e2e
