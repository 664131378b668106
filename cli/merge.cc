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
#include "reports/json_reader.h"
#include "runner/run/gate.h"
#include "runner/run/merge.h"
#include "runner/scenario/fixture_file.h"

namespace imapspec::cli {
namespace {

constexpr std::size_t kMaxReportOctets = 1U << 30;

struct MergeArguments {
  std::vector<std::string> files;
  ReportNames reports;
};

int merge(const MergeArguments& arguments) {
  std::vector<runner::RunResult> shards;
  for (const std::string& file : arguments.files) {
    const auto octets = runner::read_bounded(file, kMaxReportOctets);
    if (!octets) {
      fmt::print(stderr, "{}: {}\n", file, octets.error());
      return kExitNotLoaded;
    }
    auto shard = reports::read_json_report(*octets);
    if (!shard) {
      fmt::print(stderr, "{}: {}\n", file, shard.error());
      return kExitNotLoaded;
    }
    shards.push_back(std::move(*shard));
  }
  const auto merged = runner::merge_runs(std::move(shards));
  if (!merged) {
    fmt::print(stderr, "imapspec: {}\n", merged.error());
    return kExitNotLoaded;
  }
  ReportFiles files;
  if (!files.open(arguments.reports)) return kExitUsage;
  const bool written = files.write(*merged);
  fmt::print("{}{}", reports::console_report(*merged, terminal_style()), unsteady_lines(*merged));
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
