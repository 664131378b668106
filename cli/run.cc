#include "cli/run.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <span>
#include <utility>

#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/nearest_fault.h"
#include "cli/run_options.h"
#include "cli/running_server.h"
#include "cli/suite_folder.h"
#include "reports/console.h"
#include "reports/html.h"
#include "reports/json.h"
#include "reports/junit.h"
#include "reports/progress.h"
#include "runner/run/executor.h"
#include "runner/run/sasl_plain.h"
#include "runner/run/suite_run.h"
#include "runner/transport/socket_dialer.h"

namespace imapspec::cli {
namespace {

using runner::Verdict;

reports::TerminalStyle terminal_style() {
  reports::TerminalStyle style;
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  const bool dumb = term == nullptr || std::string_view(term) == "dumb";
  style.colour = isatty(STDOUT_FILENO) != 0 && !dumb && (no_color == nullptr || *no_color == '\0');
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    style.width = size.ws_col;
  } else {
    style.width = 120;  // a log or a pipe: nothing wraps there
  }
  return style;
}

std::string random_id() {
  std::random_device source;
  return fmt::format("{:08x}", static_cast<std::uint32_t>(source()));
}

runner::Secrets secrets_of(const runner::RunOptions& options) {
  runner::Secrets secrets;
  for (const runner::Account* account : {&options.account, &options.second_account}) {
    secrets.add(account->password, "<password>");
    if (!account->user.empty()) secrets.add(runner::plain_message(account->user, account->password), "<credentials>");
  }
  return secrets;
}

// Reports are opened before the run: a file that cannot be written must not cost its results.
class ReportFiles {
 public:
  bool open(const RunArguments& arguments) {
    return add(arguments.json, reports::json_report) && add(arguments.junit, reports::junit_report) &&
           add(arguments.html, reports::html_report);
  }

  bool write(const runner::RunResult& run) {
    bool good = true;
    for (auto& [name, file] : files_) {
      file.stream << file.render(run) << std::flush;
      if (file.stream.good()) continue;
      fmt::print(stderr, "imapspec: {} could not be written\n", name);
      good = false;
    }
    return good;
  }

 private:
  using Render = std::string (*)(const runner::RunResult&);
  struct File {
    std::ofstream stream;
    Render render;
  };

  bool add(const std::string& name, Render render) {
    if (name.empty()) return true;
    std::ofstream stream(name, std::ios::binary | std::ios::trunc);
    if (!stream) {
      fmt::print(stderr, "imapspec: {} cannot be written\n", name);
      return false;
    }
    files_.emplace(name, File{std::move(stream), render});
    return true;
  }

  std::map<std::string, File> files_;
};

void print_load_errors(const std::vector<runner::LoadError>& errors) {
  for (const runner::LoadError& error : errors) fmt::print(stderr, "{}\n", runner::to_string(error));
}

class RunCommand {
 public:
  explicit RunCommand(const RunArguments& arguments) : arguments_(arguments) {}

  int run() {
    const bool foreign = !arguments_.server.empty() || !arguments_.imap.empty() || !arguments_.imaps.empty();
    if (!arguments_.fault.empty()) {
      if (foreign || !arguments_.target.empty()) return usage("--fault is for the bundled server");
      if (const auto fault = find_fault(arguments_.fault); !fault) return usage(fault.error());
    }
    if (!arguments_.target.empty() && !arguments_.server.empty())
      return usage("--target and --server exclude each other");
    auto suites = load_suites(arguments_.scenario_folders);
    if (!suites) return kExitNotLoaded;
    for (const std::string& prefix : arguments_.prefixes) {
      if (!runner::select_scenarios(suites->scenarios, std::span(&prefix, 1)).empty()) continue;
      return usage(fmt::format("no scenario is called {}, or lies below it; see imapspec list scenarios", prefix));
    }
    const auto selected = runner::select_scenarios(suites->scenarios, arguments_.prefixes);
    if (selected.empty()) return usage("there are no scenarios");
    std::optional<runner::TargetConfig> target;
    if (!arguments_.target.empty()) {
      auto loaded = runner::load_target(target_file(arguments_.target));
      if (!loaded) return not_loaded(loaded.error());
      target = std::move(*loaded);
    }
    std::vector<runner::BaselineEntry> baseline;
    const std::filesystem::path known = !arguments_.baseline.empty() ? std::filesystem::path(arguments_.baseline)
                                        : target                     ? target->baseline
                                                                     : std::filesystem::path();
    if (!known.empty()) {
      auto loaded = runner::load_baseline(known);
      if (!loaded) return not_loaded(loaded.error());
      baseline = std::move(*loaded);
    }
    ReportFiles files;
    if (!files.open(arguments_)) return kExitUsage;

    catch_interrupts();
    std::optional<RunningServer> server;
    if (target || !foreign) {
      if (target) fmt::print(stderr, "starting {} ...\n", target->name);
      auto started = target ? RunningServer::start_target(*target) : RunningServer::start_bundled(arguments_.fault);
      if (!started) {
        fmt::print(stderr, "imapspec: {}\n", started.error());
        return kExitUnreachable;
      }
      server = std::move(*started);
    }
    auto plan = plan_run(arguments_, server ? std::optional(server->ready()) : std::nullopt, target);
    if (!plan) return usage(plan.error());
    return run_planned(*plan, *suites, selected, baseline, files);
  }

 private:
  // target_file: a known target by its name, or one's own by the path of its file.
  static std::filesystem::path target_file(const std::string& target) {
    if (target.contains('/') || target.ends_with(".yaml")) return target;
    const auto folder = data_folder("targets");
    return (folder ? *folder : "targets") / target / "target.yaml";
  }

  static int usage(std::string_view message) {
    fmt::print(stderr, "imapspec: {}\n", message);
    return kExitUsage;
  }

  static int not_loaded(const std::vector<runner::LoadError>& errors) {
    print_load_errors(errors);
    return kExitNotLoaded;
  }

  int run_planned(Plan& plan, const Suites& suites, const std::vector<const runner::Scenario*>& selected,
                  const std::vector<runner::BaselineEntry>& baseline, ReportFiles& files) {
    plan.options.reproduce = [this](std::string_view id, std::string_view profile) {
      return reproduce_command(arguments_, id, profile);
    };
    const runner::Secrets secrets = secrets_of(plan.options);
    const auto address = [](const std::optional<HostPort>& door) -> std::optional<runner::Address> {
      if (!door) return std::nullopt;
      return runner::Address{door->host, door->port};
    };
    const auto dialer = runner::make_dialer(address(plan.cleartext), address(plan.implicit_tls));

    runner::RunResult result;
    result.tool_version = IMAPSPEC_VERSION;
    result.started = std::chrono::system_clock::now();
    const auto begun = runner::Clock::now();
    fill_target(plan, result.target);
    if (arguments_.insecure) fmt::print(stderr, "warning: --insecure: the server's certificate is not verified\n");

    const auto probe = runner::probe_server(plan.options, *dialer, secrets);
    if (!probe) {
      result.scenarios.push_back(unreachable(probe.error()));
      result.duration = std::chrono::duration_cast<std::chrono::microseconds>(runner::Clock::now() - begun);
      files.write(result);
      fmt::print(stderr, "imapspec: {} cannot be tested: {}\n", describe_server(plan), probe.error().message);
      return kExitUnreachable;
    }
    result.target.greeting = probe->greeting;
    result.target.capabilities = probe->capabilities;
    std::vector<std::string> profiles = plan.options.profiles;
    if (profiles.empty()) {
      if (probe->offers_rev1) profiles.emplace_back("rev1");
      if (probe->offers_rev2) profiles.emplace_back("rev2");
    }
    for (const std::string& profile : profiles) {
      if (profile == "rev1" ? probe->offers_rev1 : probe->offers_rev2) continue;
      return usage(fmt::format("--profile {}: the server does not offer IMAP4{}", profile, profile));
    }

    std::map<std::string, const runner::Requirement*, std::less<>> ledger;
    for (const runner::Requirement& requirement : suites.requirements) ledger.emplace(requirement.id, &requirement);
    const runner::RunContext context{plan.options, *dialer, *probe, secrets, ledger, random_id(), interrupted_by()};

    const reports::TerminalStyle style = terminal_style();
    const auto shape = isatty(STDOUT_FILENO) != 0 ? reports::Progress::Shape::Lines : reports::Progress::Shape::Marks;
    reports::Progress progress(style, shape, selected.size() * profiles.size());
    const auto tell = [&](const std::string& octets) {
      if (!arguments_.quiet) {
        fmt::print("{}", octets);
        std::fflush(stdout);
      }
    };
    result.scenarios = runner::run_scenarios(selected, context, profiles,
                                             [&](const runner::ScenarioResult& one) { tell(progress.ended(one)); });
    tell(progress.finished());
    if (interrupted_by().load() != 0) result.interrupted_by = interrupted_by().load();
    if (!baseline.empty()) runner::apply_baseline(result, baseline);
    runner::merge_findings(result);
    result.duration = std::chrono::duration_cast<std::chrono::microseconds>(runner::Clock::now() - begun);

    fmt::print("{}", reports::console_report(result, style));
    const bool written = files.write(result);
    const int code = runner::exit_code(result, plan.fail_on);
    return code == 0 && !written ? kExitUsage : code;
  }

  void fill_target(const Plan& plan, runner::TargetFacts& target) const {
    const auto& door = plan.options.tls == runner::DefaultTls::Implicit ? plan.implicit_tls : plan.cleartext;
    target.name = plan.target_name;
    target.host = fmt::format("{}:{}", door->host, door->port);
    target.tls = plan.options.tls == runner::DefaultTls::None       ? "none"
                 : plan.options.tls == runner::DefaultTls::StartTls ? "starttls"
                                                                    : "implicit";
    target.insecure = arguments_.insecure;
  }

  static std::string describe_server(const Plan& plan) {
    const auto& door = plan.options.tls == runner::DefaultTls::Implicit ? plan.implicit_tls : plan.cleartext;
    return fmt::format("{}:{}", door->host, door->port);
  }

  static runner::ScenarioResult unreachable(const runner::ProbeError& error) {
    runner::ScenarioResult result;
    result.id = "sanity";
    result.title = "Connect, log in, select, log out";
    result.verdict = Verdict::Error;
    result.reason = error.message;
    result.transcript = error.transcript;
    return result;
  }

  const RunArguments& arguments_;
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
