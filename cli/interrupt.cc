#include "cli/interrupt.h"

#include <signal.h>
#include <unistd.h>

namespace imapspec::cli {
namespace {

// A signal handler can reach nothing but a global.
std::atomic<int> caught{0};
static_assert(std::atomic<int>::is_always_lock_free);

void on_signal(int number) {
  int none = 0;
  // Whoever asks twice does not want to wait for anything.
  if (!caught.compare_exchange_strong(none, number)) _exit(128 + number);
}

}  // namespace

void catch_interrupts() {
  struct sigaction action{};
  action.sa_handler = on_signal;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  // Under nohup the run is to outlive its terminal.
  struct sigaction before{};
  if (sigaction(SIGHUP, nullptr, &before) == 0 && before.sa_handler != SIG_IGN) sigaction(SIGHUP, &action, nullptr);
  // Where nobody reads, a write fails, and that is all. A handler is not inherited by the programs that are started, as
  // ignoring the signal would be.
  action.sa_handler = [](int) {};
  sigaction(SIGPIPE, &action, nullptr);
}

const std::atomic<int>& interrupted_by() { return caught; }

}  // namespace imapspec::cli
