// The clock of sessions, which may run faster than time does.
#pragma once

#include <chrono>

namespace imapspec::server {

// SessionClock begins at the present time when it is made.
class SessionClock {
 public:
  using Clock = std::chrono::steady_clock;

  explicit SessionClock(double times_as_fast) : scale_(times_as_fast) {}

  [[nodiscard]] Clock::time_point now() const { return begun_ + scaled(Clock::now() - begun_, scale_); }

  // real is when this clock will show `time`.
  [[nodiscard]] Clock::time_point real(Clock::time_point time) const {
    return begun_ + scaled(time - begun_, 1 / scale_);
  }

 private:
  static Clock::duration scaled(Clock::duration passed, double scale) {
    return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double, Clock::period>(passed) * scale);
  }

  Clock::time_point begun_ = Clock::now();
  double scale_;
};

}  // namespace imapspec::server
