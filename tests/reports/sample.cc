#include "tests/reports/sample.h"

#include <fmt/format.h>

#include <array>
#include <chrono>

namespace imapspec::reports {
namespace {

using namespace std::chrono_literals;
using runner::Check;
using runner::Finding;
using runner::Level;
using runner::RunResult;
using runner::ScenarioResult;
using runner::TranscriptLine;
using runner::Verdict;
using Direction = runner::TranscriptLine::Direction;

// 2026-02-28T23:59:58.250Z
constexpr std::chrono::system_clock::time_point kStarted{std::chrono::seconds(1772323198) + 250ms};

TranscriptLine line(Direction direction, std::chrono::microseconds at, std::string text) {
  TranscriptLine result;
  result.direction = direction;
  result.at = at;
  result.text = std::move(text);
  return result;
}

Finding finding(std::string requirement, std::string section, Level level, Verdict verdict, Check check) {
  Finding result;
  result.requirement = std::move(requirement);
  result.rfc = "9051";
  result.section = std::move(section);
  result.level = level;
  result.verdict = verdict;
  result.check = check;
  return result;
}

ScenarioResult scenario(std::string id, std::string title, std::string profile, Verdict verdict) {
  ScenarioResult result;
  result.id = std::move(id);
  result.title = std::move(title);
  result.profile = std::move(profile);
  result.verdict = verdict;
  result.where = {"scenarios/" + result.id + ".yaml", 1, 1};
  result.duration = 12'345us;
  result.reproduce = fmt::format("imapspec run --profile {} --only {}", result.profile, result.id);
  return result;
}

RunResult with_facts() {
  RunResult run;
  run.tool_version = "0.1.0";
  run.target.name = "example";
  run.target.host = "127.0.0.1:1143";
  run.target.tls = "starttls";
  run.target.greeting = "* OK [CAPABILITY IMAP4rev1 IMAP4rev2 STARTTLS] ready";
  run.target.capabilities = {"IMAP4rev1", "IMAP4rev2", "IDLE"};
  run.started = kStarted;
  run.duration = 1'234'567us;
  return run;
}

}  // namespace

RunResult hostile_run() {
  RunResult run = with_facts();
  run.target.insecure = true;
  run.interrupted_by = 2;
  constexpr std::array<Verdict, 10> kAll = {Verdict::Pass,  Verdict::Info,     Verdict::Skip, Verdict::Unimplemented,
                                            Verdict::XFail, Verdict::Weakness, Verdict::Warn, Verdict::Error,
                                            Verdict::XPass, Verdict::Fail};
  constexpr std::array<Level, 5> kLevels = {Level::Must, Level::Should, Level::May, Level::Statement, Level::Hardening};
  constexpr std::array<Check, 3> kChecks = {Check::Step, Check::Monitor, Check::Grammar};
  std::size_t number = 0;
  for (const Verdict verdict : kAll) {
    const std::string name(runner::verdict_name(verdict));
    ScenarioResult result = scenario("folder/" + name, "title " + name, number % 2 == 0 ? "rev1" : "rev2", verdict);
    result.requirements = {"first/" + name, "second/" + name};
    result.section = "6.4.5";
    result.reason = "reason of " + name;
    for (const Check check : kChecks) {
      Finding found = finding(fmt::format("{}/{}", name, runner::check_name(check)), "6.4.5",
                              kLevels.at(number % kLevels.size()), verdict, check);
      found.deviation = "deviation";
      found.message = "message";
      found.where = {"file.yaml", 7, 3};
      found.sent = "sent";
      found.expected = "expected";
      found.actual = "actual";
      if (check != Check::Step)
        found.before = {line(Direction::Client, 5us, "before"), line(Direction::Server, 9us, "before")};
      result.findings.push_back(found);
    }
    Finding everywhere = finding("everywhere", "9", Level::Must, Verdict::Fail, Check::Grammar);
    everywhere.deviation = "two spaces";
    result.findings.push_back(everywhere);
    result.transcript = {line(Direction::Note, 0us, "note"), line(Direction::Client, 250us, "client"),
                         line(Direction::Server, 1'000us, "server")};
    run.scenarios.push_back(std::move(result));
    ++number;
  }
  runner::merge_findings(run);
  for_each_text(run, [](std::string& text) { text += kHostile; });
  run.scenarios.back().transcript.push_back(line(Direction::Server, 2'000us, std::string(100 * 1024, 'x')));
  return run;
}

RunResult polite_run() {
  RunResult run = with_facts();
  run.scenarios.push_back(
      scenario("rfc9051/6.2.3-login/ok", "LOGIN with the right password succeeds", "rev1", Verdict::Pass));
  run.scenarios.push_back(
      scenario("rfc9051/6.2.3-login/ok", "LOGIN with the right password succeeds", "rev2", Verdict::Pass));

  ScenarioResult partial =
      scenario("rfc9051/6.4.5-fetch/partial-past-end",
               "A partial FETCH that starts past the end returns an empty string", "rev1", Verdict::Fail);
  partial.requirements = {"6.4.5/partial-past-end-is-empty"};
  partial.section = "6.4.5";
  Finding past = finding("6.4.5/partial-past-end-is-empty", "6.4.5", Level::Must, Verdict::Fail, Check::Step);
  past.deviation = "no response matches";
  past.message = "The response has NIL where an empty string is expected.";
  past.where = {partial.where.file, 7, 5};
  past.sent = "a2 FETCH 1 BODY.PEEK[TEXT]<9999.10>";
  past.expected = "* 1 FETCH (BODY[TEXT]<9999> \"\")";
  past.actual = "* 1 FETCH (BODY[TEXT]<9999> NIL)\na2 OK done";
  partial.findings.push_back(past);
  Finding spaces = finding("9/one-space", "9", Level::Statement, Verdict::Fail, Check::Grammar);
  spaces.deviation = "two spaces after FETCH";
  spaces.message = "Octet 9: expected \"(\", got a space.";
  spaces.actual = "* 1 FETCH  (FLAGS ())";
  partial.findings.push_back(spaces);
  for (int i = 1; i <= 6; ++i) {
    partial.transcript.push_back(line(Direction::Client, i * 1'000us, fmt::format("a{} NOOP", i)));
    partial.transcript.push_back(line(Direction::Server, i * 1'000us + 400us, fmt::format("a{} OK \\xC3\\xA9", i)));
  }
  run.scenarios.push_back(partial);

  ScenarioResult copy =
      scenario("rfc9051/6.4.7-copy/trycreate", "COPY to no mailbox says TRYCREATE", "rev1", Verdict::Warn);
  copy.requirements = {"6.4.7/trycreate"};
  Finding trycreate = finding("6.4.7/trycreate", "6.4.7", Level::Should, Verdict::Warn, Check::Step);
  trycreate.deviation = "NO without TRYCREATE";
  trycreate.message = "NO came without [TRYCREATE].";
  Finding exists = finding("7.4.1/exists-tells-all", "7.4.1", Level::Statement, Verdict::Warn, Check::Monitor);
  exists.deviation = "EXISTS below the messages that were shown";
  exists.message = "EXISTS 1 after 2 messages";
  exists.where = {copy.where.file, 12, 5};
  exists.sent = "a3 NOOP";
  exists.expected = "EXISTS tells of all messages";
  exists.actual = "* 1 EXISTS";
  exists.before = {line(Direction::Server, 8'000us, "a2 OK done"), line(Direction::Client, 9'000us, "a3 NOOP")};
  copy.findings = {trycreate, spaces, exists};
  run.scenarios.push_back(copy);

  for (const std::string_view name : {"one", "two", "three", "four"}) {
    ScenarioResult idle = scenario(fmt::format("rfc9051/6.3.13-idle/{}", name), "IDLE", "rev1", Verdict::Unimplemented);
    idle.reason = "the server does not advertise IDLE";
    run.scenarios.push_back(idle);
  }
  ScenarioResult tls = scenario("rfc9051/6.2.1-starttls/refuses-pipelining", "STARTTLS", "rev1", Verdict::Skip);
  tls.reason = "no cleartext port";
  run.scenarios.push_back(tls);
  runner::merge_findings(run);
  return run;
}

RunResult long_run() {
  std::string text;
  while (text.size() < 20 * 1024) text += kHostile;
  RunResult run = polite_run();
  for_each_text(run, [&text](std::string& field) { field += text; });
  return run;
}

}  // namespace imapspec::reports
