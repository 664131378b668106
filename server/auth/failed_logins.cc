#include "server/auth/failed_logins.h"

#include <algorithm>

namespace imapspec::server {

std::size_t FailedLogins::add(std::string_view address, Time now) {
  if (address.empty()) return 1;
  auto found = entries_.find(address);
  if (found == entries_.end()) {
    if (entries_.size() >= kMostAddresses) forget(now);
    found = entries_.emplace(address, Entry{}).first;
  } else if (now - found->second.last > kMemory) {
    found->second.failures = 0;
  }
  found->second.last = now;
  return ++found->second.failures;
}

// Where nobody is old enough, the oldest goes.
void FailedLogins::forget(Time now) {
  std::erase_if(entries_, [&](const auto& entry) { return now - entry.second.last > kMemory; });
  if (entries_.size() < kMostAddresses) return;
  entries_.erase(std::ranges::min_element(entries_, {}, [](const auto& entry) { return entry.second.last; }));
}

}  // namespace imapspec::server
