#include "runner/run/observations.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace imapspec::runner {
namespace {

// Nobody reads more of them, and a hostile server must not fill the memory.
constexpr std::size_t kMostObserved = 256;
constexpr std::size_t kCommandsShown = 4;
constexpr std::size_t kLinesBefore = 8;

std::string commands_shown(const std::vector<std::string_view>& commands, const Transcript& transcript) {
  if (commands.empty()) return "(no command in progress)";
  std::string shown;
  for (std::size_t i = 0; i < std::min(commands.size(), kCommandsShown); ++i) {
    if (i > 0) shown += '\n';
    shown += transcript.show(commands[i]);
  }
  if (commands.size() > kCommandsShown) shown += fmt::format("\n(and {} more)", commands.size() - kCommandsShown);
  return shown;
}

}  // namespace

bool Observations::has(Check check, const Violation& violation) const {
  return std::ranges::any_of(observed_, [&](const Observed& one) {
    return one.check == check && one.violation.requirement == violation.requirement &&
           one.violation.deviation == violation.deviation;
  });
}

void Observations::collect(Monitor& monitor, ReplyParser& replies, const Transcript& transcript,
                           const Occasion& occasion) {
  const auto add = [&](Violation violation, Check check) {
    if (observed_.size() >= kMostObserved || has(check, violation)) return;
    const bool came = !occasion.response.empty();
    observed_.push_back({.violation = std::move(violation),
                         .check = check,
                         .where = occasion.where,
                         .sent = commands_shown(monitor.in_progress(occasion.completes), transcript),
                         .actual = came ? transcript.show(occasion.response) : std::string(),
                         .before = transcript.last(kLinesBefore, came ? 1 : 0)});
  };
  for (Violation& violation : replies.take_findings()) add(std::move(violation), Check::Grammar);
  for (Violation& violation : monitor.take()) add(std::move(violation), Check::Monitor);
}

std::vector<Observed> Observations::take() { return std::exchange(observed_, {}); }

Finding finding_of(Observed observed) {
  Violation& violation = observed.violation;
  Finding finding;
  finding.requirement = std::move(violation.requirement);
  finding.rfc = std::move(violation.rfc);
  finding.section = std::move(violation.section);
  finding.level = violation.level;
  finding.verdict = violation.verdict;
  finding.check = observed.check;
  finding.deviation = std::move(violation.deviation);
  finding.message = std::move(violation.message);
  finding.where = std::move(observed.where);
  finding.sent = std::move(observed.sent);
  finding.expected = std::move(violation.expected);
  finding.actual = std::move(observed.actual);
  finding.before = std::move(observed.before);
  return finding;
}

}  // namespace imapspec::runner
