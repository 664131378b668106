#include "cli/run_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>

#include "cli/selection_options.h"
#include "runner/scenario/fixture_file.h"
#include "runner/transport/resolver.h"
#include "runner/transport/tls_contexts.h"

namespace imapspec::cli {
namespace {

constexpr std::size_t kDefaultJobs = 8;
constexpr std::size_t kForeignJobs = 4;  // a server that somebody else runs

std::expected<std::string, std::string> password_from(const std::string& variable, std::string_view option) {
  if (variable.empty()) return std::unexpected(fmt::format("a user needs a password: give {} VARIABLE", option));
  const char* value = std::getenv(variable.c_str());
  if (value == nullptr) return std::unexpected(fmt::format("{}: the environment has no variable {}", option, variable));
  return std::string(value);
}

std::string shell_word(std::string_view argument) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@=+,[]";
  if (!argument.empty() && argument.find_first_not_of(kPlain) == std::string_view::npos) return std::string(argument);
  std::string out = "'";
  for (const char octet : argument) out += octet == '\'' ? std::string("'\\''") : std::string(1, octet);
  return out + "'";
}

// read_certificate yields a client's certificate and its key as TLS takes them; nothing where no file is named. The
// error is a sentence.
std::expected<std::string, std::string> read_certificate(const std::string& file, const std::string& key_file) {
  constexpr std::size_t kMost = 1U << 20;
  std::string pem;
  for (const std::string& name : {file, key_file}) {
    if (name.empty()) continue;
    const auto octets = runner::read_bounded(name, kMost);
    if (!octets) return std::unexpected(fmt::format("{}: {}", name, octets.error()));
    pem += *octets + '\n';
  }
  if (pem.empty()) return pem;
  const auto good = runner::check_certificate(pem);
  if (good) return pem;
  const std::string names = key_file.empty() ? file : fmt::format("{} and {}", file, key_file);
  return std::unexpected(fmt::format("{}: {}", names, good.error()));
}

std::expected<void, std::string> plan_doors(const RunArguments& arguments, Plan& plan) {
  const bool implicit = arguments.tls == "implicit";
  if (!arguments.server.empty()) {
    auto address = parse_host_port(arguments.server);
    if (!address) return std::unexpected(address.error());
    (implicit ? plan.implicit_tls : plan.cleartext) = *address;
  }
  for (const auto& [text, door] :
       {std::pair{&arguments.imap, &plan.cleartext}, std::pair{&arguments.imaps, &plan.implicit_tls}}) {
    if (text->empty()) continue;
    auto address = parse_host_port(*text);
    if (!address) return std::unexpected(address.error());
    *door = *address;
  }
  return {};
}

std::expected<void, std::string> plan_foreign(const RunArguments& arguments, Plan& plan) {
  if (auto planned = plan_doors(arguments, plan); !planned) return planned;
  plan.target_name = arguments.server.empty() ? "the server" : arguments.server;
  plan.options.jobs = kForeignJobs;
  if (arguments.user.empty()) {
    // What is harmless never logs in.
    if (arguments.allow == "P0") return {};
    return std::unexpected("a server needs a user: give --user and --password-env, or --allow P0");
  }
  auto password = password_from(arguments.password_env, "--password-env");
  if (!password) return std::unexpected(password.error());
  plan.options.account = {arguments.user, *password};
  if (!arguments.user2.empty()) {
    auto password2 = password_from(arguments.password2_env, "--password2-env");
    if (!password2) return std::unexpected(password2.error());
    plan.options.second_account = {arguments.user2, *password2};
  }
  return {};
}

void add_extent_options(CLI::App& command, RunArguments& arguments) {
  command.add_option("--repeat", arguments.repeat, "Run everything so many times")->check(CLI::Range(1, 100'000));
  command.add_option("--shard", arguments.shard, "Run one of N parts; imapspec merge puts their JSON reports together")
      ->type_name("I/N")
      ->check([](const std::string& text) {
        return runner::parse_shard(text) ? std::string() : "expected a part and how many there are, such as 1/4";
      });
  command.add_flag("--fail-fast", arguments.fail_fast, "End the run with the first scenario that makes it bad");
  command.add_flag("--dry-run", arguments.dry_run,
                   "Say what would run, and why the rest would not; connect to nothing");
  command
      .add_option(
          "--allow", arguments.allow,
          "The highest class of risk that runs: P0 never logs in, P1 writes to scratch mailboxes, P2 puts a load "
          "on the server, P3 may crash it (on this machine only)")
      ->check(CLI::IsMember({"P0", "P1", "P2", "P3"}));
  command.add_flag("--allow-inbox", arguments.allow_inbox, "Also run what touches INBOX");
  command.add_flag("--slow", arguments.slow, "Also run what has to wait for more than a second");
}

std::optional<runner::BadCommands> parse_bad_commands(std::string_view text) {
  runner::BadCommands limits;
  const char* const end = text.data() + text.size();
  const auto before = std::from_chars(text.data(), end, limits.before_login);
  if (before.ec != std::errc() || before.ptr == end || *before.ptr != ',') return std::nullopt;
  const auto after = std::from_chars(before.ptr + 1, end, limits.after_login);
  if (after.ec != std::errc() || after.ptr != end || limits.before_login == 0 || limits.after_login == 0) {
    return std::nullopt;
  }
  return limits;
}

// What a server bears; that of a target stands in its file.
void add_manners_options(CLI::App& command, RunArguments& arguments) {
  command.add_option("--max-connections", arguments.max_connections, "At most so many connections at once; 0: any")
      ->type_name("N")
      ->check(CLI::Range(0, 100'000));
  command.add_option("--login-delay", arguments.login_delay, "Seconds between two connections")
      ->type_name("S")
      ->check(CLI::Range(0.0, 3'600.0));
  command
      .add_option("--bad-commands", arguments.bad_commands,
                  "How many commands answered BAD a connection bears before login and after it; 2,10 by default")
      ->type_name("N,N")
      ->check([](const std::string& text) {
        return parse_bad_commands(text) ? std::string() : "expected two numbers from 1 on, such as 2,10";
      });
}

// Whether all of a server's addresses are on this machine, so that no other one can be harmed.
bool is_here(const Plan& plan) {
  for (const auto& door : {plan.cleartext, plan.implicit_tls}) {
    if (door && !runner::is_loopback(door->host)) return false;
  }
  return true;
}

runner::Consent consent(const RunArguments& arguments, const Plan& plan, bool starts_server) {
  const auto& tags = arguments.selection.tags;
  // The mail of a server that is started for this run is thrown away with it.
  return {.risk = static_cast<runner::Risk>(arguments.allow.back() - '0'),
          .loopback = is_here(plan),
          .inbox = arguments.allow_inbox || starts_server,
          .slow = arguments.slow || std::ranges::find(tags, "slow") != tags.end()};
}

}  // namespace

void add_run_options(CLI::App& command, RunArguments& arguments) {
  add_selection_options(command, arguments.selection);
  command.add_option("--scenarios", arguments.scenario_folders, "A folder of scenarios, instead of the bundled suite")
      ->type_name("DIR")
      ->allow_extra_args(false);  // what follows its folder is an ID-PREFIX
  command.add_option("--server", arguments.server, "The server. Without it, and without --target, the bundled one")
      ->type_name("HOST:PORT");
  command.add_option("--imap", arguments.imap, "Its cleartext port, when --server is the one of implicit TLS")
      ->type_name("HOST:PORT");
  command.add_option("--imaps", arguments.imaps, "Its port of implicit TLS, for the scenarios about that")
      ->type_name("HOST:PORT");
  command.add_option("--tls", arguments.tls, "How connections are secured")
      ->check(CLI::IsMember({"none", "starttls", "implicit"}))
      ->default_str("starttls");
  auto* ca = command.add_option("--ca", arguments.ca, "Certificates to trust (PEM) instead of the system's")
                 ->type_name("FILE")
                 ->check(CLI::ExistingFile);
  command.add_flag("--insecure", arguments.insecure, "Accept any certificate")->excludes(ca);
  auto* certificate = command
                          .add_option("--client-certificate", arguments.client_certificate,
                                      "Show this to a server that asks for one (PEM; its chain after it)")
                          ->type_name("FILE")
                          ->check(CLI::ExistingFile);
  command.add_option("--client-key", arguments.client_key, "Its key (PEM), where that is not in the same file")
      ->type_name("FILE")
      ->check(CLI::ExistingFile)
      ->needs(certificate);
  command.add_option("--user", arguments.user, "Who logs in to that server");
  command.add_option("--password-env", arguments.password_env, "The variable that holds the password")
      ->type_name("VAR");
  auto* user2 = command.add_option("--user2", arguments.user2, "Another user, for the scenarios with two");
  command.add_option("--password2-env", arguments.password2_env, "The variable that holds that password")
      ->type_name("VAR")
      ->needs(user2);
  command
      .add_option("--plaintext-login", arguments.plaintext_login,
                  "What the server is meant to do with LOGIN before TLS")
      ->check(CLI::IsMember({"refused", "allowed", "unknown"}));
  command.add_option("--mailbox-prefix", arguments.mailbox_prefix,
                     "In front of the names of scratch mailboxes, such as INBOX.");
  command
      .add_option("--hierarchy-delimiter", arguments.delimiter,
                  "What parts the levels of mailbox names, or NIL. Without it LIST tells")
      ->type_name("CHARACTER")
      ->check([](const std::string& text) {
        return runner::hierarchy_delimiter(text) ? std::string()
                                                 : "expected one character, or NIL where names are flat";
      });
  command
      .add_option("--target", arguments.target,
                  "A known server, or the target.yaml of one, that is started, tested and stopped")
      ->type_name("NAME");
  command.add_option("--fault", arguments.fault, "Start the bundled server with this fault")->type_name("NAME");
  command.add_option("--profile", arguments.profile, "The revisions to test; auto: all that the server offers")
      ->check(CLI::IsMember({"auto", "rev1", "rev2"}));
  command
      .add_option("--baseline", arguments.baseline,
                  "Findings that are known: exactly these are accepted. A target may have one")
      ->type_name("FILE")
      ->check(CLI::ExistingFile);
  command
      .add_option("--write-baseline", arguments.write_baseline,
                  "Write the baseline with which this run would have succeeded")
      ->type_name("FILE");
  command.add_option("--jobs", arguments.jobs, "Scenarios at a time")->check(CLI::Range(1, 100));
  command.add_option("--timeout", arguments.timeout_seconds, "Seconds to wait for an answer")
      ->check(CLI::Range(1, 3600));
  command.add_option("--scenario-timeout", arguments.scenario_timeout_seconds, "Seconds that one scenario may take")
      ->check(CLI::Range(1, 86'400));
  command.add_option("--total-timeout", arguments.total_timeout_seconds, "Seconds that the run may take; 0: any")
      ->check(CLI::Range(0, 604'800));
  command
      .add_option("--time-scale", arguments.time_scale,
                  "The server's clock goes N times as fast, so that pauses are as much shorter; the bundled server is "
                  "started so")
      ->type_name("N")
      ->check(CLI::Range(1, 100'000));
  add_manners_options(command, arguments);
  add_extent_options(command, arguments);
  command.add_option("--fail-on", arguments.fail_on, "Also exit with 1 for these: warn, weakness")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"warn", "weakness"}));
  command.add_flag("--strict", arguments.strict, "A SHOULD that does not hold makes the run bad: --fail-on warn");
  command.add_option("--json", arguments.reports.json, "Write the JSON report")->type_name("FILE");
  command.add_option("--junit", arguments.reports.junit, "Write the JUnit report")->type_name("FILE");
  command.add_option("--html", arguments.reports.html, "Write the HTML report")->type_name("FILE");
  command.add_flag("--quiet", arguments.quiet, "No progress");
}

std::expected<Plan, Misfit> plan_run(const RunArguments& arguments, const std::optional<Ready>& ready,
                                     const std::optional<runner::TargetConfig>& target) {
  const auto misuse = [](std::string why) { return std::unexpected(Misfit{std::move(why)}); };
  Plan plan;
  runner::RunOptions& options = plan.options;
  options.jobs = kDefaultJobs;
  if (ready) {
    plan.cleartext = ready->imap;
    plan.implicit_tls = ready->imaps;
    options.tls_options.ca_file = ready->ca;
  }
  if (target) {
    plan.target_name = target->name;
    options.account = {target->user, target->password};
    options.second_account = {target->user2, target->password2};
    options.plaintext_login = target->plaintext_login;
    options.mailbox_prefix = target->mailbox_prefix;
    options.delimiter = target->delimiter;
    if (target->jobs > 0) options.jobs = target->jobs;
    options.max_connections = target->max_connections;
    options.bad_commands = target->bad_commands;
    plan.login_delay = target->login_delay;
  } else if (ready) {
    plan.target_name = "bundled";
    options.account = {"alice", "secret-alice"};
    options.second_account = {"bob", "secret-bob"};
    options.plaintext_login = "refused";
  } else if (auto planned = plan_foreign(arguments, plan); !planned) {
    return misuse(planned.error());
  }

  if (!arguments.ca.empty()) options.tls_options.ca_file = arguments.ca;
  options.tls_options.verify = !arguments.insecure;
  if (arguments.max_connections) options.max_connections = *arguments.max_connections;
  if (arguments.login_delay) {
    plan.login_delay =
        std::chrono::round<std::chrono::milliseconds>(std::chrono::duration<double>(*arguments.login_delay));
  }
  if (const auto limits = parse_bad_commands(arguments.bad_commands)) options.bad_commands = *limits;
  if (!arguments.plaintext_login.empty()) options.plaintext_login = arguments.plaintext_login;
  if (arguments.mailbox_prefix) options.mailbox_prefix = *arguments.mailbox_prefix;
  if (!arguments.delimiter.empty()) options.delimiter = runner::hierarchy_delimiter(arguments.delimiter);
  auto certificate = !arguments.client_certificate.empty()
                         ? read_certificate(arguments.client_certificate, arguments.client_key)
                     : ready ? read_certificate(ready->client_certificate, ready->client_key)
                             : std::string();
  if (!certificate) return std::unexpected(Misfit{std::move(certificate).error(), kExitNotLoaded});
  options.tls_options.certificate = *std::move(certificate);
  if (arguments.jobs > 0) options.jobs = arguments.jobs;
  options.answer_timeout = std::chrono::seconds(arguments.timeout_seconds);
  options.time_scale = arguments.time_scale;
  options.scenario_timeout = std::chrono::seconds(arguments.scenario_timeout_seconds);
  if (arguments.profile != "auto") options.profiles = {arguments.profile};

  const std::string& tls = arguments.tls.empty() && target ? target->tls : arguments.tls;
  options.tls = tls == "none"       ? runner::DefaultTls::None
                : tls == "implicit" ? runner::DefaultTls::Implicit
                                    : runner::DefaultTls::StartTls;
  if (options.tls == runner::DefaultTls::Implicit && !plan.implicit_tls) {
    return misuse("--tls implicit needs a port of implicit TLS");
  }
  if (options.tls != runner::DefaultTls::Implicit && !plan.cleartext) {
    return misuse("the server's cleartext port is not known: give --server or --imap, or --tls implicit");
  }
  const auto has = [&](std::string_view word) {
    return std::find(arguments.fail_on.begin(), arguments.fail_on.end(), word) != arguments.fail_on.end();
  };
  plan.fail_on = {.warn = arguments.strict || has("warn"), .weakness = has("weakness")};
  plan.shard = runner::parse_shard(arguments.shard).value_or(runner::Shard());
  options.consent = consent(arguments, plan, ready.has_value());
  return plan;
}

std::expected<runner::Consent, std::string> plan_consent(const RunArguments& arguments,
                                                         const std::optional<runner::TargetConfig>& target) {
  Plan plan;
  if (target) {
    plan.cleartext = HostPort{target->host, 0};
  } else if (auto planned = plan_doors(arguments, plan); !planned) {
    return std::unexpected(planned.error());
  }
  const bool starts_server = target.has_value() || (!plan.cleartext && !plan.implicit_tls);
  return consent(arguments, plan, starts_server);
}

std::string reproduce_command(const RunArguments& arguments, std::string_view id, std::string_view profile) {
  std::string command = shell_word(arguments.program) + " run " + shell_word(id);
  const auto add = [&](std::string_view option, const std::string& value) {
    if (!value.empty()) command += fmt::format(" {} {}", option, shell_word(value));
  };
  for (const std::string& folder : arguments.scenario_folders) add("--scenarios", folder);
  add("--server", arguments.server);
  add("--imap", arguments.imap);
  add("--imaps", arguments.imaps);
  add("--tls", arguments.tls);
  add("--ca", arguments.ca);
  if (arguments.insecure) command += " --insecure";
  add("--client-certificate", arguments.client_certificate);
  add("--client-key", arguments.client_key);
  add("--user", arguments.user);
  add("--password-env", arguments.password_env);
  add("--user2", arguments.user2);
  add("--password2-env", arguments.password2_env);
  add("--plaintext-login", arguments.plaintext_login);
  if (arguments.mailbox_prefix) command += " --mailbox-prefix " + shell_word(*arguments.mailbox_prefix);
  add("--hierarchy-delimiter", arguments.delimiter);
  if (arguments.max_connections) add("--max-connections", std::to_string(*arguments.max_connections));
  if (arguments.login_delay) add("--login-delay", fmt::format("{}", *arguments.login_delay));
  add("--bad-commands", arguments.bad_commands);
  add("--target", arguments.target);
  add("--fault", arguments.fault);
  add("--baseline", arguments.baseline);
  if (arguments.time_scale != 1) add("--time-scale", std::to_string(arguments.time_scale));
  const auto add_number = [&](std::string_view option, std::size_t RunArguments::* number) {
    if (arguments.*number != RunArguments().*number) add(option, std::to_string(arguments.*number));
  };
  add_number("--timeout", &RunArguments::timeout_seconds);
  add_number("--scenario-timeout", &RunArguments::scenario_timeout_seconds);
  for (const std::string& verdict : arguments.fail_on) add("--fail-on", verdict);
  if (arguments.strict) command += " --strict";
  if (arguments.allow != "P1") add("--allow", arguments.allow);
  if (arguments.allow_inbox) command += " --allow-inbox";
  add("--profile", std::string(profile));
  return command;
}

}  // namespace imapspec::cli
