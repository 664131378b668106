// The server that a run is about: one that is there already, the bundled one, or a target.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "cli/child_process.h"
#include "cli/target_keeper.h"
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
  std::string client_certificate = {}, client_key = {};  // what a target's file says of them, and not the line
};
std::expected<Ready, std::string> parse_ready(std::string_view line);

// tail_of is the end of what a program said, where that is long.
std::string tail_of(const std::string& text);

// log_of is what a program wrote to a file, for the end of a sentence.
std::string log_of(const std::filesystem::path& file);

// RunningServer is a server that this command started and ends, also where it is killed itself.
class RunningServer {
 public:
  // start_bundled starts `imapspec serve` on free loopback ports, with `fault` unless it is empty, and with a clock
  // that goes `time_scale` times as fast.
  static std::expected<RunningServer, std::string> start_bundled(const std::string& fault, unsigned time_scale);

  // start_target runs a target's start command with a state folder of its own, which goes when the server does. To be
  // called while there is one thread.
  static std::expected<RunningServer, std::string> start_target(const runner::TargetConfig& target);

  // reset throws the mail of all users away; nothing where the target has no command for it.
  std::expected<void, std::string> reset();

  [[nodiscard]] const Ready& ready() const { return ready_; }

 private:
  RunningServer(ChildProcess process, Ready ready) : process_(std::move(process)), ready_(std::move(ready)) {}
  RunningServer(TargetKeeper keeper, Ready ready, bool resets)
      : keeper_(std::move(keeper)), ready_(std::move(ready)), resets_(resets) {}

  std::optional<ChildProcess> process_;  // the bundled server
  std::optional<TargetKeeper> keeper_;   // of a target
  Ready ready_;
  bool resets_ = false;
};

}  // namespace imapspec::cli
