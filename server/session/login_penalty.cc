#include "server/session/login_penalty.h"

#include <algorithm>
#include <utility>

namespace imapspec::server {

void LoginPenalty::hold(Completion completion, std::string_view address, Time now) {
  ++failures_;
  const std::size_t failures = std::max(failures_, failed_logins_.add(address, now));
  std::chrono::milliseconds delay = limits_.login_delay;
  for (std::size_t i = 1; i < failures && delay < limits_.login_delay_most; ++i) delay *= 2;
  until_ = now + std::min(delay, limits_.login_delay_most);
  held_ = std::move(completion);
}

std::optional<Completion> LoginPenalty::due(Time now) {
  if (!held_ || now < until_) return std::nullopt;
  return std::exchange(held_, std::nullopt);
}

std::optional<LoginPenalty::Time> LoginPenalty::until() const {
  if (!held_) return std::nullopt;
  return until_;
}

}  // namespace imapspec::server
