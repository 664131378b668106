#include "cli/record.h"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/running_server.h"
#include "cli/trust.h"
#include "runner/match/pattern.h"
#include "runner/record/course.h"
#include "runner/record/recording.h"
#include "runner/record/scenario_writer.h"
#include "runner/scenario/loader.h"
#include "runner/transport/relay.h"

namespace imapspec::cli {
namespace {

struct RecordArguments {
  std::string listen = "127.0.0.1:0";
  std::string server;
  std::string tls = "starttls";
  std::string certificate;
  std::string key;
  std::string ca;
  bool insecure = false;
  std::string output;
  std::string title;
  bool separate = false;
  bool fail_on_findings = false;
};

int complain(int exit_code, const std::string& why) {
  fmt::print(stderr, "imapspec record: {}\n", why);
  return exit_code;
}

// Listener is one connection: what passes goes into its recording.
class Listener : public runner::RelayTap {
 public:
  Listener(std::size_t number, runner::RecordingBudget& budget) : recording_(number, budget) {}

  void on_client(std::string_view octets) override { recording_.on_client(octets); }
  std::optional<std::size_t> on_server(std::string_view octets) override { return recording_.on_server(octets); }
  void on_tls() override { recording_.on_tls(); }
  void on_closed() override { recording_.on_closed(); }
  void on_note(std::string_view text) override { fmt::print(stderr, "connection {}: {}\n", recording_.number(), text); }

  runner::Recording& recording() { return recording_; }

 private:
  runner::Recording recording_;
};

// The name of a scenario's file: that of --output for the first, "NAME-2.yaml" for the second.
std::filesystem::path file_of(const std::string& output, std::size_t number) {
  std::filesystem::path file(output);
  if (number == 1) return file;
  const std::string stem = fmt::format("{}-{}", file.stem().string(), number);
  return file.replace_filename(stem + file.extension().string());
}

// listen_address takes a port alone, too: of the loopback.
std::expected<runner::Address, std::string> listen_address(const std::string& text) {
  const std::string whole = text.find(':') == std::string::npos ? "127.0.0.1:" + text : text;
  const std::size_t colon = whole.rfind(':');
  if (whole.substr(colon + 1) == "0") return runner::Address{whole.substr(0, colon), 0};
  auto parsed = parse_host_port(whole);
  if (!parsed) return std::unexpected(parsed.error());
  return runner::Address{parsed->host, parsed->port};
}

class RecordCommand {
 public:
  explicit RecordCommand(const RecordArguments& arguments) : arguments_(arguments) {}

  int run() {
    const auto listen = listen_address(arguments_.listen);
    if (!listen) return complain(kExitUsage, listen.error());
    const auto server = parse_host_port(arguments_.server);
    if (!server) return complain(kExitUsage, server.error());
    if (!arguments_.output.empty() && !std::ofstream(arguments_.output, std::ios::app)) {
      return complain(kExitUsage, arguments_.output + " cannot be written");
    }
    const auto trust =
        arguments_.certificate.empty() ? made_trust(listen->host) : given_trust(arguments_.certificate, arguments_.key);
    if (!trust) return complain(kExitNotLoaded, trust.error());
    // The relay has one certificate, and any client is to get along with it.
    const auto certificate = trust->with_rsa ? trust->with_rsa() : trust->certificate;
    if (!certificate) return complain(kExitNotLoaded, certificate.error());

    runner::RelayOptions options;
    options.listen = *listen;
    options.server = {server->host, server->port};
    options.implicit_tls = arguments_.tls == "implicit";
    options.tls.ca_file = arguments_.ca;
    options.tls.verify = !arguments_.insecure;
    options.certificate = certificate->chain;
    options.key = certificate->key;
    auto relay = runner::Relay::create(options, [this] { return new_listener(); });
    if (!relay) return complain(kExitUnreachable, relay.error());

    catch_interrupts();
    fmt::print("READY {}={} ca={}\n", options.implicit_tls ? "imaps" : "imap", host_port(listen->host, relay->port()),
               trust->ca_file);
    std::fflush(stdout);
    relay->run(interrupted_by());
    return finish();
  }

 private:
  // Whoever is not recorded is not served: what the relay is there for would silently be missing.
  std::shared_ptr<runner::RelayTap> new_listener() {
    if (budget_.is_used_up()) {
      if (!std::exchange(told_full_, true)) complain(kExitGood, "no more connections: there is no room to record them");
      return nullptr;
    }
    return listeners_.emplace_back(std::make_shared<Listener>(listeners_.size() + 1, budget_));
  }

  int finish() {
    bool found = false;
    std::vector<const runner::Recording*> recordings;
    for (const auto& listener : listeners_) {
      runner::Recording& recording = listener->recording();
      recording.on_closed();  // with the relay
      recordings.push_back(&recording);
      for (const runner::Finding& finding : recording.findings()) {
        found = found || finding.verdict == runner::Verdict::Fail;
        fmt::print("connection {}: {} {} (RFC {} section {}): {}\n", recording.number(),
                   runner::verdict_name(finding.verdict), finding.requirement, finding.rfc, finding.section,
                   finding.message);
        if (!finding.actual.empty()) fmt::print("    {}\n", finding.actual);
      }
      for (const std::string& note : recording.notes()) {
        fmt::print(stderr, "connection {}: {}\n", recording.number(), note);
      }
    }
    if (!arguments_.output.empty() && !write(scenarios_of(recordings))) return kExitUsage;
    return found && arguments_.fail_on_findings ? kExitFound : kExitGood;
  }

  using Group = std::vector<const runner::Recording*>;

  [[nodiscard]] std::vector<Group> scenarios_of(const Group& recordings) const {
    if (!arguments_.separate) return runner::clients_of(recordings);
    std::vector<Group> each;
    for (const runner::Recording* const recording : recordings) each.push_back({recording});
    return each;
  }

  [[nodiscard]] bool write(const std::vector<Group>& groups) const {
    std::size_t number = 0;
    bool all_written = true;
    for (const Group& group : groups) all_written = write(group, number) && all_written;
    return all_written;
  }

  // write is for one scenario, and counts those that there are.
  bool write(const Group& group, std::size_t& number) const {
    std::string who = group.size() == 1 ? "connection " : "connections ";
    for (const runner::Recording* const one : group) {
      who += fmt::format("{}{}", one == group.front() ? "" : ", ", one->number());
    }
    const std::string title =
        arguments_.title.empty() ? fmt::format("Recorded from {}", arguments_.server) : arguments_.title;
    const std::string yaml = runner::write_scenario(group, title);
    if (yaml.empty()) {
      fmt::print("{}: nothing to write: no command completed\n", who);
      return true;
    }
    const std::filesystem::path file = file_of(arguments_.output, ++number);
    const auto loaded =
        runner::parse_scenario(yaml, file.stem().string(), file.string(), "nowhere", runner::Pattern::check);
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    stream << yaml << std::flush;
    if (!stream) {
      fmt::print(stderr, "imapspec record: {} could not be written\n", file.string());
      return false;
    }
    if (!loaded) {
      // It is written all the same, so that it can be seen and repaired.
      for (const runner::LoadError& error : loaded.error()) fmt::print(stderr, "{}\n", runner::to_string(error));
      return false;
    }
    fmt::print("{}: {}\n", who, file.string());
    return true;
  }

  const RecordArguments& arguments_;
  runner::RecordingBudget budget_;
  bool told_full_ = false;
  std::vector<std::shared_ptr<Listener>> listeners_;
};

}  // namespace

void add_record(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "record",
      "Stand between clients and a server until SIGINT or SIGTERM, find what is wrong with the server's\n"
      "answers, and write a scenario from what was seen. It prints one line when it is ready:\n"
      "READY imap=HOST:PORT ca=FILE");
  const auto arguments = std::make_shared<RecordArguments>();
  command->add_option("--listen", arguments->listen, "Where clients connect to; a port alone is one of 127.0.0.1")
      ->type_name("[HOST:]PORT")
      ->capture_default_str();
  command->add_option("--server", arguments->server, "The server")->type_name("HOST:PORT")->required();
  command
      ->add_option("--tls", arguments->tls,
                   "How both connections are secured: when the client says STARTTLS, or at once")
      ->check(CLI::IsMember({"starttls", "implicit"}))
      ->capture_default_str();
  auto* certificate =
      command->add_option("--cert", arguments->certificate, "What clients see (PEM), instead of one made for this run")
          ->type_name("FILE");
  auto* key = command->add_option("--key", arguments->key, "Its key (PEM)")->type_name("FILE");
  certificate->needs(key);
  key->needs(certificate);
  auto* ca = command->add_option("--ca", arguments->ca, "Certificates to trust the server by (PEM), not the system's")
                 ->type_name("FILE")
                 ->check(CLI::ExistingFile);
  command->add_flag("--insecure", arguments->insecure, "Accept any certificate of the server")->excludes(ca);
  auto* output = command
                     ->add_option("--output", arguments->output,
                                  "The scenario, with all connections of a user; further users get NAME-2, NAME-3 ...")
                     ->type_name("FILE");
  command->add_flag("--separate", arguments->separate, "Write a scenario for each connection instead")->needs(output);
  command->add_option("--title", arguments->title, "The scenario's title")->type_name("TEXT");
  command->add_flag("--fail-on-findings", arguments->fail_on_findings, "Exit with 1 when the server broke a rule");
  command->callback([arguments, &exit_code] { exit_code = RecordCommand(*arguments).run(); });
}

}  // namespace imapspec::cli
