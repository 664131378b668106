// One scenario against one server.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "runner/result/result.h"
#include "runner/run/context.h"
#include "runner/run/janitor.h"
#include "runner/scenario/scenario.h"

namespace imapspec::runner {

// blank_result is what is known of a scenario's result before it runs.
ScenarioResult blank_result(const Scenario& scenario, const RunContext& context, std::string_view profile);

// run_scenario builds the start state in a scratch mailbox of its own, holds the conversation,
// judges it and has the janitor clean up, also when interrupted. `profile` is "rev1" or "rev2". It never throws and
// always ends: each wait has a deadline, and all of it has one.
ScenarioResult run_scenario(const Scenario& scenario, const RunContext& context, std::string_view profile,
                            Janitor& janitor);

// probe_server is the sanity conversation: connect, secure, log in, select, log out. What it
// learns decides how scenarios run; the error is one sentence for the user.
struct ProbeError {
  std::string message;
  std::vector<TranscriptLine> transcript;
};
std::expected<Probe, ProbeError> probe_server(const RunOptions& options, Dialer& dialer, const Secrets& secrets,
                                              const std::atomic<int>& interrupted);

}  // namespace imapspec::runner
