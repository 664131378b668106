#include "runner/monitor/message_table.h"

#include <algorithm>

namespace imapspec::runner {
namespace {

constexpr std::size_t kMostExpunged = 4'096;
// How far a neighbour is looked for: in a mailbox that is not read in order, not over all of it.
constexpr std::uint32_t kNear = 64;

}  // namespace

void MessageTable::clear() {
  messages_.clear();
  expunged_.clear();
}

ToldMessage* MessageTable::at(std::uint32_t number) {
  if (number == 0 || number > kMost) return nullptr;
  if (number > messages_.size()) messages_.resize(number);
  return &messages_[number - 1];
}

std::uint32_t MessageTable::uid_below(std::uint32_t number) const {
  const std::uint32_t last = number > kNear ? number - kNear : 1;
  for (std::uint32_t other = number - 1; other >= last; --other) {
    if (other <= messages_.size() && messages_[other - 1].uid != 0) return messages_[other - 1].uid;
  }
  return 0;
}

std::uint32_t MessageTable::uid_above(std::uint32_t number) const {
  const auto end = std::min<std::size_t>(messages_.size(), std::size_t{number} + kNear);
  for (std::size_t other = std::size_t{number} + 1; other <= end; ++other) {
    if (messages_[other - 1].uid != 0) return messages_[other - 1].uid;
  }
  return 0;
}

void MessageTable::remember_expunged(const ToldMessage& message) {
  if (message.uid != 0 && expunged_.size() < kMostExpunged) expunged_.insert(message.uid);
}

void MessageTable::expunge(std::uint32_t number) {
  if (number == 0 || number > messages_.size()) return;
  const auto gone = messages_.begin() + (number - 1);
  remember_expunged(*gone);
  messages_.erase(gone);
}

bool MessageTable::knows_all(std::uint32_t count) const {
  return count <= kMost && messages_.size() >= count &&
         std::ranges::none_of(messages_, [](const ToldMessage& message) { return message.uid == 0; });
}

bool MessageTable::vanish(const parser::SequenceSet& uids) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> gone;
  std::uint64_t named = 0;
  for (const parser::SeqRange& range : uids.ranges()) {
    const auto [first, last] = std::minmax({range.first.or_largest(0), range.last.or_largest(0)});
    gone.emplace_back(first, last);
    named += std::uint64_t{last} - first + 1;
  }
  std::ranges::sort(gone);
  const auto is_gone = [&](const ToldMessage& message) {
    const auto after = std::ranges::upper_bound(gone, message.uid, {}, [](const auto& range) { return range.first; });
    return message.uid != 0 && after != gone.begin() && std::prev(after)->second >= message.uid;
  };
  std::uint64_t removed = 0;
  for (const ToldMessage& message : messages_) {
    if (!is_gone(message)) continue;
    remember_expunged(message);
    ++removed;
  }
  if (removed == named) {
    std::erase_if(messages_, is_gone);
    return true;
  }
  messages_.clear();
  return false;
}

}  // namespace imapspec::runner
