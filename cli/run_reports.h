// Where a run's results go: the terminal and files.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/output_file.h"
#include "reports/terminal.h"
#include "runner/result/result.h"

namespace imapspec::cli {

// ReportNames are the files that were asked for; empty where one was not.
struct ReportNames {
  std::string json, junit, html;
};

// ReportFiles are begun before the run: a file that cannot be written must not cost its results.
class ReportFiles {
 public:
  // open says on standard error what cannot be written.
  bool open(const ReportNames& names);

  // write renders a run into each. What was there before is there until then.
  bool write(const runner::RunResult& run);

 private:
  using Render = std::string (*)(const runner::RunResult&);
  struct File {
    OutputFile file;
    Render render;
  };

  bool add(const std::string& name, Render render);

  std::vector<File> files_;
};

// say writes to standard output at once. What cannot be written is lost; main tells so at the end.
void say(std::string_view octets);

// read_reports reads JSON reports; nullopt where one does not load, which it says on standard error.
std::optional<std::vector<runner::RunResult>> read_reports(const std::vector<std::string>& files);

// terminal_style looks at standard output and the environment.
reports::TerminalStyle terminal_style();

// unsteady_lines tells of scenarios that did not get the same verdict in each repetition.
std::string unsteady_lines(const runner::RunResult& run);

}  // namespace imapspec::cli
