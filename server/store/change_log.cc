#include "server/store/change_log.h"

#include <algorithm>

namespace imapspec::server {

void ChangeLog::add(std::uint64_t mod_sequence, std::uint32_t uid) {
  changes_.push_back({mod_sequence, uid});
  if (changes_.size() <= kRemembered) return;
  forgotten_ = changes_.front().mod_sequence;
  changes_.pop_front();
}

std::optional<std::vector<std::uint32_t>> ChangeLog::since(std::uint64_t mod_sequence) const {
  if (mod_sequence < forgotten_) return std::nullopt;
  const auto first =
      std::upper_bound(changes_.begin(), changes_.end(), mod_sequence,
                       [](std::uint64_t known, const Change& change) { return known < change.mod_sequence; });
  std::vector<std::uint32_t> uids;
  for (auto at = first; at != changes_.end(); ++at) uids.push_back(at->uid);
  std::sort(uids.begin(), uids.end());
  uids.erase(std::unique(uids.begin(), uids.end()), uids.end());
  return uids;
}

}  // namespace imapspec::server
