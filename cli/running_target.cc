// The targets' half of RunningServer: state folder, ports, start, reset, stop.
#include <fmt/format.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <fstream>
#include <thread>
#include <utility>

#include "cli/interrupt.h"
#include "cli/running_server.h"
#include "runner/scenario/fixture_file.h"
#include "runner/transport/free_port.h"
#include "runner/transport/socket_dialer.h"

namespace imapspec::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kCommandTime{60};  // for `stop` and `reset`
constexpr std::chrono::seconds kEndTime{10};      // for a process that is told to end
constexpr std::chrono::milliseconds kPause{50};
constexpr std::size_t kMostLog = 1U << 20;

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

// What a program said, for the end of a sentence.
std::string log_of(const std::filesystem::path& file) {
  const auto text = runner::read_bounded(file, kMostLog);
  return !text || text->empty() ? "" : ": " + tail_of(*text);
}

std::optional<pid_t> pid_in(const std::string& file) {
  std::ifstream stream(file);
  std::string digits;
  stream >> digits;
  pid_t pid = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), pid);
  if (error != std::errc{} || end != digits.data() + digits.size() || pid <= 1) return std::nullopt;
  return pid;
}

bool is_gone(pid_t pid) {
  const auto deadline = Clock::now() + kEndTime;
  while (kill(pid, 0) == 0) {
    if (Clock::now() >= deadline) return false;
    std::this_thread::sleep_for(kPause);
  }
  return true;
}

std::string output_file(const runner::TargetValues& values) { return values.find("state")->second + "/output.log"; }

}  // namespace

std::expected<RunningServer, std::string> RunningServer::start_target(const runner::TargetConfig& config) {
  std::string folder = (std::filesystem::temp_directory_path() / "imapspec-target-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return std::unexpected(std::string("mkdtemp: ") + std::strerror(errno));
  // From here on the folder and what runs in it go when the value does.
  RunningServer server;
  server.target_ = std::make_unique<StartedTarget>(StartedTarget{
      config,
      {{"state", folder}, {"host", config.host}, {"folder", std::filesystem::absolute(config.folder).string()}}});
  runner::TargetValues& values = server.target_->values;
  std::error_code unknown;
  values.emplace("imapspec", std::filesystem::read_symlink("/proc/self/exe", unknown).string());
  for (const char* const name : {"port", "tls-port"}) {
    const auto port = runner::free_port(config.host);
    if (!port) return std::unexpected(port.error());
    values.emplace(name, std::to_string(*port));
  }
  const bool by_line = config.ready == runner::TargetConfig::Ready::Line;
  auto process = ChildProcess::start(filled(config.start, values), by_line ? "" : output_file(values));
  if (!process) return std::unexpected(process.error());
  server.process_ = std::move(*process);
  auto ready = await(*server.process_, *server.target_);
  if (!ready) return std::unexpected(fmt::format("{}: the target did not start{}", config.name, ready.error()));
  server.ready_ = std::move(*ready);
  return server;
}

std::expected<Ready, std::string> RunningServer::await(ChildProcess& process, const StartedTarget& target) {
  const runner::TargetConfig& config = target.config;
  if (config.ready == runner::TargetConfig::Ready::Line) {
    std::string output;
    const auto line = process.read_line("READY ", config.start_time, output);
    if (!line) return std::unexpected(": " + tail_of(output));
    auto ready = parse_ready(*line);
    if (!ready) return std::unexpected(": " + ready.error());
    return ready;
  }
  const auto door = [&](std::string_view name) {
    unsigned port = 0;
    const std::string& digits = target.values.find(name)->second;
    std::from_chars(digits.data(), digits.data() + digits.size(), port);
    return HostPort{config.host, static_cast<std::uint16_t>(port)};
  };
  // A program that goes to the background ends at once, and all is well when it ended with 0.
  const auto deadline = Clock::now() + config.start_time;
  bool ended = false;
  while (Clock::now() < deadline && interrupted_by().load() == 0) {
    if (greets(door("port"))) {
      return Ready{door("port"), door("tls-port"), runner::fill_in(config.ca, target.values)};
    }
    if (!ended) {
      const auto code = process.wait(kPause);
      if (code && *code != 0) {
        return std::unexpected(fmt::format(": it ended with {}{}", *code, log_of(output_file(target.values))));
      }
      ended = code.has_value();
    } else {
      std::this_thread::sleep_for(kPause);
    }
  }
  return std::unexpected(
      fmt::format(": no greeting on port {}{}", door("port").port, log_of(output_file(target.values))));
}

std::expected<void, std::string> RunningServer::run_to_end(const std::vector<std::string>& words,
                                                           const runner::TargetValues& values) {
  auto process = ChildProcess::start(filled(words, values), output_file(values));
  if (!process) return std::unexpected(process.error());
  const auto code = process->wait(kCommandTime);
  if (code == 0) return {};
  return std::unexpected(fmt::format("{} {}{}", words.front(),
                                     code ? fmt::format("ended with {}", *code) : "did not end",
                                     log_of(output_file(values))));
}

std::expected<void, std::string> RunningServer::reset() {
  if (!target_ || target_->config.reset.empty()) return {};
  return run_to_end(target_->config.reset, target_->values);
}

void RunningServer::stop(const StartedTarget& target) {
  if (!target.config.stop.empty()) {
    // Nobody is left to tell, and the folder goes all the same.
    [[maybe_unused]] const auto done = run_to_end(target.config.stop, target.values);
  }
  if (target.config.pid_file.empty()) return;
  const auto pid = pid_in(runner::fill_in(target.config.pid_file, target.values));
  if (!pid || kill(*pid, SIGTERM) != 0 || is_gone(*pid)) return;
  kill(*pid, SIGKILL);
  is_gone(*pid);
}

RunningServer::~RunningServer() {
  if (!target_) return;  // the process is the server: it ends with this value
  if (process_) stop(*target_);
  process_.reset();
  std::error_code ignored;  // what a target leaves in the temporary folder harms nobody
  std::filesystem::remove_all(target_->values.find("state")->second, ignored);
}

}  // namespace imapspec::cli
