#include "tests/e2e/process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

extern char** environ;

namespace imapspec::e2e {
namespace {

void close_descriptor(int& descriptor) {
  if (descriptor >= 0) ::close(descriptor);
  descriptor = -1;
}

}  // namespace

Process::Process(const std::vector<std::string>& argv, std::string input) : input_(std::move(input)) {
  // A socket for the input: writing to one whose reader is gone can be told to raise no SIGPIPE.
  std::array<int, 2> in{};
  std::array<int, 2> out{};
  std::array<int, 2> err{};
  const bool made = ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in.data()) == 0 &&
                    ::pipe2(out.data(), O_CLOEXEC) == 0 && ::pipe2(err.data(), O_CLOEXEC) == 0;
  if (!made) {
    ADD_FAILURE() << "no pipes: " << std::strerror(errno);
    exit_code_ = 127;
    return;
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);
  // Whoever runs the tests may have blocked or ignored signals; that is inherited.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  sigset_t defaults;
  sigemptyset(&defaults);
  for (const int number : {SIGINT, SIGTERM, SIGPIPE, SIGHUP}) sigaddset(&defaults, number);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

  std::vector<char*> arguments;
  arguments.reserve(argv.size() + 1);
  for (const std::string& argument : argv) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  const int error = ::posix_spawn(&pid_, arguments.front(), &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  for (const int theirs : {in[0], out[1], err[1]}) ::close(theirs);
  input_descriptor_ = in[1];
  output_descriptor_ = out[0];
  error_descriptor_ = err[0];
  if (error != 0) {
    ADD_FAILURE() << argv.front() << ": " << std::strerror(error);
    pid_ = -1;
    exit_code_ = 127;
    return;
  }
  // glibc 2.36 declares pidfd_open() without C linkage.
  pid_descriptor_ = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
  if (input_.empty()) close_descriptor(input_descriptor_);
}

Process::~Process() {
  // A server that is asked removes its files.
  send_signal(SIGTERM);
  wait(Milliseconds(2'000));
  if (!exit_code_ && pid_ > 0) {
    ::kill(pid_, SIGKILL);
    reap();
  }
  for (int* descriptor : {&pid_descriptor_, &input_descriptor_, &output_descriptor_, &error_descriptor_}) {
    close_descriptor(*descriptor);
  }
}

void Process::reap() {
  int status = 0;
  rusage usage{};
  if (::wait4(pid_, &status, 0, &usage) != pid_) return;
  most_memory_ = static_cast<std::size_t>(usage.ru_maxrss) * 1024;
  exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void Process::send_signal(int number) {
  // Until it is reaped its pid cannot belong to another program.
  if (!exit_code_ && pid_ > 0) ::kill(pid_, number);
}

void Process::write_input() {
  const ssize_t size = ::send(input_descriptor_, input_.data(), input_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  if (size > 0) input_.erase(0, static_cast<std::size_t>(size));
  if (size < 0 && errno != EAGAIN && errno != EINTR) input_.clear();
  if (input_.empty()) close_descriptor(input_descriptor_);
}

void Process::read_into(std::string& text, int& descriptor) {
  std::array<char, 65'536> buffer;
  const ssize_t size = ::read(descriptor, buffer.data(), buffer.size());
  if (size > 0) {
    text.append(buffer.data(), static_cast<std::size_t>(size));
  } else if (size == 0 || errno != EINTR) {
    close_descriptor(descriptor);
  }
}

bool Process::step(Clock::time_point deadline) {
  const auto left = std::chrono::ceil<Milliseconds>(deadline - Clock::now()).count();
  if (left <= 0) return false;
  // poll() passes over negative descriptors.
  std::array<pollfd, 4> waiting{{{.fd = exit_code_ ? -1 : pid_descriptor_, .events = POLLIN, .revents = 0},
                                 {.fd = input_descriptor_, .events = POLLOUT, .revents = 0},
                                 {.fd = output_descriptor_, .events = POLLIN, .revents = 0},
                                 {.fd = error_descriptor_, .events = POLLIN, .revents = 0}}};
  if (::poll(waiting.data(), waiting.size(), static_cast<int>(left)) <= 0) return true;
  if (waiting[0].revents != 0) reap();
  if (waiting[1].revents != 0) write_input();
  if (waiting[2].revents != 0) read_into(output_, output_descriptor_);
  if (waiting[3].revents != 0) read_into(errors_, error_descriptor_);
  return true;
}

std::optional<std::string> Process::read_line(std::string_view prefix, Milliseconds timeout) {
  const auto deadline = Clock::now() + timeout;
  while (true) {
    for (std::size_t end = 0; (end = output_.find('\n', line_start_)) != std::string::npos;) {
      std::string line = output_.substr(line_start_, end - line_start_);
      line_start_ = end + 1;
      if (line.starts_with(prefix)) return line;
    }
    if (output_descriptor_ < 0 || !step(deadline)) return std::nullopt;
  }
}

bool Process::wait_for_output(Milliseconds timeout) {
  const auto deadline = Clock::now() + timeout;
  while (output_.empty()) {
    if (output_descriptor_ < 0 || !step(deadline)) return false;
  }
  return true;
}

std::optional<int> Process::wait(Milliseconds timeout) {
  const auto deadline = Clock::now() + timeout;
  while (!exit_code_ || output_descriptor_ >= 0 || error_descriptor_ >= 0) {
    if (!step(deadline)) return std::nullopt;
  }
  return exit_code_;
}

Finished run_program(const std::vector<std::string>& argv, std::string input, Process::Milliseconds timeout) {
  Process process(argv, std::move(input));
  const auto exit_code = process.wait(timeout);
  return {.exit_code = exit_code,
          .output = process.output(),
          .errors = process.errors(),
          .most_memory = process.most_memory()};
}

}  // namespace imapspec::e2e
