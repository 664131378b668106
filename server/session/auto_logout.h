// When a session has been silent for too long.
//
// RFC 9051 section 5.4
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "server/faults/faults.h"
#include "server/session/limits.h"

namespace imapspec::server {

// AutoLogout is told what happens, and says when it is enough. Limits and faults must outlive it.
class AutoLogout {
 public:
  using Time = std::chrono::steady_clock::time_point;

  AutoLogout(const Limits& limits, const FaultSet& faults) : limits_(limits), faults_(faults) {}

  // active says that the client has sent something whole since the last time().
  void active() { active_ = true; }

  // time yields the text of a BYE once the session is over.
  std::optional<std::string_view> time(Time now, bool logged_in);

 private:
  const Limits& limits_;
  const FaultSet& faults_;
  bool active_ = true;
  Time last_active_;
  std::optional<Time> not_logged_in_since_;
};

}  // namespace imapspec::server
