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
}

const std::atomic<int>& interrupted_by() { return caught; }

}  // namespace imapspec::cli
