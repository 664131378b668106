#include "cli/run_reports.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string_view>
#include <utility>

#include "reports/html.h"
#include "reports/json.h"
#include "reports/junit.h"

namespace imapspec::cli {

bool ReportFiles::open(const ReportNames& names) {
  return add(names.json, reports::json_report) && add(names.junit, reports::junit_report) &&
         add(names.html, reports::html_report);
}

bool ReportFiles::add(const std::string& name, Render render) {
  if (name.empty()) return true;
  std::ofstream stream(name, std::ios::binary | std::ios::trunc);
  if (!stream) {
    fmt::print(stderr, "imapspec: {} cannot be written\n", name);
    return false;
  }
  files_.push_back({name, std::move(stream), render});
  return true;
}

bool ReportFiles::write(const runner::RunResult& run) {
  bool good = true;
  for (File& file : files_) {
    file.stream << file.render(run) << std::flush;
    if (file.stream.good()) continue;
    fmt::print(stderr, "imapspec: {} could not be written\n", file.name);
    good = false;
  }
  return good;
}

reports::TerminalStyle terminal_style() {
  reports::TerminalStyle style;
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  const bool dumb = term == nullptr || std::string_view(term) == "dumb";
  style.colour = isatty(STDOUT_FILENO) != 0 && !dumb && (no_color == nullptr || *no_color == '\0');
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    style.width = size.ws_col;
  } else {
    style.width = 120;  // a log or a pipe: nothing wraps there
  }
  return style;
}

std::string unsteady_lines(const runner::RunResult& run) {
  std::map<std::pair<std::string_view, std::string_view>, std::map<runner::Verdict, std::size_t>> verdicts;
  for (const runner::ScenarioResult& one : run.scenarios) {
    if (one.repetition > 0) ++verdicts[{one.id, one.profile}][one.verdict];
  }
  std::string lines;
  for (const auto& [name, counts] : verdicts) {
    if (counts.size() < 2) continue;
    lines += fmt::format("not always the same: {} [{}]:", name.first, name.second);
    for (const auto& [verdict, count] : counts) lines += fmt::format(" {} {}", count, verdict_name(verdict));
    lines += '\n';
  }
  return lines;
}

}  // namespace imapspec::cli
