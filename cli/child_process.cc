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

// Pipe is closed at both ends that nobody took.
class Pipe {
 public:
  Pipe() = default;
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    for (const int end : {from, to}) {
      if (end >= 0) close(end);
    }
  }

  bool open() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    from = ends[0];
    to = ends[1];
    return true;
  }

  int from = -1;
  int to = -1;
};

std::unexpected<std::string> refused(const std::string& what) {
  return std::unexpected(what + ": " + std::strerror(errno));
}

// Redirections is what a program finds open when it begins.
class Redirections {
 public:
  Redirections() {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  }
  Redirections(const Redirections&) = delete;
  Redirections& operator=(const Redirections&) = delete;
  ~Redirections() { posix_spawn_file_actions_destroy(&actions_); }

  void output_to(int descriptor) { posix_spawn_file_actions_adddup2(&actions_, descriptor, STDOUT_FILENO); }
  void all_to(const std::string& file) {
    posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&actions_, STDOUT_FILENO, STDERR_FILENO);
  }

  [[nodiscard]] const posix_spawn_file_actions_t& actions() const { return actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

std::expected<pid_t, std::string> spawn(const std::vector<std::string>& argv, const Redirections& redirections) {
  std::vector<char*> arguments;
  arguments.reserve(argv.size() + 1);
  for (const std::string& argument : argv) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  pid_t pid = -1;
  const int error =
      posix_spawnp(&pid, arguments.front(), &redirections.actions(), &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  if (error != 0) return std::unexpected(argv.front() + ": " + std::strerror(error));
  return pid;
}

}  // namespace

std::expected<ChildProcess, std::string> ChildProcess::start(const std::vector<std::string>& argv) {
  Pipe output;
  if (!output.open()) return refused("pipe");
  Redirections redirections;
  redirections.output_to(output.to);
  const auto pid = spawn(argv, redirections);
  if (!pid) return std::unexpected(pid.error());
  return ChildProcess(*pid, std::exchange(output.from, -1));
}

std::expected<ChildProcess, std::string> ChildProcess::start_beside(const std::vector<std::string>& argv) {
  const auto pid = spawn(argv, Redirections());
  if (!pid) return std::unexpected(pid.error());
  return ChildProcess(*pid, -1);
}

std::expected<ChildProcess, std::string> ChildProcess::start_into(const std::string& file,
                                                                  const std::vector<std::string>& argv) {
  Redirections redirections;
  redirections.all_to(file);
  const auto pid = spawn(argv, redirections);
  if (!pid) return std::unexpected(pid.error());
  return ChildProcess(*pid, -1);
}

std::expected<ChildProcess, std::string> ChildProcess::fork(const std::function<int()>& body) {
  Pipe output;
  if (!output.open()) return refused("pipe");
  const pid_t pid = ::fork();
  if (pid < 0) return refused("fork");
  if (pid == 0) {
    setpgid(0, 0);
    dup2(output.to, STDOUT_FILENO);
    close(std::exchange(output.from, -1));
    close(std::exchange(output.to, -1));
    const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    dup2(nothing, STDIN_FILENO);
    close(nothing);
    // What this program would do at its end is the original's.
    _exit(body());
  }
  setpgid(pid, pid);  // whoever comes first
  return ChildProcess(pid, std::exchange(output.from, -1));
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
