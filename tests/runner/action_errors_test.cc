// Errors in what steps do, with their places and what was meant perhaps.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runner/match/pattern.h"
#include "runner/scenario/loader.h"
#include "tests/runner/load_errors.h"

namespace imapspec::runner {
namespace {

using testing::ElementsAreArray;

struct Row {
  const char* name;
  std::string steps;  // from line 5 on
  std::vector<std::string> errors;
  std::string head = "connections: {b: {}, c: {start: connected}}";
};

// Everything after the steps would be in the way of their lines, so the head is before them.
std::vector<std::string> errors_of(const Row& row) {
  const std::string yaml = "title: T\nrequirement: r\n" + row.head + "\nstart: authenticated\nsteps:\n" + row.steps;
  return error_lines(parse_scenario(yaml, "id", "s.yaml", "nowhere", Pattern::check));
}

TEST(ActionErrors, OfConnections) {
  const std::string noop = "  - setup: 'NOOP'\n";
  const std::vector<Row> table = {
      {"unknown",
       "  - setup: 'NOOP'\n    on: bb",
       {"s.yaml:7:9: \"on\": there is no connection \"bb\"; did you mean \"b\"?"}},
      {"nothing near",
       "  - setup: 'NOOP'\n    on: nowhere",
       {"s.yaml:7:9: \"on\": there is no connection \"nowhere\"; expected one of main, b, c"}},
      {"start after use",
       "  - C: 'NOOP'\n    on: c\n  - S: 'OK'\n  - S: '* OK'\n    on: c",
       {"s.yaml:10:9: \"on\" beside \"S\" is for what the start of a connection produced, and it was used before"}},
      {"start without responses",
       "  - S: '* OK'\n    on: b",
       {"s.yaml:6:5: an expectation of what the start produced; \"authenticated\" produces nothing to judge"}},
      {"own connection",
       noop,
       {"s.yaml:3:15: \"main\" is the scenario's own connection, which \"start\" and \"tls\" describe"},
       "connections: {main: {}}"},
      {"no name",
       noop,
       {"s.yaml:3:15: \"B\" is no name of a connection: expected small letters, digits and \"-\", a letter first, and "
        "no "
        "\"-\" with digits at the end"},
       "connections: {B: {}}"},
      {"keys", noop, {"s.yaml:3:19: unknown key \"usr\"; did you mean \"user\"?"}, "connections: {b: {usr: 2}}"},
      {"user", noop, {"s.yaml:3:25: \"user\": expected a number from 1 to 2"}, "connections: {b: {user: 3}}"},
      {"nothing to select",
       noop,
       {"s.yaml:3:26: \"start\": selected needs the key \"mailbox\" in the scenario"},
       "connections: {b: {start: selected}}"},
      {"list",
       noop,
       {"s.yaml:3:14: \"connections\": expected a map of names to connections, found a list"},
       "connections: [b]"},
  };
  for (const Row& row : table) EXPECT_THAT(errors_of(row), ElementsAreArray(row.errors)) << row.name;
}

TEST(ActionErrors, OfBranches) {
  const std::string good = "        - C: 'NOOP'\n        - S: 'OK'\n";
  const std::string binds = "        - C: 'NOOP'\n        - S: '* {n:number} EXISTS'\n        - S: 'OK'\n";
  const std::vector<Row> table = {
      {"one branch",
       "  - at-once:\n      b:\n" + good,
       {"s.yaml:7:7: \"at-once\": expected a map of at least two connections to lists of steps"}},
      {"unknown connection",
       "  - at-once:\n      main:\n" + good + "      d:\n" + good,
       {"s.yaml:10:7: a branch of \"at-once\": there is no connection \"d\"; did you mean \"b\"?"}},
      {"two bind a name",
       "  - at-once:\n      main:\n" + binds + "      b:\n" + binds,
       {"s.yaml:13:14: the name \"n\" is bound in another branch, which takes place at the same time"}},
      {"one binds, another reads",
       "  - at-once:\n      main:\n" + binds + "      b:\n        - C: 'FETCH {n} UID'\n" + "        - S: 'OK'\n",
       {"s.yaml:12:14: the name \"n\" is bound in another branch, which takes place at the same time"}},
      {"bound before",
       "  - C: 'NOOP'\n  - S-may: '* {n:number} EXISTS'\n  - S: 'OK'\n  - at-once:\n      main:\n" + binds +
           "      b:\n" + binds,
       {}},
      {"on",
       "  - at-once:\n      main:\n        - C: 'NOOP'\n          on: b\n        - S: 'OK'\n      b:\n" + good,
       {"s.yaml:9:15: \"on\" in a branch of \"at-once\", which is on one connection"}},
      {"resume",
       "  - at-once:\n      main:\n        - tls: succeeds\n          resume: b\n      b:\n" + good,
       {"s.yaml:8:11: \"resume\" in a branch of \"at-once\" with the session of another branch's connection"}},
      {"nested",
       "  - at-once:\n      main:\n" + good + "        - at-once: {}\n      b:\n" + good,
       {"s.yaml:10:11: \"at-once\" in a branch of \"at-once\"; they are not nested"}},
      {"expectation first",
       "  - at-once:\n      main:\n        - S: 'OK'\n" + good + "      b:\n" + good,
       {"s.yaml:8:11: \"S\" at the beginning in a branch of \"at-once\"; expected an action"}},
      {"expectation after",
       "  - at-once:\n      main:\n" + good + "      b:\n" + good + "  - S: 'OK'",
       {"s.yaml:13:5: an expectation after \"at-once\"; they stand in its branches"}},
  };
  for (const Row& row : table) EXPECT_THAT(errors_of(row), ElementsAreArray(row.errors)) << row.name;
}

TEST(ActionErrors, OfPipelinesAndWrites) {
  const std::vector<Row> table = {
      {"what is no command",
       "  - pipeline:\n      - send: 'x'",
       {"s.yaml:7:9: \"send\" in a \"pipeline\"; expected \"C\" and what follows it"}},
      {"without end",
       "  - pipeline:\n      - C: 'NOOP'",
       {"s.yaml:7:9: \"C\" needs an expectation of how the command ends: a tagged status, '+' or 'closed'"}},
      {"cut",
       "  - pipeline:\n      - C: 'NOOP'\n        cut: 3\n      - S: 'OK'",
       {"s.yaml:8:14: \"cut\" in a \"pipeline\", which is one write"}},
      {"gap alone",
       "  - send: 'x'\n    gap: 0.1",
       {"s.yaml:7:10: \"gap\": there is one write only; \"cut\" says where others begin"}},
      {"cut of words",
       "  - send: 'x'\n    cut: octet",
       {"s.yaml:7:10: \"cut\": expected octets, or the offsets at which another write begins"}},
      {"cut backwards",
       "  - send: 'xxxx'\n    cut: [3, 3]",
       {"s.yaml:7:14: \"cut\": expected offsets in ascending order"}},
      {"slow",
       "  - pause: 0.6\n  - pause: 0.6\n  - pause: 0.6",
       {"s.yaml:7:5: the scenario pauses for more than a second by now: it needs \"tags: [slow]\""}},
      {"slow writes",
       "  - send: 'xxxx'\n    cut: octets\n    gap: 0.4",
       {"s.yaml:6:5: the scenario pauses for more than a second by now: it needs \"tags: [slow]\""}},
      {"tagged slow", "  - pause: 1.6", {}, "tags: [slow]"},
      {"pause",
       "  - pause: 3601\n  - S: 'OK'",
       {"s.yaml:6:12: \"pause\": expected a time from 0.001 to 3600 seconds, with at most three decimals and "
        "without a unit, found \"3601\"",
        "s.yaml:7:5: an expectation after \"pause\", which reads nothing"}},
      {"until",
       "  - C: 'NOOP'\n    until: '* x EXISTS'\n  - S: 'OK'",
       {"s.yaml:7:12: \"until\": not an IMAP response: offset 2: response-data: expected number or the name of a "
        "response, "
        "found \"x\""}},
      {"until with an entry",
       "  - C: 'NOOP'\n    until: ['* 1 EXISTS', {S: 'OK', verdct: warn}]\n  - S: 'OK'",
       {"s.yaml:7:27: the key \"verdict\" is missing",
        "s.yaml:7:37: unknown key \"verdct\"; did you mean \"verdict\"?"}},
      {"until of a command that is not complete",
       "  - C: 'IDLE'\n    until: '* 1 EXISTS'\n  - S: '+'",
       {"s.yaml:6:5: \"until\" with '+': the command has to complete before it is sent again"}},
      {"until with passwords",
       "  - C: 'login {user} {wrong-password}'\n    until: 'OK'\n  - S: ['OK', 'NO']",
       {"s.yaml:6:8: \"until\" with login: no password is tried again and again"}},
      {"until with a tag",
       "  - C: 'NOOP'\n    tag: x\n    until: '* 1 EXISTS'\n  - S: 'OK'",
       {"s.yaml:7:10: \"tag\": unquoted wire text: write it in single quotes",
        "s.yaml:7:10: \"tag\" beside \"until\", which sends many times"}},
      {"until without an end",
       "  - C: 'NOOP'\n    until: '* 1 EXISTS'",
       {"s.yaml:6:5: \"C\" needs an expectation of how the command ends: a tagged status, '+' or 'closed'"}},
      {"until that is slow",
       "  - C: 'NOOP'\n    until: '* 1 EXISTS'\n    within: 1.5\n  - S: 'OK'",
       {"s.yaml:6:5: the scenario pauses for more than a second by now: it needs \"tags: [slow]\""}},
      {"wait that is slow",
       "  - wait: '* 1 EXISTS'\n    within: 1.5",
       {"s.yaml:6:5: the scenario pauses for more than a second by now: it needs \"tags: [slow]\""}},
      {"wait of a slow scenario", "  - wait: '* 1 EXISTS'\n    within: 1.5", {}, "tags: [slow]"},
      {"until in a pipeline",
       "  - pipeline:\n      - C: 'NOOP'\n        until: '* 1 EXISTS'\n      - S: 'OK'",
       {"s.yaml:8:16: \"until\" in a \"pipeline\", which is one write"}},
      {"until beside what is no command",
       "  - quiet: {}\n    until: '* 1 EXISTS'",
       {"s.yaml:7:5: \"until\" beside \"quiet\"; it goes with C, setup only"}},
      {"quiet", "  - quiet: {}\n  - S: 'OK'", {"s.yaml:7:5: an expectation after \"quiet\", which is one itself"}},
      {"reset",
       "  - reset: {}\n  - S: 'closed'",
       {"s.yaml:7:5: an expectation after \"reset\", after which nothing is received"}},
      {"wait",
       "  - wait: '* x EXISTS'",
       {"s.yaml:6:11: \"wait\": not an IMAP response: offset 2: response-data: expected number or the name of a "
        "response, "
        "found \"x\""}},
      {"within",
       "  - pause: 0.1\n    within: 2",
       {"s.yaml:7:5: \"within\" beside \"pause\"; it goes with C, setup, pipeline, continue, send, wait, quiet, "
        "half-close "
        "only"}},
  };
  for (const Row& row : table) EXPECT_THAT(errors_of(row), ElementsAreArray(row.errors)) << row.name;
}

TEST(ActionErrors, OfHandshakes) {
  const std::vector<Row> table = {
      {"versions",
       "  - tls: succeeds\n    minimum: '1.3'\n    maximum: '1.2'",
       {"s.yaml:7:14: \"minimum\": it is above \"maximum\""}},
      {"refused",
       "  - tls: refused\n    negotiates: {version: '1.3'}",
       {"s.yaml:7:17: \"negotiates\": only a handshake that succeeds agrees on anything"}},
      {"facts",
       "  - tls: succeeds\n    negotiates: {ciphr: x}",
       {"s.yaml:7:18: unknown key \"ciphr\"; did you mean \"cipher\"?"}},
      {"resume",
       "  - tls: succeeds\n    resume: a",
       {"s.yaml:7:13: \"resume\": there is no connection \"a\"; did you mean \"b\"?"}},
      {"alpn",
       "  - tls: succeeds\n    alpn: [" + std::string(256, 'x') + "]",
       {"s.yaml:7:12: \"alpn\": a protocol's name has at most 255 octets"}},
  };
  for (const Row& row : table) EXPECT_THAT(errors_of(row), ElementsAreArray(row.errors)) << row.name;
}

}  // namespace
}  // namespace imapspec::runner
