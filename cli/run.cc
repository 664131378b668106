#include "cli/run.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/output_file.h"
#include "cli/run_conflicts.h"
#include "cli/run_options.h"
#include "cli/run_reports.h"
#include "cli/running_server.h"
#include "cli/selection_options.h"
#include "cli/suite_folder.h"
#include "reports/console.h"
#include "reports/progress.h"
#include "runner/run/executor.h"
#include "runner/run/gate.h"
#include "runner/run/merge.h"
#include "runner/run/paced_dialer.h"
#include "runner/run/sasl_plain.h"
#include "runner/run/suite_run.h"
#include "runner/transport/socket_dialer.h"

namespace imapspec::cli {
namespace {

using runner::Verdict;
using Scenarios = std::vector<const runner::Scenario*>;

std::string random_id() {
  std::random_device source;
  return fmt::format("{:08x}", static_cast<std::uint32_t>(source()));
}

std::chrono::year_month_day today() { return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()); }

runner::Secrets secrets_of(const runner::RunOptions& options) {
  runner::Secrets secrets;
  for (const runner::Account* account : {&options.account, &options.second_account}) {
    secrets.add_password(account->password);
    if (!account->user.empty()) secrets.add(runner::plain_message(account->user, account->password), "<credentials>");
  }
  return secrets;
}

void print_load_errors(const std::vector<runner::LoadError>& errors) {
  for (const runner::LoadError& error : errors) fmt::print(stderr, "{}\n", runner::to_string(error));
}

int usage(std::string_view message) {
  fmt::print(stderr, "imapspec: {}\n", message);
  return kExitUsage;
}

int not_loaded(const std::vector<runner::LoadError>& errors) {
  print_load_errors(errors);
  return kExitNotLoaded;
}

// target_file: a known target by its name, or one's own by the path of its file.
std::filesystem::path target_file(const std::string& target) {
  if (target.contains('/') || target.ends_with(".yaml")) return target;
  const auto folder = data_folder("targets");
  return (folder ? *folder : "targets") / target / "target.yaml";
}

const std::optional<HostPort>& door_of(const Plan& plan) {
  return plan.options.tls == runner::DefaultTls::Implicit ? plan.implicit_tls : plan.cleartext;
}

// The sanity conversation is a result where it fails: it tests the server's fitness to be tested, not the server.
runner::ScenarioResult sanity(std::string_view id, const runner::ProbeError& error) {
  runner::ScenarioResult result;
  result.id = id;
  result.title = id == runner::kSanityFirst ? "Connect, log in, select, log out, before all others"
                                            : "Connect, log in, select, log out, after all others";
  result.verdict = Verdict::Error;
  result.reason = error.message;
  result.transcript = error.transcript;
  return result;
}

class RunCommand {
 public:
  explicit RunCommand(const RunArguments& arguments) : arguments_(arguments) {}

  int run() {
    if (const auto wrong = conflict(arguments_); !wrong.empty()) return usage(wrong);
    const auto suites = load_suites(arguments_.scenario_folders);
    if (!suites) return kExitNotLoaded;
    ledger_ = requirement_map(*suites);
    auto selected = select(*suites, arguments_.selection, ledger_);
    if (!selected) return usage(selected.error());
    result_.selected = selected->size();
    const auto shard = runner::parse_shard(arguments_.shard).value_or(runner::Shard());
    scenarios_ = runner::shard_of(*selected, shard);
    std::optional<runner::TargetConfig> target;
    if (!arguments_.target.empty()) {
      auto loaded = runner::load_target(target_file(arguments_.target));
      if (!loaded) return not_loaded(loaded.error());
      target = std::move(*loaded);
    }
    const std::filesystem::path known = !arguments_.baseline.empty() ? std::filesystem::path(arguments_.baseline)
                                        : target                     ? target->baseline
                                                                     : std::filesystem::path();
    if (!known.empty() && !load_known(known, *suites)) return kExitNotLoaded;
    if (arguments_.dry_run) {
      const auto consent = plan_consent(arguments_, target);
      return consent ? tell_plan(*consent) : usage(consent.error());
    }
    if (!files_.open(arguments_.reports) || !open_baseline()) return kExitUsage;
    return start_and_run(target);
  }

 private:
  bool open_baseline() {
    if (arguments_.write_baseline.empty()) return true;
    auto file = OutputFile::begin(arguments_.write_baseline);
    if (!file) {
      fmt::print(stderr, "imapspec: {}\n", file.error());
      return false;
    }
    new_baseline_.emplace(*std::move(file));
    return true;
  }

  bool load_known(const std::filesystem::path& file, const Suites& suites) {
    auto loaded = runner::load_baseline(file);
    if (!loaded) {
      print_load_errors(loaded.error());
      return false;
    }
    baseline_ = std::move(*loaded);
    // A suite of one's own has other scenarios than the baseline of a known target is about.
    if (arguments_.scenario_folders.empty() || !arguments_.baseline.empty()) {
      const auto stale = runner::stale_entries(baseline_, suites.scenarios, suites.requirements);
      print_load_errors(stale);
      if (!stale.empty()) return false;
    }
    for (const runner::BaselineEntry& entry : baseline_) {
      if (!runner::lacks_reason(entry)) continue;
      fmt::print(stderr, "warning: {}\n", runner::to_string({entry.where, "the reason is still to be written"}));
    }
    return true;
  }

  // tell_plan is the whole of a dry run.
  int tell_plan(const runner::Consent& consent) const {
    std::size_t run = 0;
    for (const runner::Scenario* const scenario : scenarios_) {
      std::string why = runner::not_allowed(*scenario, consent, is_named(*scenario)).value_or("");
      const bool other = arguments_.profile != "auto" && scenario->profile != "any";
      if (why.empty() && other && scenario->profile != arguments_.profile) why = "it is about " + scenario->profile;
      if (why.empty()) ++run;
      if (!why.empty()) {
        why = "skip: " + why;
      } else {
        why = "run";
        if (scenario->profile != "any") why += ", in " + scenario->profile;
        if (scenario->needs) why += ", where it holds: " + scenario->needs->text();
        if (runner::runs_alone(*scenario)) why += ", alone and at the end";
      }
      fmt::print("{}\n    {}\n", scenario->id, why);
    }
    fmt::print("{} of {} scenarios would run, in each revision that the server offers\n", run, scenarios_.size());
    return kExitGood;
  }

  [[nodiscard]] bool is_named(const runner::Scenario& scenario) const {
    const auto& prefixes = arguments_.selection.prefixes;
    return std::ranges::find(prefixes, scenario.id) != prefixes.end();
  }

  int start_and_run(const std::optional<runner::TargetConfig>& target) {
    catch_interrupts();
    begun_ = runner::Clock::now();
    result_.tool_version = IMAPSPEC_VERSION;
    result_.started = std::chrono::system_clock::now();
    if (target || !is_foreign(arguments_)) {
      if (target) fmt::print(stderr, "starting {} ...\n", target->name);
      auto started = target ? RunningServer::start_target(*target)
                            : RunningServer::start_bundled(arguments_.fault, arguments_.time_scale);
      if (interrupted_by().load() != 0) return finish(false);
      if (!started) {
        fmt::print(stderr, "imapspec: {}\n", started.error());
        return kExitUnreachable;
      }
      server_ = std::move(*started);
    }
    auto plan = plan_run(arguments_, server_ ? std::optional(server_->ready()) : std::nullopt, target);
    if (!plan) {
      fmt::print(stderr, "imapspec: {}\n", plan.error().sentence);
      return plan.error().exit_code;
    }
    result_.shard = plan->shard;
    result_.fail_on = plan->fail_on;
    return run_planned(*plan);
  }

  int run_planned(Plan& plan) {
    plan.options.reproduce = [this](std::string_view id, std::string_view profile) {
      return reproduce_command(arguments_, id, profile);
    };
    const runner::Secrets secrets = secrets_of(plan.options);
    const auto address = [](const std::optional<HostPort>& door) -> std::optional<runner::Address> {
      if (!door) return std::nullopt;
      return runner::Address{door->host, door->port};
    };
    const auto sockets = runner::make_dialer(address(plan.cleartext), address(plan.implicit_tls));
    runner::PacedDialer dialer(*sockets, plan.login_delay, interrupted_by());
    fill_target(plan, result_.target);
    if (arguments_.insecure) fmt::print(stderr, "warning: --insecure: the server's certificate is not verified\n");

    const auto probe = runner::probe_server(plan.options, dialer, secrets, interrupted_by());
    if (interrupted_by().load() != 0) return finish(false);
    if (!probe) {
      result_.scenarios.push_back(sanity(runner::kSanityFirst, probe.error()));
      fmt::print(stderr, "imapspec: {} cannot be tested: {}\n", result_.target.host, probe.error().message);
      finish_files();
      return kExitUnreachable;
    }
    result_.target.greeting = probe->greeting;
    result_.target.capabilities = probe->capabilities;
    runner::RunPlan what{
        .scenarios = scenarios_, .profiles = plan.options.profiles, .repeat = arguments_.repeat, .named = {}};
    if (what.profiles.empty()) {
      if (probe->offers_rev1) what.profiles.emplace_back("rev1");
      if (probe->offers_rev2) what.profiles.emplace_back("rev2");
    }
    for (const std::string& profile : what.profiles) {
      if (profile == "rev1" ? probe->offers_rev1 : probe->offers_rev2) continue;
      return usage(fmt::format("--profile {}: the server does not offer IMAP4{}", profile, profile));
    }
    for (const runner::Scenario* const scenario : scenarios_) {
      if (is_named(*scenario)) what.named.insert(scenario->id);
    }

    runner::RunContext context{plan.options, dialer, *probe, secrets, ledger_, random_id(), interrupted_by()};
    if (arguments_.total_timeout_seconds > 0) {
      context.ends = begun_ + std::chrono::seconds(arguments_.total_timeout_seconds);
    }
    run_all(what, context);
    if (interrupted_by().load() == 0) {
      const auto last = runner::probe_server(plan.options, dialer, secrets, interrupted_by());
      if (!last && interrupted_by().load() == 0) {
        result_.scenarios.push_back(sanity(runner::kSanityLast, last.error()));
      }
    }
    return finish(true);
  }

  void run_all(const runner::RunPlan& what, const runner::RunContext& context) {
    const auto shape = isatty(STDOUT_FILENO) != 0 ? reports::Progress::Shape::Lines : reports::Progress::Shape::Marks;
    reports::Progress progress(terminal_style(), shape, what.scenarios.size() * what.profiles.size() * what.repeat);
    const auto tell = [&](const std::string& octets) {
      if (!arguments_.quiet) say(octets);
    };
    // What is known is shown as known at once, and does not end the run.
    const auto excused = [&](runner::ScenarioResult one) {
      runner::excuse(one, baseline_, today());
      return one;
    };
    runner::RunHooks hooks;
    hooks.done = [&](const runner::ScenarioResult& one) { tell(progress.ended(excused(one))); };
    if (arguments_.fail_fast) {
      hooks.stops = [&](const runner::ScenarioResult& one) { return runner::is_bad(excused(one), result_.fail_on); };
    }
    hooks.between = [&]() -> std::optional<std::string> {
      if (!server_) return std::nullopt;
      const auto done = server_->reset();
      return done ? std::nullopt : std::optional(done.error());
    };
    hooks.warn = [](const std::string& text) { fmt::print(stderr, "warning: {}\n", text); };
    result_.scenarios = runner::run_scenarios(what, context, hooks);
    tell(progress.finished());
  }

  // finish makes of the results what is told, and yields the exit code.
  int finish(bool with_baseline) {
    if (interrupted_by().load() != 0) result_.interrupted_by = interrupted_by().load();
    runner::apply_baseline(result_, baseline_, ledger_, today());
    result_.whole = with_baseline && is_all_of_the_suite() && runner::came_to_its_end(result_);
    if (result_.shard.count == 1) runner::settle_baseline(result_);
    runner::merge_findings(result_);
    bool written = finish_files();
    if (with_baseline && new_baseline_) written = finish_baseline() && written;
    say(reports::console_report(result_, terminal_style()) + unsteady_lines(result_));
    const int code = runner::exit_code(result_);
    return code == 0 && !written ? kExitUsage : code;
  }

  // What nobody narrowed down: the suite that the baseline is about, in all revisions, up to its end.
  [[nodiscard]] bool is_all_of_the_suite() const {
    const bool own_suite = arguments_.scenario_folders.empty() || !arguments_.baseline.empty();
    const bool ended_early =
        arguments_.fail_fast && std::ranges::any_of(result_.scenarios, [&](const runner::ScenarioResult& one) {
          return runner::is_bad(one, result_.fail_on);
        });
    return own_suite && !ended_early && arguments_.selection == runner::Selection() && arguments_.profile == "auto" &&
           arguments_.allow != "P0";
  }

  bool finish_baseline() {
    // What was not reached would seem to be gone.
    if (result_.interrupted_by) {
      fmt::print(stderr, "imapspec: {} is left as it was: the run was interrupted\n", new_baseline_->name());
      return true;
    }
    const bool written = new_baseline_->write(runner::write_baseline(result_, baseline_));
    if (!written) fmt::print(stderr, "imapspec: {} could not be written\n", new_baseline_->name());
    return written;
  }

  bool finish_files() {
    result_.duration = std::chrono::duration_cast<std::chrono::microseconds>(runner::Clock::now() - begun_);
    return files_.write(result_);
  }

  void fill_target(const Plan& plan, runner::TargetFacts& target) const {
    target.name = plan.target_name;
    target.host = fmt::format("{}:{}", door_of(plan)->host, door_of(plan)->port);
    target.tls = plan.options.tls == runner::DefaultTls::None       ? "none"
                 : plan.options.tls == runner::DefaultTls::StartTls ? "starttls"
                                                                    : "implicit";
    target.insecure = arguments_.insecure;
  }

  const RunArguments& arguments_;
  runner::RequirementMap ledger_;  // points into the suites, which outlive the run
  Scenarios scenarios_;
  std::vector<runner::BaselineEntry> baseline_;
  ReportFiles files_;
  std::optional<OutputFile> new_baseline_;
  std::optional<RunningServer> server_;
  runner::Clock::time_point begun_;
  runner::RunResult result_;
};

}  // namespace

void add_run(CLI::App& app, std::string program, int& exit_code) {
  auto* command = app.add_subcommand("run", "Run the suite against a server");
  const auto arguments = std::make_shared<RunArguments>();
  arguments->program = std::move(program);
  add_run_options(*command, *arguments);
  command->callback([arguments, &exit_code] { exit_code = RunCommand(*arguments).run(); });
}

}  // namespace imapspec::cli
