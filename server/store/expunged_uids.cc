#include "server/store/expunged_uids.h"

#include <algorithm>

namespace imapspec::server {

void add_uid(std::vector<UidRange>& ranges, std::uint32_t uid) {
  if (!ranges.empty() && ranges.back().second + 1 == uid) {
    ranges.back().second = uid;
  } else {
    ranges.emplace_back(uid, uid);
  }
}

void ExpungedUids::add(const std::vector<UidRange>& uids, std::uint64_t mod_sequence) {
  for (const UidRange& range : uids) expunges_.push_back({mod_sequence, range});
  while (expunges_.size() > kMaxRanges) {
    forgotten_ = expunges_.front().mod_sequence;
    expunges_.pop_front();
  }
}

std::optional<std::vector<UidRange>> ExpungedUids::since(std::uint64_t mod_sequence) const {
  if (mod_sequence < forgotten_) return std::nullopt;
  const auto first = std::ranges::upper_bound(expunges_, mod_sequence, {}, &Expunge::mod_sequence);
  std::vector<UidRange> ranges;
  for (auto at = first; at != expunges_.end(); ++at) ranges.push_back(at->uids);
  std::ranges::sort(ranges);
  std::vector<UidRange> merged;
  for (const UidRange& range : ranges) {
    if (!merged.empty() && merged.back().second + 1 >= range.first) {
      merged.back().second = std::max(merged.back().second, range.second);
    } else {
      merged.push_back(range);
    }
  }
  return merged;
}

}  // namespace imapspec::server
