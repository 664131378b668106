#include "runner/run/paced_dialer.h"

#include <algorithm>
#include <thread>

namespace imapspec::runner {

std::expected<std::unique_ptr<Link>, LinkError> PacedDialer::dial(Door door, Deadline deadline) {
  const auto asked = Clock::now();
  Clock::time_point turn;
  {
    const std::scoped_lock lock(mutex_);
    turn = std::max(next_, asked);
    next_ = turn + delay_;
  }
  constexpr std::chrono::milliseconds kLook{20};
  for (auto now = asked; now < turn && interrupted_.load() == 0; now = Clock::now()) {
    std::this_thread::sleep_until(std::min(turn, now + kLook));
  }
  return dialer_.dial(door, deadline.put_off(Clock::now() - asked));
}

}  // namespace imapspec::runner
