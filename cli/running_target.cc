// The targets' half of RunningServer: state folder, ports, the way to be ready.
#include <fmt/format.h>
#include <stdlib.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <utility>

#include "cli/interrupt.h"
#include "cli/running_server.h"
#include "runner/scenario/fixture_file.h"
#include "runner/transport/free_port.h"
#include "runner/transport/socket_dialer.h"

namespace imapspec::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPause{50};

std::vector<std::string> filled(const std::vector<std::string>& words, const runner::TargetValues& values) {
  std::vector<std::string> argv;
  argv.reserve(words.size());
  for (const std::string& word : words) argv.push_back(runner::fill_in(word, values));
  return argv;
}

bool greets(const HostPort& door) {
  const auto dialer = runner::make_dialer(runner::Address{door.host, door.port}, std::nullopt);
  const auto deadline = runner::Clock::now() + std::chrono::seconds(2);
  auto link = dialer->dial(runner::Door::Cleartext, deadline);
  if (!link) return false;
  const auto said = (*link)->receive(deadline);
  return said && said->starts_with("* ");
}

// StateFolder is where a server writes. It goes, unless somebody else sees to that.
class StateFolder {
 public:
  explicit StateFolder(std::string name) : name_(std::move(name)) {}
  StateFolder(const StateFolder&) = delete;
  StateFolder& operator=(const StateFolder&) = delete;
  ~StateFolder() {
    std::error_code ignored;  // what a target leaves in the temporary folder harms nobody
    if (!name_.empty()) std::filesystem::remove_all(name_, ignored);
  }

  void leave() { name_.clear(); }

 private:
  std::string name_;
};

std::expected<Ready, std::string> await_line(TargetKeeper& keeper, const runner::TargetConfig& config) {
  std::string output;
  const auto line = keeper.read_line("READY ", config.start_time, output);
  if (!line) return std::unexpected(": " + tail_of(output));
  auto ready = parse_ready(*line);
  if (!ready) return std::unexpected(": " + ready.error());
  return ready;
}

std::expected<Ready, std::string> await_greeting(TargetKeeper& keeper, const runner::TargetConfig& config,
                                                 const runner::TargetValues& values, const std::string& log) {
  const auto door = [&](std::string_view name) {
    unsigned port = 0;
    const std::string& digits = values.find(name)->second;
    std::from_chars(digits.data(), digits.data() + digits.size(), port);
    return HostPort{config.host, static_cast<std::uint16_t>(port)};
  };
  // A program that goes to the background ends at once, and all is well when it ended with 0.
  const auto deadline = Clock::now() + config.start_time;
  while (Clock::now() < deadline && interrupted_by().load() == 0) {
    if (greets(door("port"))) return Ready{door("port"), door("tls-port"), runner::fill_in(config.ca, values)};
    if (const auto code = keeper.failed(kPause)) {
      return std::unexpected(fmt::format(": it ended with {}{}", *code, log_of(log)));
    }
  }
  return std::unexpected(fmt::format(": no greeting on port {}{}", door("port").port, log_of(log)));
}

}  // namespace

std::string log_of(const std::filesystem::path& file) {
  constexpr std::size_t kMostLog = 1U << 20;
  const auto text = runner::read_bounded(file, kMostLog);
  return !text || text->empty() ? "" : ": " + tail_of(*text);
}

std::expected<RunningServer, std::string> RunningServer::start_target(const runner::TargetConfig& config) {
  std::string folder = (std::filesystem::temp_directory_path() / "imapspec-target-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return std::unexpected(std::string("mkdtemp: ") + std::strerror(errno));
  StateFolder state(folder);
  // A file that was named without one has an empty folder.
  const std::filesystem::path own = std::filesystem::current_path() / config.folder;
  runner::TargetValues values{{"state", folder}, {"host", config.host}, {"folder", own.string()}};
  std::error_code unknown;
  values.emplace("imapspec", std::filesystem::read_symlink("/proc/self/exe", unknown).string());
  for (const char* const name : {"port", "tls-port"}) {
    const auto port = runner::free_port(config.host);
    if (!port) return std::unexpected(port.error());
    values.emplace(name, std::to_string(*port));
  }
  const bool by_line = config.ready == runner::TargetConfig::Ready::Line;
  const std::string log = folder + "/output.log";
  auto keeper = TargetKeeper::start({.start = filled(config.start, values),
                                     .stop = filled(config.stop, values),
                                     .reset = filled(config.reset, values),
                                     .start_prints = by_line,
                                     .pid_file = runner::fill_in(config.pid_file, values),
                                     .output_file = log,
                                     .state = folder});
  if (!keeper) return std::unexpected(keeper.error());
  auto ready = by_line ? await_line(*keeper, config) : await_greeting(*keeper, config, values, log);
  if (!ready) return std::unexpected(fmt::format("{}: the target did not start{}", config.name, ready.error()));
  state.leave();  // to the keeper
  ready->client_certificate = runner::fill_in(config.client_certificate, values);
  ready->client_key = runner::fill_in(config.client_key, values);
  return RunningServer(*std::move(keeper), *std::move(ready), !config.reset.empty());
}

std::expected<void, std::string> RunningServer::reset() {
  if (!resets_) return {};
  return keeper_->reset();
}

}  // namespace imapspec::cli
