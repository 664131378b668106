// The server that a run is about: one that is there already, the bundled one, or a target.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/child_process.h"
#include "runner/scenario/target.h"

namespace imapspec::cli {

struct HostPort {
  std::string host;
  std::uint16_t port = 0;
};

// parse_host_port reads HOST:PORT, [IPv6]:PORT too. The error is a sentence.
std::expected<HostPort, std::string> parse_host_port(std::string_view text);

// Ready is what a server says of itself: "READY imap=HOST:PORT imaps=HOST:PORT ca=FILE".
struct Ready {
  std::optional<HostPort> imap;
  std::optional<HostPort> imaps;
  std::string ca;
};
std::expected<Ready, std::string> parse_ready(std::string_view line);

// tail_of is the end of what a program said, where that is long.
std::string tail_of(const std::string& text);

// RunningServer is a server that this command started and ends.
class RunningServer {
 public:
  // start_bundled starts `imapspec serve` on free loopback ports, with `fault` unless it is empty, and with a clock
  // that goes `time_scale` times as fast.
  static std::expected<RunningServer, std::string> start_bundled(const std::string& fault, unsigned time_scale);

  // start_target runs a target's start command with a state folder of its own, which goes when the server does.
  static std::expected<RunningServer, std::string> start_target(const runner::TargetConfig& target);

  // reset throws the mail of all users away; nothing where the target has no command for it.
  std::expected<void, std::string> reset();

  RunningServer(RunningServer&&) noexcept = default;
  RunningServer& operator=(RunningServer&&) noexcept = default;
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;
  ~RunningServer();

  [[nodiscard]] const Ready& ready() const { return ready_; }

 private:
  // StartedTarget is what a target's commands and its end need.
  struct StartedTarget {
    runner::TargetConfig config;
    runner::TargetValues values;
  };

  RunningServer() = default;
  RunningServer(ChildProcess process, Ready ready) : process_(std::move(process)), ready_(std::move(ready)) {}

  static std::expected<void, std::string> run_to_end(const std::vector<std::string>& words,
                                                     const runner::TargetValues& values);
  static std::expected<Ready, std::string> await(ChildProcess& process, const StartedTarget& target);
  static void stop(const StartedTarget& target);

  std::optional<ChildProcess> process_;
  Ready ready_;
  std::unique_ptr<StartedTarget> target_;  // nothing for the bundled server
};

}  // namespace imapspec::cli
