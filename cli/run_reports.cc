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
#include "reports/json_reader.h"
#include "reports/junit.h"
#include "runner/scenario/fixture_file.h"

namespace imapspec::cli {
namespace {

constexpr std::size_t kMaxReportOctets = 1U << 30;

}  // namespace

bool ReportFiles::open(const ReportNames& names) {
  return add(names.json, reports::json_report) && add(names.junit, reports::junit_report) &&
         add(names.html, reports::html_report);
}

bool ReportFiles::add(const std::string& name, Render render) {
  if (name.empty()) return true;
  auto file = OutputFile::begin(name);
  if (!file) {
    fmt::print(stderr, "imapspec: {}\n", file.error());
    return false;
  }
  files_.push_back({*std::move(file), render});
  return true;
}

bool ReportFiles::write(const runner::RunResult& run) {
  bool good = true;
  for (File& each : files_) {
    if (each.file.write(each.render(run))) continue;
    fmt::print(stderr, "imapspec: {} could not be written\n", each.file.name());
    good = false;
  }
  return good;
}

void say(std::string_view octets) {
  std::fwrite(octets.data(), 1, octets.size(), stdout);
  std::fflush(stdout);
}

std::optional<std::vector<runner::RunResult>> read_reports(const std::vector<std::string>& files) {
  std::vector<runner::RunResult> runs;
  for (const std::string& file : files) {
    const auto octets = runner::read_bounded(file, kMaxReportOctets);
    auto run = octets ? reports::read_json_report(*octets) : std::unexpected(octets.error());
    if (!run) {
      fmt::print(stderr, "{}: {}\n", file, run.error());
      return std::nullopt;
    }
    runs.push_back(*std::move(run));
  }
  return runs;
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
