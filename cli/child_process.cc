#include "cli/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <thread>
#include <utility>

extern char** environ;

namespace imapspec::cli {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kMostOutput = 64U << 10;
constexpr int kLookUpMilliseconds = 100;

}  // namespace

std::expected<ChildProcess, std::string> ChildProcess::start(const std::vector<std::string>& argv,
                                                             const std::string& output_file) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return std::unexpected(std::string("pipe: ") + std::strerror(errno));
  std::vector<char*> arguments;
  arguments.reserve(argv.size() + 1);
  for (const std::string& argument : argv) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  if (output_file.empty()) {
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  } else {
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output_file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  }
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  pid_t pid = -1;
  const int error = posix_spawnp(&pid, arguments.front(), &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  if (error != 0) {
    close(ends[0]);
    return std::unexpected(argv.front() + ": " + std::strerror(error));
  }
  return ChildProcess(pid, ends[0]);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), output_(std::exchange(other.output_, -1)), drain_(std::move(other.drain_)) {}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
  std::swap(pid_, other.pid_);
  std::swap(output_, other.output_);
  std::swap(drain_, other.drain_);
  return *this;
}

ChildProcess::~ChildProcess() {
  stop();
  drain_ = {};  // has ended with the program, unless that left somebody behind who could still write
  if (output_ >= 0) close(output_);
}

void ChildProcess::drain() {
  drain_ = std::jthread([output = output_](const std::stop_token& stop) {
    std::array<char, 4096> buffer;
    while (!stop.stop_requested()) {
      pollfd waiting{.fd = output, .events = POLLIN, .revents = 0};
      if (poll(&waiting, 1, kLookUpMilliseconds) <= 0) continue;
      const auto size = read(output, buffer.data(), buffer.size());
      if (size == 0 || (size < 0 && errno != EINTR)) return;
    }
  });
}

std::optional<std::string> ChildProcess::read_line(std::string_view prefix, std::chrono::milliseconds timeout,
                                                   std::string& others) {
  const auto deadline = Clock::now() + timeout;
  std::string line;
  while (others.size() + line.size() < kMostOutput) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd waiting{.fd = output_, .events = POLLIN, .revents = 0};
    if (left <= 0 || poll(&waiting, 1, static_cast<int>(left)) <= 0) break;
    char octet = 0;
    if (read(output_, &octet, 1) != 1) break;
    line += octet;
    if (octet != '\n') continue;
    if (line.starts_with(prefix)) {
      line.pop_back();
      drain();
      return line;
    }
    others += std::exchange(line, {});
  }
  others += line;
  return std::nullopt;
}

std::optional<int> ChildProcess::wait(std::chrono::milliseconds timeout) {
  const auto deadline = Clock::now() + timeout;
  while (pid_ > 0) {
    int status = 0;
    const pid_t ended = waitpid(pid_, &status, WNOHANG);
    if (ended == pid_) {
      pid_ = -1;
      return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    if (ended < 0 && errno != EINTR) pid_ = -1;
    if (Clock::now() >= deadline) return std::nullopt;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return std::nullopt;
}

void ChildProcess::stop() {
  if (pid_ <= 0) return;
  kill(-pid_, SIGTERM);
  if (wait(std::chrono::seconds(2))) return;
  if (pid_ <= 0) return;
  kill(-pid_, SIGKILL);
  wait(std::chrono::seconds(2));
}

}  // namespace imapspec::cli
