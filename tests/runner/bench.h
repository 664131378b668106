// Scenarios against scripts.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "runner/match/pattern.h"
#include "runner/run/executor.h"
#include "runner/scenario/loader.h"
#include "tests/runner/scripted_link.h"

namespace imapspec::runner::test {

inline Requirement row(std::string id, Level level) {
  return {.id = std::move(id),
          .rfc = "9051",
          .section = "1",
          .level = level,
          .side = "server",
          .text = {},
          .tests = {},
          .reason = {}};
}

// Bench holds what a scenario needs to run against scripts.
class Bench {
 public:
  Bench() {
    options_.tls = DefaultTls::None;
    options_.account = {"alice", "secret-alice"};
    secrets_.add_password("secret-alice");
    probe_.offers_rev2 = true;
    probe_.capabilities = {"IMAP4rev2"};
    for (const Requirement& one : rows_) ledger_.emplace(one.id, &one);
  }

  ScenarioResult run(const std::string& yaml, std::vector<std::vector<Turn>> connections) {
    const auto scenario = parse_scenario(yaml, "test/one", "test/one.yaml", "nowhere", Pattern::check);
    EXPECT_TRUE(scenario) << (scenario ? "" : to_string(scenario.error().front()));
    if (!scenario) return {};
    auto dialer = dialer_of(std::move(connections));
    const RunContext context{options_, dialer, probe_, secrets_, ledger_, "run", interrupted_};
    Janitor janitor(context);
    return run_scenario(*scenario, context, "rev2", janitor);
  }

  // probe is why a server was found unfit for a run.
  std::string probe(std::vector<std::vector<Turn>> connections) {
    auto dialer = dialer_of(std::move(connections));
    const auto probed = probe_server(options_, dialer, secrets_, interrupted_);
    return probed ? "" : probed.error().message;
  }

  std::vector<std::shared_ptr<Script>> scripts_;
  bool punctual_ = false;
  RunOptions options_;
  Probe probe_;
  std::atomic<int> interrupted_{0};

 private:
  ScriptedDialer dialer_of(std::vector<std::vector<Turn>> connections) {
    scripts_.clear();
    for (auto& turns : connections) {
      scripts_.push_back(std::make_shared<Script>(Script{.turns = std::move(turns), .punctual = punctual_}));
    }
    return ScriptedDialer(scripts_);
  }

  Secrets secrets_;
  const std::vector<Requirement> rows_{row("must", Level::Must), row("should", Level::Should),
                                       row("hard", Level::Hardening), row("9/formal-syntax", Level::Must),
                                       row("2.2.2/tag-of-a-command", Level::Must)};
  std::map<std::string, const Requirement*, std::less<>> ledger_;
};

inline const Turn kGreeting{"", "* OK [CAPABILITY IMAP4rev2] hi\r\n"};

inline const Turn kLogin{"LOGIN", "%t OK in\r\n"};

inline std::string scenario(const std::string& steps, const std::string& requirement = "must") {
  return "title: t\nrequirement: " + requirement + "\nstart: connected\ntls: none\nsteps:\n" + steps;
}

}  // namespace imapspec::runner::test
