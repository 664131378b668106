#include "cli/merge.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/exit_code.h"
#include "cli/run_reports.h"
#include "reports/console.h"
#include "runner/run/gate.h"
#include "runner/run/merge.h"

namespace imapspec::cli {
namespace {

struct MergeArguments {
  std::vector<std::string> files;
  ReportNames reports;
};

int merge(const MergeArguments& arguments) {
  auto shards = read_reports(arguments.files);
  if (!shards) return kExitNotLoaded;
  const auto merged = runner::merge_runs(*std::move(shards));
  if (!merged) {
    fmt::print(stderr, "imapspec: {}\n", merged.error());
    return kExitNotLoaded;
  }
  ReportFiles files;
  if (!files.open(arguments.reports)) return kExitUsage;
  const bool written = files.write(*merged);
  say(reports::console_report(*merged, terminal_style()) + unsteady_lines(*merged));
  const int code = runner::exit_code(*merged);
  return code == 0 && !written ? kExitUsage : code;
}

}  // namespace

void add_merge(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("merge", "Put the JSON reports of a run's shards together");
  const auto arguments = std::make_shared<MergeArguments>();
  command->add_option("files", arguments->files, "The JSON reports, one of each shard")->required()->type_name("FILE");
  command->add_option("-o,--json", arguments->reports.json, "Write the JSON report")->type_name("FILE");
  command->add_option("--junit", arguments->reports.junit, "Write the JUnit report")->type_name("FILE");
  command->add_option("--html", arguments->reports.html, "Write the HTML report")->type_name("FILE");
  command->callback([arguments, &exit_code] { exit_code = merge(*arguments); });
}

}  // namespace imapspec::cli
