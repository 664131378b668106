// What failed logins cost a session: time, and in the end the connection.
//
// RFC 9051 section 11.7
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

#include "server/auth/failed_logins.h"
#include "server/session/context.h"
#include "server/session/options.h"

namespace imapspec::server {

// LoginPenalty holds back the answers to failed logins, one at a time. What it is made with must outlive it.
class LoginPenalty {
 public:
  using Time = std::chrono::steady_clock::time_point;

  LoginPenalty(const Limits& limits, FailedLogins& failed_logins) : limits_(limits), failed_logins_(failed_logins) {}

  // hold takes the end of a login that failed now. The more there were, from this session or from
  // this address, the later due() yields it.
  void hold(Completion completion, std::string_view address, Time now);

  // due moves the end out once its time has come.
  std::optional<Completion> due(Time now);

  // until is when that will be; nullopt where nothing is held.
  [[nodiscard]] std::optional<Time> until() const;

  // exhausted says that the session has had its last try.
  [[nodiscard]] bool exhausted() const { return failures_ >= limits_.failed_logins; }

 private:
  const Limits& limits_;
  FailedLogins& failed_logins_;
  std::size_t failures_ = 0;
  std::optional<Completion> held_;
  Time until_;
};

}  // namespace imapspec::server
