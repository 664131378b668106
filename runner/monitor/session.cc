#include "runner/monitor/session.h"

#include <algorithm>

namespace imapspec::runner {

MailboxName Session::name_of(std::string_view mailbox_name) const {
  // What "&AOk-" is called depends on the revision.
  const bool plain = std::ranges::all_of(mailbox_name, [](char octet) { return octet != '&' && octet > 0; });
  return {.user = user, .name = (plain ? "" : speaks_rev2() ? "2 " : "1 ") + std::string(mailbox_name)};
}

std::uint64_t Session::asked_at() const { return commands.pending().empty() ? 0 : commands.pending().front()->sent_at; }

void Session::forget_messages() {
  count.reset();
  messages.clear();
  fetched_beyond = found_beyond = 0;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges_of(const parser::SequenceSet& set) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges;
  for (const parser::SeqRange& range : set.ranges()) {
    ranges.push_back(std::minmax({range.first.or_largest(0), range.last.or_largest(0)}));
  }
  std::ranges::sort(ranges);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> result;
  for (const auto& range : ranges) {
    if (!result.empty() && range.first <= std::uint64_t{result.back().second} + 1) {
      result.back().second = std::max(result.back().second, range.second);
    } else {
      result.push_back(range);
    }
  }
  return result;
}

std::optional<std::uint64_t> distinct_in(const parser::SequenceSet& set) {
  if (!size_of(set)) return std::nullopt;
  std::uint64_t distinct = 0;
  for (const auto& [first, last] : ranges_of(set)) distinct += std::uint64_t{last} - first + 1;
  return distinct;
}

std::optional<std::uint64_t> size_of(const parser::SequenceSet& set) {
  if (set.is_last_result()) return std::nullopt;
  std::uint64_t size = 0;
  for (const parser::SeqRange& range : set.ranges()) {
    if (!range.first.number || !range.last.number) return std::nullopt;
    const auto [first, last] = std::minmax({std::uint32_t{*range.first.number}, std::uint32_t{*range.last.number}});
    size += std::uint64_t{last} - first + 1;
  }
  return size;
}

}  // namespace imapspec::runner
