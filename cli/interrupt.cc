#include "cli/interrupt.h"

#include <signal.h>

namespace imapspec::cli {
namespace {

// A signal handler can reach nothing but a global.
std::atomic<int> caught{0};
static_assert(std::atomic<int>::is_always_lock_free);

}  // namespace

void catch_interrupts() {
  struct sigaction action{};
  action.sa_handler = [](int number) { caught.store(number); };
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

const std::atomic<int>& interrupted_by() { return caught; }

}  // namespace imapspec::cli
