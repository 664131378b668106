// A program under test: its input, its output, its end.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace imapspec::e2e {

// Process is a started program. Whatever waits has a time limit, and a program that still runs
// when the value dies is ended, by its own pid: by SIGTERM, and after two seconds by SIGKILL.
class Process {
 public:
  using Milliseconds = std::chrono::milliseconds;

  // Process runs argv[0], which is a path, with `input` on its standard input. A program that
  // cannot be started fails the test and has ended with code 127.
  explicit Process(const std::vector<std::string>& argv, std::string input = {});
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();

  // read_line waits for the next line of standard output that begins with `prefix` and yields it
  // without its line end; nullopt when the output ends, or the time is up.
  std::optional<std::string> read_line(std::string_view prefix, Milliseconds timeout = Milliseconds(20'000));

  // wait waits for the end of the program and of its output, and yields the exit code, 128 + n for
  // signal n; nullopt when the time is up.
  std::optional<int> wait(Milliseconds timeout = Milliseconds(20'000));

  // wait_for_output waits for the first octet of standard output; false when it ends without one, or the time is up.
  bool wait_for_output(Milliseconds timeout = Milliseconds(20'000));

  // send_signal does nothing once the program has ended.
  void send_signal(int number);

  // output and errors are what it has written so far.
  [[nodiscard]] const std::string& output() const { return output_; }
  [[nodiscard]] const std::string& errors() const { return errors_; }

  [[nodiscard]] pid_t pid() const { return pid_; }

  // most_memory is the largest resident set that it had, in octets; 0 before its end. On Linux it is at
  // least that of the test at the start.
  [[nodiscard]] std::size_t most_memory() const { return most_memory_; }

 private:
  using Clock = std::chrono::steady_clock;

  // step moves octets or notices the end; false when the deadline has passed.
  bool step(Clock::time_point deadline);
  void write_input();
  void read_into(std::string& text, int& descriptor);
  void reap();

  pid_t pid_ = -1;
  int pid_descriptor_ = -1;
  int input_descriptor_ = -1;
  int output_descriptor_ = -1;
  int error_descriptor_ = -1;
  std::string input_;
  std::string output_;
  std::string errors_;
  std::size_t line_start_ = 0;  // of the next line in output_
  std::size_t most_memory_ = 0;
  std::optional<int> exit_code_;
};

// Finished is a program that has ended.
struct Finished {
  std::optional<int> exit_code;  // nullopt: it took too long, and was killed
  std::string output;
  std::string errors;
  std::size_t most_memory = 0;  // see Process::most_memory
};

// run_program runs a program to its end.
Finished run_program(const std::vector<std::string>& argv, std::string input = {},
                     Process::Milliseconds timeout = Process::Milliseconds(20'000));

}  // namespace imapspec::e2e
