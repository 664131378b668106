#include "reports/progress.h"

#include <fmt/format.h>

#include "reports/escape.h"
#include "reports/wording.h"

namespace imapspec::reports {
namespace {

using runner::Verdict;

constexpr std::size_t kMarksPerLine = 60;
constexpr std::size_t kVerdictWidth = 13;  // "unimplemented"

char mark_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::Pass:
      return '.';
    case Verdict::Info:
      return 'i';
    case Verdict::Skip:
      return 's';
    case Verdict::Unimplemented:
      return 'u';
    case Verdict::XFail:
      return 'x';
    case Verdict::Weakness:
      return 'h';
    case Verdict::Warn:
      return 'w';
    case Verdict::Error:
      return 'E';
    case Verdict::XPass:
      return 'X';
    case Verdict::Fail:
      return 'F';
  }
  return '?';
}

}  // namespace

std::string Progress::counter() const {
  return total_ == 0 ? std::to_string(ended_) : fmt::format("{:>{}}/{}", ended_, std::to_string(total_).size(), total_);
}

std::string Progress::ended(const runner::ScenarioResult& scenario) {
  ++ended_;
  const std::string name(runner::verdict_name(scenario.verdict));
  if (shape_ == Shape::Marks) {
    std::string mark = painted(style_, scenario.verdict, std::string(1, mark_of(scenario.verdict)));
    if (ended_ % kMarksPerLine == 0) mark += fmt::format(" {}\n", counter());
    return mark;
  }
  const std::string start = counter() + " ";
  const std::string time = " " + seconds_text(scenario.duration);
  const std::size_t used = columns(start) + kVerdictWidth + 1 + columns(time);
  const std::size_t room = width_of(style_) > used + 10 ? width_of(style_) - used : 10;
  // The profile is always there: which others will run is not known yet.
  const std::string label = labelled(scenario.id, scenario.profile, true);
  return fmt::format("{}{} {}{}\n", start, painted(style_, scenario.verdict, padded(name, kVerdictWidth)),
                     padded(fitted(label, room), room), time);
}

std::string Progress::finished() {
  if (shape_ == Shape::Lines || ended_ == 0) return {};
  std::string text;
  if (ended_ % kMarksPerLine != 0) text = fmt::format(" {}\n", counter());
  for (const Verdict verdict : kVerdicts) {
    if (verdict != kVerdicts.front()) text += "  ";
    text += fmt::format("{} {}", mark_of(verdict), runner::verdict_name(verdict));
  }
  text += '\n';
  return text;
}

}  // namespace imapspec::reports
