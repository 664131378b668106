// The options of imapspec run, as given and as understood.
#pragma once

#include <CLI/CLI.hpp>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "cli/running_server.h"
#include "runner/run/context.h"
#include "runner/run/suite_run.h"
#include "runner/scenario/target.h"

namespace imapspec::cli {

// RunArguments is the command line of `run`.
struct RunArguments {
  std::string program = "imapspec";  // how to call it again
  std::vector<std::string> prefixes;
  std::vector<std::string> scenario_folders;
  std::string server, imap, imaps;
  std::string tls;
  std::string ca;
  bool insecure = false;
  std::string user, password_env, user2, password2_env;
  std::string plaintext_login;
  std::string target;
  std::string fault;
  std::string profile = "auto";
  std::string baseline;
  std::string mailbox_prefix;
  std::size_t jobs = 0;
  std::size_t timeout_seconds = 10;
  std::vector<std::string> fail_on;
  std::string json, junit, html;
  bool quiet = false;
};

// add_run_options declares them.
void add_run_options(CLI::App& command, RunArguments& arguments);

// Plan is what a run needs: how to reach the server and what to do there. The error is a sentence, for
// exit code 2.
struct Plan {
  runner::RunOptions options;
  std::optional<HostPort> cleartext;
  std::optional<HostPort> implicit_tls;
  std::string target_name;
  runner::FailOn fail_on;
};

// plan_run understands the arguments. `ready` and `target` belong to a server that this command started.
std::expected<Plan, std::string> plan_run(const RunArguments& arguments, const std::optional<Ready>& ready,
                                          const std::optional<runner::TargetConfig>& target);

// reproduce_command is the shell command that runs one scenario like this run.
std::string reproduce_command(const RunArguments& arguments, std::string_view id, std::string_view profile);

}  // namespace imapspec::cli
