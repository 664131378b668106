#include "runner/monitor/violation.h"

#include <utility>

namespace imapspec::runner {
namespace {

// Nobody reads more of them at once, and a hostile server must not fill the memory.
constexpr std::size_t kMostViolations = 256;

}  // namespace

Violation make_violation(CheckId id, bool rev1, std::string deviation, std::string message) {
  const MonitorCheck& check = monitor_check(id);
  const Citation& cited = rev1 && !check.rev1.empty() ? check.rev1 : check.cited;
  return {.requirement = std::string(check.requirement),
          .deviation = std::move(deviation),
          .message = std::move(message),
          .check = std::string(check.name),
          .expected = std::string(check.text),
          .rfc = std::string(cited.rfc),
          .section = std::string(cited.section),
          .level = check.level,
          .verdict = check.verdict};
}

bool Reports::hears(CheckId id) const {
  const MonitorCheck& check = monitor_check(id);
  return rev1_ ? !check.rev1.empty() : check.cited.rfc != "3501";
}

void Reports::add(CheckId id, std::string deviation, std::string message) {
  if (violations_.size() >= kMostViolations || !hears(id)) return;
  violations_.push_back(make_violation(id, rev1_, std::move(deviation), std::move(message)));
}

std::vector<Violation> Reports::take() { return std::exchange(violations_, {}); }

}  // namespace imapspec::runner
