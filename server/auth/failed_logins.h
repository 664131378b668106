// Failed logins by client address, so that guessing does not get faster with more connections.
//
// RFC 9051 section 11.7
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace imapspec::server {

// FailedLogins remembers addresses for a while. It holds a bounded number of them.
class FailedLogins {
 public:
  using Time = std::chrono::steady_clock::time_point;

  static constexpr std::chrono::minutes kMemory{1};  // since the last failure
  static constexpr std::size_t kMostAddresses = 10'000;

  // add counts a failure and yields how many there have been from this address lately, this one
  // included. An unknown address is nobody's: always 1.
  std::size_t add(std::string_view address, Time now);

  [[nodiscard]] std::size_t addresses() const { return entries_.size(); }

 private:
  struct Entry {
    std::size_t failures = 0;
    Time last;
  };

  void forget(Time now);

  std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace imapspec::server
