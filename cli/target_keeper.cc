#include "cli/target_keeper.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <climits>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>
#include <utility>

#include "cli/running_server.h"
#include "runner/scenario/target.h"

namespace imapspec::cli {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::chrono::seconds kCommandTime{60};  // for `stop` and `reset`
constexpr std::chrono::seconds kEndTime{10};      // for the process in the pid file
constexpr std::chrono::seconds kAskedTime{2};     // for all others that are asked to end
constexpr std::chrono::seconds kKilledTime{5};
// For all of that, and the state folder.
constexpr std::chrono::seconds kFarewell = kCommandTime + 2 * kEndTime + kAskedTime + kKilledTime + kEndTime;
constexpr std::chrono::seconds kBeginTime{10};  // until `start` has begun
constexpr milliseconds kLook{20};
constexpr int kLookIdleMilliseconds = 100;
constexpr std::size_t kMostReply = PIPE_BUF;

// What passes: an order is a letter, a reply a mark and a sentence, in one piece.
constexpr char kReset = 'r';
constexpr char kDone = '+';
constexpr char kFailed = '-';

std::optional<pid_t> pid_in(const std::string& file) {
  std::ifstream stream(file);
  std::string digits;
  stream >> digits;
  pid_t pid = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), pid);
  if (error != std::errc{} || end != digits.data() + digits.size() || pid <= 1) return std::nullopt;
  return pid;
}

// children_of_this are the processes whose parent this is now: their numbers are nobody else's until they are waited
// for.
std::vector<pid_t> children_of_this() {
  const std::string self = std::to_string(getpid());
  std::ifstream file("/proc/" + self + "/task/" + self + "/children");
  std::vector<pid_t> children;
  for (pid_t child = 0; file >> child;) children.push_back(child);
  return children;
}

// Keeper is the life of that process.
class Keeper {
 public:
  Keeper(TargetCommands commands, int orders, int replies)
      : commands_(std::move(commands)), orders_(orders), replies_(replies) {}

  // run yields the exit code of `start` where that fails, and 0 where nobody needs the server any more.
  int run() {
    // Orphans of our children become ours.
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    // Only the other end of the orders says when it is over. A handler, unlike ignoring, is not inherited.
    struct sigaction nothing{};
    nothing.sa_handler = [](int) {};
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) sigaction(number, &nothing, nullptr);
    auto started = commands_.start_prints ? ChildProcess::start_beside(commands_.start)
                                          : ChildProcess::start_into(commands_.output_file, commands_.start);
    const int silence = open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(silence, STDOUT_FILENO);  // what is left of that pipe is the target's
    close(silence);
    if (!started) {
      tell(kFailed, started.error());
      return 0;
    }
    started_ = std::move(*started);
    pid_ = started_->pid();
    tell(kDone, {});
    const bool over = wait_for_orders();
    end();
    if (over) {
      std::error_code ignored;  // what a target leaves in the temporary folder harms nobody
      std::filesystem::remove_all(commands_.state, ignored);
    }
    return over ? 0 : *code_;
  }

 private:
  // wait_for_orders says whether it was the runner who ended it all; false where `start` failed.
  bool wait_for_orders() {
    while (true) {
      pollfd waiting{.fd = orders_, .events = POLLIN, .revents = 0};
      const int ready = poll(&waiting, 1, kLookIdleMilliseconds);
      look_after();
      if (code_.value_or(0) != 0) return false;
      if (ready <= 0) continue;
      char order = 0;
      if (read(orders_, &order, 1) != 1) return true;
      if (order != kReset) continue;
      const auto done = run_to_end(commands_.reset);
      tell(done ? kDone : kFailed, done ? std::string() : done.error());
    }
  }

  void tell(char mark, const std::string& text) const {
    const std::string octets = mark + text.substr(0, kMostReply - 1);
    // Where nobody listens any more, the next read() says so.
    [[maybe_unused]] const auto written = write(replies_, octets.data(), octets.size());
  }

  // look_after waits for all that has ended, as scripts take what was not waited for as running. It says whether any
  // process is left. `other` is one that somebody else waits for.
  bool look_after(pid_t other = -1) {
    if (started_) {
      if (const auto code = started_->wait(milliseconds(0))) code_ = code;
    }
    while (true) {
      siginfo_t ended{};
      if (waitid(P_ALL, 0, &ended, WEXITED | WNOHANG | WNOWAIT) != 0) return errno != ECHILD;
      if (ended.si_pid == 0 || ended.si_pid == other || ended.si_pid == started_->pid()) return true;
      waitpid(ended.si_pid, nullptr, 0);
    }
  }

  std::expected<void, std::string> run_to_end(const std::vector<std::string>& words) {
    std::vector<std::string> argv;
    argv.reserve(words.size());
    for (const std::string& word : words) argv.push_back(runner::fill_in(word, {{"pid", std::to_string(pid_)}}));
    auto process = ChildProcess::start_into(commands_.output_file, argv);
    if (!process) return std::unexpected(process.error());
    const auto deadline = Clock::now() + kCommandTime;
    std::optional<int> code;
    while (!code && Clock::now() < deadline) {
      code = process->wait(kLook);
      look_after(process->pid());
    }
    if (code == 0) return {};
    return std::unexpected(fmt::format("{} {}{}", argv.front(),
                                       code ? fmt::format("ended with {}", *code) : "did not end",
                                       log_of(commands_.output_file)));
  }

  void end() {
    if (!commands_.stop.empty()) {
      // Nobody is left to tell, and what is left is ended all the same.
      [[maybe_unused]] const auto done = run_to_end(commands_.stop);
    }
    if (const auto pid = commands_.pid_file.empty() ? std::nullopt : pid_in(commands_.pid_file)) {
      for (const int number : {SIGTERM, SIGKILL}) {
        if (kill(*pid, number) != 0 || is_gone(*pid)) break;
      }
    }
    end_children(SIGTERM, kAskedTime);
    end_children(SIGKILL, kKilledTime);
  }

  bool is_gone(pid_t pid) {
    const auto deadline = Clock::now() + kEndTime;
    while (kill(pid, 0) == 0) {
      if (Clock::now() >= deadline) return false;
      std::this_thread::sleep_for(kLook);
      look_after();
    }
    return true;
  }

  // end_children signals every child once, also those that become ours meanwhile, until none is left.
  void end_children(int number, std::chrono::seconds time) {
    const auto deadline = Clock::now() + time;
    std::set<pid_t> told;
    if (look_after() && started_->pid() > 0) {
      kill(-started_->pid(), number);
      told.insert(started_->pid());
    }
    while (look_after() && Clock::now() < deadline) {
      for (const pid_t child : children_of_this()) {
        if (told.insert(child).second) kill(child, number);
      }
      std::this_thread::sleep_for(kLook);
    }
  }

  const TargetCommands commands_;
  const int orders_;
  const int replies_;
  std::optional<ChildProcess> started_;
  pid_t pid_ = -1;           // of what `start` began
  std::optional<int> code_;  // with which that ended
};

}  // namespace

std::expected<TargetKeeper, std::string> TargetKeeper::start(TargetCommands commands) {
  std::array<int, 2> orders{};
  std::array<int, 2> replies{};
  // Pipes of packets: what is written at once is read at once.
  if (pipe2(orders.data(), O_CLOEXEC | O_DIRECT) != 0 || pipe2(replies.data(), O_CLOEXEC | O_DIRECT) != 0) {
    return std::unexpected(std::string("pipe: ") + std::strerror(errno));
  }
  auto process = ChildProcess::fork([&] {
    close(orders[1]);
    close(replies[0]);
    return Keeper(std::move(commands), orders[0], replies[1]).run();
  });
  close(orders[0]);
  close(replies[1]);
  if (!process) {
    close(orders[1]);
    close(replies[0]);
    return std::unexpected(process.error());
  }
  TargetKeeper keeper(*std::move(process), orders[1], replies[0]);
  if (auto begun = keeper.reply(kBeginTime); !begun) return std::unexpected(begun.error());
  return keeper;
}

std::expected<void, std::string> TargetKeeper::reply(milliseconds timeout) {
  const auto deadline = Clock::now() + timeout;
  pollfd waiting{.fd = replies_, .events = POLLIN, .revents = 0};
  // A signal that is caught must not leave a server that is half reset.
  while (poll(&waiting, 1, kLookIdleMilliseconds) <= 0) {
    if (Clock::now() >= deadline) return std::unexpected("the target's keeper does not answer");
  }
  std::string said(kMostReply, '\0');
  const auto size = read(replies_, said.data(), said.size());
  if (size <= 0) return std::unexpected("the server has ended");
  if (said.front() == kDone) return {};
  return std::unexpected(said.substr(1, static_cast<std::size_t>(size) - 1));
}

TargetKeeper::TargetKeeper(TargetKeeper&& other) noexcept
    : process_(std::exchange(other.process_, std::nullopt)),
      orders_(std::exchange(other.orders_, -1)),
      replies_(std::exchange(other.replies_, -1)) {}

TargetKeeper& TargetKeeper::operator=(TargetKeeper&& other) noexcept {
  std::swap(process_, other.process_);
  std::swap(orders_, other.orders_);
  std::swap(replies_, other.replies_);
  return *this;
}

TargetKeeper::~TargetKeeper() {
  if (orders_ >= 0) close(orders_);
  if (process_) process_->wait(kFarewell);
  if (replies_ >= 0) close(replies_);
}

std::optional<std::string> TargetKeeper::read_line(std::string_view prefix, milliseconds timeout, std::string& others) {
  return process_->read_line(prefix, timeout, others);
}

std::optional<int> TargetKeeper::failed(milliseconds timeout) { return process_->wait(timeout); }

std::expected<void, std::string> TargetKeeper::reset() {
  if (write(orders_, &kReset, 1) != 1) return std::unexpected("the server has ended");
  return reply(kCommandTime + kEndTime);
}

}  // namespace imapspec::cli
