// Programs that the command starts: the bundled server, and the scripts of targets.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace imapspec::cli {

// ChildProcess is a started program. It is ended, by its own pid, when the value dies.
class ChildProcess {
 public:
  // start runs argv[0], looked for in PATH where it has no slash, in a process group of its own so that Ctrl-C reaches
  // the runner first. Its standard output is a pipe for read_line. The error is a sentence.
  static std::expected<ChildProcess, std::string> start(const std::vector<std::string>& argv);

  // start_beside is start, but the program writes where this one does.
  static std::expected<ChildProcess, std::string> start_beside(const std::vector<std::string>& argv);

  // start_into is start, but what the program writes, errors too, goes to the end of a file.
  static std::expected<ChildProcess, std::string> start_into(const std::string& file,
                                                             const std::vector<std::string>& argv);

  // fork runs `body` in a copy of this program, likewise in a group of its own, which ends with the code that it
  // yields. To be called while there is one thread. Its standard output is a pipe for read_line.
  static std::expected<ChildProcess, std::string> fork(const std::function<int()>& body);

  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&& other) noexcept;
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess();

  // read_line waits for a whole line that begins with `prefix`; nullopt when the output ended, the
  // time was up, or more than 64 KiB came before it. Lines that it passes over go to `others`. What comes after the
  // line is read and thrown away, so that the program never waits for a reader.
  std::optional<std::string> read_line(std::string_view prefix, std::chrono::milliseconds timeout, std::string& others);

  // wait waits for the program's end and yields its exit code, 128 + signal for a signal, nullopt
  // when the time was up.
  std::optional<int> wait(std::chrono::milliseconds timeout);

  // pid is a number that is nobody else's until wait has yielded a code; -1 after that.
  [[nodiscard]] pid_t pid() const { return pid_; }

  // stop asks the program and its children to end (SIGTERM), and after two seconds makes them.
  void stop();

 private:
  ChildProcess(pid_t pid, int output) : pid_(pid), output_(output) {}

  void drain();

  pid_t pid_ = -1;
  int output_ = -1;
  std::jthread drain_;  // reads from output_
};

}  // namespace imapspec::cli
