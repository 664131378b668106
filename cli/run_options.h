// The options of imapspec run, as given and as understood.
#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "cli/exit_code.h"
#include "cli/run_reports.h"
#include "cli/running_server.h"
#include "runner/run/context.h"
#include "runner/run/selection.h"
#include "runner/scenario/target.h"

namespace imapspec::cli {

// RunArguments is the command line of `run`.
struct RunArguments {
  std::string program = "imapspec";  // how to call it again
  runner::Selection selection;
  std::vector<std::string> scenario_folders;
  std::string server, imap, imaps;
  std::string tls;
  std::string ca;
  std::string client_certificate, client_key;
  bool insecure = false;
  std::string user, password_env, user2, password2_env;
  std::string plaintext_login;
  std::string target;
  std::string fault;
  std::string profile = "auto";
  std::string baseline, write_baseline;
  std::optional<std::string> mailbox_prefix;  // which may be empty, unlike that of a target
  std::string delimiter;
  std::optional<std::size_t> max_connections;
  std::optional<double> login_delay;  // in seconds
  std::string bad_commands;
  std::size_t jobs = 0;
  std::size_t timeout_seconds = 10, scenario_timeout_seconds = 60, total_timeout_seconds = 0;
  std::size_t repeat = 1;
  std::string shard;
  std::string allow = "P1";
  unsigned time_scale = 1;
  bool allow_inbox = false, slow = false;
  bool fail_fast = false, dry_run = false;
  std::vector<std::string> fail_on;
  bool strict = false;
  ReportNames reports;
  bool quiet = false;
};

// add_run_options declares them.
void add_run_options(CLI::App& command, RunArguments& arguments);

// Plan is what a run needs: how to reach the server and what to do there.
struct Plan {
  runner::RunOptions options;
  std::optional<HostPort> cleartext;
  std::optional<HostPort> implicit_tls;
  std::string target_name;
  runner::FailOn fail_on;
  runner::Shard shard;
  std::chrono::milliseconds login_delay{0};
};

// Misfit is why there can be no plan, as a sentence, and what that is as an exit code.
struct Misfit {
  std::string sentence;
  int exit_code = kExitUsage;
};

// plan_run understands the arguments. `ready` and `target` belong to a server that this command started.
std::expected<Plan, Misfit> plan_run(const RunArguments& arguments, const std::optional<Ready>& ready,
                                     const std::optional<runner::TargetConfig>& target);

// plan_consent is what the run would be allowed, before anything is started.
std::expected<runner::Consent, std::string> plan_consent(const RunArguments& arguments,
                                                         const std::optional<runner::TargetConfig>& target);

// reproduce_command is the shell command that runs one scenario like this run.
std::string reproduce_command(const RunArguments& arguments, std::string_view id, std::string_view profile);

}  // namespace imapspec::cli
