// A dialer that leaves time between connections.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>

#include "runner/run/link.h"

namespace imapspec::runner {

// PacedDialer lets `delay` pass between two connections, whoever asks for them. When `interrupted` is set nothing waits
// any more: what is left to do is cleaning up.
class PacedDialer final : public Dialer {
 public:
  PacedDialer(Dialer& dialer, std::chrono::milliseconds delay, const std::atomic<int>& interrupted)
      : dialer_(dialer), delay_(delay), interrupted_(interrupted) {}

  [[nodiscard]] bool has(Door door) const override { return dialer_.has(door); }

  // dial waits for its turn first; the deadline is put off by that.
  std::expected<std::unique_ptr<Link>, LinkError> dial(Door door, Deadline deadline) override;

 private:
  Dialer& dialer_;
  const std::chrono::milliseconds delay_;
  const std::atomic<int>& interrupted_;
  std::mutex mutex_;
  Clock::time_point next_{};
};

}  // namespace imapspec::runner
