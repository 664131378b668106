// The process below which the server of a target runs, and which ends it, however this program ends.
#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/child_process.h"

namespace imapspec::cli {

// TargetCommands is what a target's file says, but "{pid}", which is the process that `start` began, is still to be
// replaced in `stop` and `reset`.
struct TargetCommands {
  std::vector<std::string> start, stop, reset;
  bool start_prints = false;  // what `start` prints is for read_line; else it goes to the output file
  std::string pid_file;       // holds a process to end; empty: there is none
  std::string output_file;    // what commands print
  std::string state;          // the folder that goes with the server
};

// TargetKeeper is a process of its own: the parent of the target's commands, and of all that they leave running, in
// whatever sessions or groups. It waits for the other end of a pipe to be closed, which happens when the value dies,
// and when this program is killed. Then it ends the server, and whatever of it is left, and removes the state folder.
class TargetKeeper {
 public:
  // start begins with `start`. To be called while this program has one thread. The error is a sentence.
  static std::expected<TargetKeeper, std::string> start(TargetCommands commands);

  TargetKeeper(TargetKeeper&& other) noexcept;
  TargetKeeper& operator=(TargetKeeper&& other) noexcept;
  TargetKeeper(const TargetKeeper&) = delete;
  TargetKeeper& operator=(const TargetKeeper&) = delete;
  // ~TargetKeeper returns when nothing of the server runs any more.
  ~TargetKeeper();

  // read_line is ChildProcess's, of what `start` prints.
  std::optional<std::string> read_line(std::string_view prefix, std::chrono::milliseconds timeout, std::string& others);

  // failed waits for the end of `start` and yields its exit code if that is not 0; nullopt when the time was up.
  std::optional<int> failed(std::chrono::milliseconds timeout);

  // reset runs that command to its end. The error is a sentence.
  std::expected<void, std::string> reset();

 private:
  TargetKeeper(ChildProcess process, int orders, int replies)
      : process_(std::move(process)), orders_(orders), replies_(replies) {}

  // reply waits for what the keeper says.
  std::expected<void, std::string> reply(std::chrono::milliseconds timeout);

  std::optional<ChildProcess> process_;
  int orders_;
  int replies_;
};

}  // namespace imapspec::cli
