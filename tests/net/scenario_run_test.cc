// Scenarios over sockets: concurrency, resets, half-closed connections, handshakes and interruptions as they really
// are.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>

#include "runner/match/pattern.h"
#include "runner/run/executor.h"
#include "runner/scenario/loader.h"
#include "runner/transport/socket_dialer.h"
#include "tests/net/served.h"
#include "tests/runner/temporary_folder.h"

namespace imapspec::server {
namespace {

using runner::ScenarioResult;
using runner::TranscriptLine;
using runner::Verdict;
using testing::HasSubstr;

// Target is a served server, as a run knows it.
class Target {
 public:
  Target()
      : dialer_(runner::make_dialer(runner::Address{served_.server().host(), served_.server().port()},
                                    runner::Address{served_.server().host(), served_.server().tls_port()})) {
    options_.tls_options = served_.trusting();
    options_.account = {"alice", "secret-alice"};
    options_.second_account = {"bob", "secret-bob"};
    folder_.write("message.eml", "Subject: x\r\n\r\ny\r\n");
    const auto probe = runner::probe_server(options_, *dialer_, secrets_, interrupted_);
    EXPECT_TRUE(probe) << probe.error().message;
    if (probe) probe_ = *probe;
  }

  ScenarioResult run(const std::string& yaml) {
    const auto scenario = runner::parse_scenario("title: t\nrequirement: must\n" + yaml, "one", "one.yaml",
                                                 folder_.path(), runner::Pattern::check);
    EXPECT_TRUE(scenario) << (scenario ? "" : runner::to_string(scenario.error().front()));
    if (!scenario) return {};
    const runner::RunContext context{options_, *dialer_, probe_, secrets_, ledger_, "run", interrupted_};
    runner::Janitor janitor(context);
    return runner::run_scenario(*scenario, context, "rev2", janitor);
  }

  Served served_;
  std::unique_ptr<runner::Dialer> dialer_;
  runner::RunOptions options_;
  runner::Secrets secrets_;
  runner::Probe probe_;
  const runner::RequirementMap ledger_;
  runner::TemporaryFolder folder_;
  std::atomic<int> interrupted_{0};
};

std::string told(const ScenarioResult& result) {
  std::string all = result.reason + '\n';
  for (const runner::Finding& finding : result.findings) all += finding.requirement + ": " + finding.deviation + '\n';
  for (const TranscriptLine& line : result.transcript) all += line.connection + ' ' + line.text + '\n';
  return all;
}

TEST(ScenarioRun, BranchesTakePlaceAtTheSameTimeAndNothingIsLost) {
  Target target;
  std::string steps = "  - at-once:\n";
  std::string connections = "connections:\n";
  for (const std::string name : {"b", "c", "d", "main"}) {
    steps += "      " + name + ":\n";
    if (name != "main") connections += "  " + name + ": {start: selected}\n";
    for (int i = 0; i < 8; ++i) steps += "        - C: 'APPEND {mailbox} {message:literal}'\n        - S: 'OK'\n";
  }
  const auto result = target.run("start: selected\nmailbox: []\nlet:\n  message: {file: message.eml}\n" + connections +
                                 "steps:\n" + steps +
                                 "  - C: 'STATUS {mailbox} (MESSAGES)'\n  - S: '* STATUS {mailbox} (MESSAGES 32)'\n"
                                 "  - S: 'OK'\n");
  EXPECT_EQ(result.verdict, Verdict::Pass) << told(result);
  EXPECT_TRUE(result.findings.empty()) << told(result);
}

TEST(ScenarioRun, APushIsAwaited) {
  Target target;
  const auto result = target.run(
      "start: selected\nmailbox: []\nlet:\n  message: {file: message.eml}\nconnections: {b: {}}\nsteps:\n"
      "  - C: 'IDLE'\n  - S: '+'\n  - at-once:\n      main:\n        - wait: '* 1 EXISTS'\n"
      "      b:\n        - C: 'APPEND {mailbox} {message:literal}'\n        - S: 'OK'\n"
      "  - continue: 'DONE'\n  - S: 'OK'\n  - quiet: {}\n");
  EXPECT_EQ(result.verdict, Verdict::Pass) << told(result);
}

TEST(ScenarioRun, TheSecondUserHasMailOfItsOwn) {
  Target target;
  const auto result = target.run(
      "start: authenticated\nmailbox: []\nconnections: {b: {user: 2}}\nsteps:\n"
      "  - C: 'STATUS {mailbox} (MESSAGES)'\n    on: b\n  - S: 'NO'\n  - setup: 'CREATE {mailbox}'\n    on: b\n");
  EXPECT_EQ(result.verdict, Verdict::Pass) << told(result);
  // Cleaned up on both sides.
  const auto again = target.run(
      "start: authenticated\nconnections: {b: {user: 2}}\nsteps:\n  - C: 'CREATE {mailbox}'\n  - S: 'OK'\n"
      "  - C: 'CREATE {mailbox}'\n    on: b\n  - S: 'OK'\n");
  EXPECT_EQ(again.verdict, Verdict::Pass) << told(again);
}

TEST(ScenarioRun, PipelinesOddTagsAndCutCommandsAreServed) {
  Target target;
  const auto result = target.run(
      "start: selected\nmailbox: [message.eml]\nsteps:\n"
      "  - pipeline:\n      - C: 'FETCH 1 UID'\n      - S: '* 1 FETCH (UID {u:nz-number})'\n      - S: 'OK'\n"
      "      - C: 'NOOP'\n        tag: 'z9'\n      - S: 'OK'\n"
      "  - C: 'NOOP'\n    tag: 'a+b'\n  - S: ['* BAD', 'BAD']\n"
      "  - C: 'UID FETCH {u} FLAGS'\n    cut: octets\n    gap: 0.001\n  - S: 'OK'\n");
  EXPECT_EQ(result.verdict, Verdict::Pass) << told(result);
}

TEST(ScenarioRun, AHalfClosedConnectionIsAnsweredAndAResetOneIsGone) {
  Target target;
  const auto result = target.run(
      "start: authenticated\nconnections: {b: {}}\nsteps:\n"
      "  - send: 'q1 NOOP\\x0d\\x0a'\n  - half-close: {}\n  - S: 'q1 OK'\n  - S: 'closed'\n"
      "  - C: 'NOOP'\n    on: b\n  - S: 'OK'\n  - reset: {}\n    on: b\n"
      "  - connect: authenticated\n    on: b\n  - C: 'NOOP'\n    on: b\n  - S: 'OK'\n");
  EXPECT_EQ(result.verdict, Verdict::Pass) << told(result);
}

TEST(ScenarioRun, OctetsBehindStartTlsAreNotObeyed) {
  Target target;
  const auto result = target.run(
      "start: connected\ntls: none\nsteps:\n"
      "  - send: 'q1 STARTTLS\\x0d\\x0aq2 NOOP\\x0d\\x0a'\n    await: q1\n  - S: 'q1 OK'\n  - S-not: 'q2 OK'\n"
      "  - tls: succeeds\n  - C: 'NOOP'\n  - S: 'OK'\n  - S-not: 'q2 OK'\n");
  EXPECT_EQ(result.verdict, Verdict::Pass) << told(result);
}

TEST(ScenarioRun, HandshakesAreWhatTheScenarioAsksFor) {
  Target target;
  const auto run = [&](const std::string& keys) {
    return target.run("start: dialled\ntls: implicit\nsteps:\n  - tls: succeeds\n" + keys + "  - S: '* OK'\n");
  };
  const std::string suite = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256";
  const auto old = run("    maximum: '1.2'\n    ciphers: '" + suite + "'\n    negotiates: {version: '1.2'}\n");
  EXPECT_EQ(old.verdict, Verdict::Pass) << told(old);
  EXPECT_THAT(told(old), HasSubstr("AES128-GCM-SHA256"));
  const auto recent =
      run("    suites: 'TLS_CHACHA20_POLY1305_SHA256'\n    server-name: ''\n"
          "    negotiates: {version: '1.3', cipher: 'TLS_CHACHA20_POLY1305_SHA256', resumed: false}\n");
  EXPECT_EQ(recent.verdict, Verdict::Pass) << told(recent);
  const auto unknown = run("    ciphers: 'NO-SUCH-SUITE'\n");
  EXPECT_EQ(unknown.verdict, Verdict::Skip) << told(unknown);
  const auto other = run("    negotiates: {alpn: 'no-such-protocol'}\n");
  EXPECT_EQ(other.verdict, Verdict::Fail) << told(other);
}

TEST(ScenarioRun, AnInterruptionEndsAWaitAtOnceAndStillCleansUp) {
  Target target;
  std::thread interrupter([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    target.interrupted_ = 2;
  });
  const auto result = target.run(
      "tags: [slow]\nstart: selected\nmailbox: []\nsteps:\n  - C: 'IDLE'\n  - S: '+'\n  - wait: '* 1 EXISTS'\n    "
      "within: 30\n");
  interrupter.join();
  EXPECT_EQ(result.verdict, Verdict::Error);
  EXPECT_EQ(result.reason, "interrupted");
  EXPECT_LT(result.duration, std::chrono::seconds(5));
  target.interrupted_ = 0;
  // The same name again: it would be there still.
  const auto again = target.run("start: authenticated\nmailbox: []\nsteps:\n  - C: 'NOOP'\n  - S: 'OK'\n");
  EXPECT_EQ(again.verdict, Verdict::Pass) << told(again);
}

}  // namespace
}  // namespace imapspec::server
