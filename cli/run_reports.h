// Where a run's results go: the terminal and files.
#pragma once

#include <fstream>
#include <string>
#include <vector>

#include "reports/terminal.h"
#include "runner/result/result.h"

namespace imapspec::cli {

// ReportNames are the files that were asked for; empty where one was not.
struct ReportNames {
  std::string json, junit, html;
};

// ReportFiles are opened before the run: a file that cannot be written must not cost its results.
class ReportFiles {
 public:
  // open says on standard error what cannot be written.
  bool open(const ReportNames& names);

  // write renders a run into each.
  bool write(const runner::RunResult& run);

 private:
  using Render = std::string (*)(const runner::RunResult&);
  struct File {
    std::string name;
    std::ofstream stream;
    Render render;
  };

  bool add(const std::string& name, Render render);

  std::vector<File> files_;
};

// terminal_style looks at standard output and the environment.
reports::TerminalStyle terminal_style();

// unsteady_lines tells of scenarios that did not get the same verdict in each repetition.
std::string unsteady_lines(const runner::RunResult& run);

}  // namespace imapspec::cli
