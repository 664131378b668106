#include "reports/meeting.h"

#include <algorithm>

namespace imapspec::reports {

Meetings::Meetings(const runner::RunResult& run) : run_(run) {
  for (std::size_t i = 0; i < run.scenarios.size(); ++i) places_[run.scenarios[i].id].push_back(i);
}

std::optional<std::size_t> Meetings::place(const runner::Finding& finding, std::string_view id) const {
  const auto found = places_.find(id);
  if (found == places_.end()) return std::nullopt;
  for (const std::size_t i : found->second) {
    const auto& own = run_.scenarios[i].findings;
    const bool met = std::any_of(own.begin(), own.end(), [&finding](const runner::Finding& candidate) {
      return candidate.requirement == finding.requirement && candidate.deviation == finding.deviation &&
             candidate.check == finding.check && candidate.verdict == finding.verdict;
    });
    if (met) return i;
  }
  return found->second.front();
}

}  // namespace imapspec::reports
