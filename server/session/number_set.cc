#include "server/session/number_set.h"

#include <algorithm>
#include <cstddef>

#include "parser/core/list.h"

namespace imapspec::server {

NumberSet::NumberSet(const parser::SequenceSet& set, std::uint32_t largest, const FaultSet& faults) {
  ranges_.reserve(set.ranges().size());
  for (const parser::SeqRange& range : set.ranges()) {
    const std::uint32_t first = range.first.or_largest(largest);
    const std::uint32_t last = range.last.or_largest(largest);
    if (first > last && faults.has(Fault::ReversedRangeEmpty)) continue;
    if (first > last && !range.last.number && faults.has(Fault::RangeToStarEmpty)) continue;
    ranges_.emplace_back(std::min(first, last), std::max(first, last));
  }
  std::sort(ranges_.begin(), ranges_.end());
  std::size_t merged = 0;
  for (std::size_t i = 1; i < ranges_.size(); ++i) {
    if (ranges_[i].first <= ranges_[merged].second || ranges_[i].first - ranges_[merged].second == 1) {
      ranges_[merged].second = std::max(ranges_[merged].second, ranges_[i].second);
    } else {
      ranges_[++merged] = ranges_[i];
    }
  }
  ranges_.resize(ranges_.empty() ? 0 : merged + 1);
}

bool NumberSet::contains(std::uint32_t number) const {
  const auto after = std::upper_bound(ranges_.begin(), ranges_.end(), number,
                                      [](std::uint32_t want, const auto& range) { return want < range.first; });
  return after != ranges_.begin() && number <= (after - 1)->second;
}

parser::SequenceSet sequence_set_of(const std::vector<std::uint32_t>& numbers, parser::Arena& arena) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges;
  for (const std::uint32_t number : numbers) {
    if (!ranges.empty() && ranges.back().second + 1 == number) {
      ranges.back().second = number;
    } else {
      ranges.emplace_back(number, number);
    }
  }
  return sequence_set_of(ranges, arena);
}

parser::SequenceSet sequence_set_of(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& numbers,
                                    parser::Arena& arena) {
  parser::ListBuilder<parser::SeqRange> ranges(arena);
  for (const auto& [first, last] : numbers) {
    ranges.push({{parser::NzNumber::nearest(first)}, {parser::NzNumber::nearest(last)}});
  }
  return *parser::SequenceSet::from(ranges.list());
}

}  // namespace imapspec::server
