#include "cli/serve.h"

#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <expected>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "cli/exit_code.h"
#include "cli/limits_file.h"
#include "cli/nearest_fault.h"
#include "cli/serve_config.h"
#include "cli/trust.h"
#include "cli/yaml_file.h"
#include "server/auth/mechanism.h"
#include "server/net/private_folder.h"
#include "server/net/server.h"
#include "server/store/store.h"

namespace imapspec::cli {
namespace {

struct ServeArguments {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;
  std::uint16_t tls_port = 0;
  std::string fault;
  std::string certificate;
  std::string key;
  bool allow_plaintext_login = false;
  std::string transcript;
  std::vector<std::string> mechanisms;
  std::string client_ca;
  std::optional<unsigned> login_delay;  // milliseconds
  std::string config;
  std::string limits;
  std::string profile;
  std::vector<std::string> with;
  std::vector<std::string> without;
  double time_scale = 1;
  pid_t end_with = 0;  // 0: nobody
};

int complain(int exit_code, const std::string& why) {
  fmt::print(stderr, "imapspec serve: {}\n", why);
  return exit_code;
}

// Signals keeps SIGINT, SIGTERM and SIGUSR1 back, in this thread and in those it starts, until
// somebody waits for them.
class Signals {
 public:
  Signals() {
    sigemptyset(&signals_);
    for (const int number : {SIGINT, SIGTERM, SIGUSR1}) sigaddset(&signals_, number);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  }

  // wait yields the next one's number.
  [[nodiscard]] int wait() const {
    int number = 0;
    sigwait(&signals_, &number);
    return number;
  }

 private:
  sigset_t signals_{};
};

// end_with makes the end of the parent a SIGTERM: however `imapspec run` ends, its server does not stay.
void end_with(pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) raise(SIGTERM);  // it was faster
}

// Refusal is why there will be no server, in lines.
struct Refusal {
  int exit_code = kExitUsage;
  std::string lines;
};

// configured is the configuration file with what the flags change about it.
std::expected<ServeConfig, Refusal> configured(const ServeArguments& arguments) {
  ServeConfig config;
  if (!arguments.config.empty()) {
    auto loaded = load_serve_config(arguments.config);
    if (!loaded) return std::unexpected(Refusal{kExitNotLoaded, lines_of(loaded.error())});
    config = *std::move(loaded);
  }
  if (!arguments.limits.empty()) {
    const auto loaded = load_limits(arguments.limits, config.session.limits);
    if (!loaded) return std::unexpected(Refusal{kExitNotLoaded, lines_of(loaded.error())});
  }
  server::Offer& offer = config.session.offer;
  std::expected<void, std::string> done;
  if (!arguments.profile.empty()) done = set_profile(offer, arguments.profile);
  for (const std::string& name : arguments.with) {
    if (done) done = set_capability(offer, name, true);
  }
  for (const std::string& name : arguments.without) {
    if (done) done = set_capability(offer, name, false);
  }
  if (!done) return std::unexpected(Refusal{kExitUsage, "imapspec serve: " + done.error()});
  if (arguments.allow_plaintext_login) config.session.plaintext_login = true;
  if (!arguments.mechanisms.empty()) config.session.mechanisms = arguments.mechanisms;
  if (arguments.login_delay) config.session.limits.login_delay = std::chrono::milliseconds(*arguments.login_delay);
  return config;
}

int serve(const ServeArguments& arguments) {
  const Signals signals;
  if (arguments.end_with != 0) end_with(arguments.end_with);
  server::ServerConfig config;
  config.host = arguments.host;
  config.port = arguments.port;
  config.tls_port = arguments.tls_port;
  config.transcript = arguments.transcript;
  config.time_scale = arguments.time_scale;
  auto configuration = configured(arguments);
  if (!configuration) {
    fmt::print(stderr, "{}\n", configuration.error().lines);
    return configuration.error().exit_code;
  }
  config.session = configuration->session;
  if (!arguments.client_ca.empty()) {
    std::ifstream file(arguments.client_ca, std::ios::binary);
    config.client_authority.assign(std::istreambuf_iterator<char>(file), {});
    if (config.client_authority.empty()) {
      return complain(kExitNotLoaded, fmt::format("{}: cannot be read, or is empty", arguments.client_ca));
    }
  }
  if (!arguments.fault.empty()) {
    const auto fault = find_fault(arguments.fault);
    if (!fault) return complain(kExitUsage, fault.error());
    config.faults = server::FaultSet(*fault);
  }
  auto trust =
      arguments.certificate.empty() ? made_trust(arguments.host) : given_trust(arguments.certificate, arguments.key);
  if (!trust) return complain(kExitNotLoaded, trust.error());
  config.certificate = trust->certificate;
  config.rsa_certificate = trust->with_rsa;

  server::Store store([] { return std::chrono::system_clock::now(); }, config.session.limits);
  const auto preloaded = preload(configuration->users, config.session.limits, store);
  if (!preloaded) {
    fmt::print(stderr, "{}\n", runner::to_string(preloaded.error()));
    return kExitNotLoaded;
  }
  const auto server = server::Server::create(store, std::move(config));
  if (!server) return complain(kExitUnreachable, server.error());
  std::thread thread([&] { (*server)->run(); });
  fmt::print("READY imap={} imaps={} ca={}\n", host_port((*server)->host(), (*server)->port()),
             host_port((*server)->host(), (*server)->tls_port()), trust->ca_file);
  std::fflush(stdout);
  const auto begin_anew = [&] {
    store.clear();
    const auto again = preload(configuration->users, configuration->session.limits, store);
    if (!again) fmt::print(stderr, "{}\n", runner::to_string(again.error()));
  };
  while (signals.wait() == SIGUSR1) (*server)->call(begin_anew);
  (*server)->stop();
  thread.join();
  return kExitGood;
}

}  // namespace

void add_serve(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("serve",
                                     "Run the bundled reference server until SIGINT or SIGTERM; SIGUSR1 throws its "
                                     "mail away. Its users are alice and\n"
                                     "bob, their passwords secret-alice and secret-bob, unless a configuration has "
                                     "others. It prints one line when it is ready:\n"
                                     "READY imap=HOST:PORT imaps=HOST:PORT ca=FILE");
  const auto arguments = std::make_shared<ServeArguments>();
  command->add_option("--host", arguments->host, "The name or address to listen on")->capture_default_str();
  command->add_option("--port", arguments->port, "The cleartext port; 0 takes a free one")->capture_default_str();
  command->add_option("--tls-port", arguments->tls_port, "The port of implicit TLS; 0 takes a free one")
      ->capture_default_str();
  command->add_option("--fault", arguments->fault, "Misbehave in one named way; imapspec list faults has the names")
      ->type_name("NAME");
  auto* certificate =
      command->add_option("--cert", arguments->certificate, "The certificate (PEM), instead of one made for this run")
          ->type_name("FILE");
  auto* key = command->add_option("--key", arguments->key, "The certificate's key (PEM)")->type_name("FILE");
  certificate->needs(key);
  key->needs(certificate);
  command->add_flag("--allow-plaintext-login", arguments->allow_plaintext_login,
                    "Take passwords without TLS too (RFC 9051 section 11.7 forbids it by default)");
  command
      ->add_option("--transcript", arguments->transcript,
                   "Write what clients and server say to this file, without TLS and with all passwords")
      ->type_name("FILE");
  command
      ->add_option(
          "--auth", arguments->mechanisms,
          "The SASL mechanisms, each offered where it can be used: EXTERNAL, SCRAM-SHA-256-PLUS, SCRAM-SHA-256,\n"
          "SCRAM-SHA-1-PLUS, SCRAM-SHA-1, CRAM-MD5, PLAIN, LOGIN, ANONYMOUS")
      ->type_name("NAME")
      ->check(CLI::Validator(
          [](const std::string& name) {
            return server::mechanism_named(name) == nullptr ? "no mechanism \"" + name + "\"" : std::string();
          },
          ""));
  command
      ->add_option(
          "--client-ca", arguments->client_ca,
          "Ask clients for a certificate of this authority (PEM), for AUTH=EXTERNAL; its common name is the user")
      ->type_name("FILE");
  command
      ->add_option("--login-delay", arguments->login_delay,
                   "How long the first failed login waits for its answer; the next ones double it (default 2000)")
      ->type_name("MILLISECONDS");
  command
      ->add_option("--config", arguments->config,
                   "A YAML file with users, mailboxes, messages and more; docs/serve.md describes it")
      ->type_name("FILE");
  command->add_option("--limits", arguments->limits, "A YAML file with limits by name; docs/serve.md lists them")
      ->type_name("FILE");
  command->add_option("--profile", arguments->profile, "The revisions to offer: rev1, rev2 or rev1+rev2")
      ->type_name("PROFILE");
  command->add_option("--with", arguments->with, "Offer a capability that is not offered by itself")
      ->type_name("CAPABILITY")
      ->expected(1);
  command->add_option("--without", arguments->without, "Do not offer a capability")
      ->type_name("CAPABILITY")
      ->expected(1);
  command
      ->add_option("--time-scale", arguments->time_scale,
                   "Run the sessions' clock so many times faster: login delays and auto-logout come sooner")
      ->check(CLI::Range(1.0, 1'000'000.0))
      ->capture_default_str();
  command->add_option("--end-with", arguments->end_with)->group("");  // for `imapspec run`
  command->callback([arguments, &exit_code] { exit_code = serve(*arguments); });
}

}  // namespace imapspec::cli
