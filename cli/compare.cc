#include "cli/compare.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/exit_code.h"
#include "reports/comparison.h"
#include "reports/json_reader.h"
#include "runner/scenario/fixture_file.h"

namespace imapspec::cli {
namespace {

constexpr std::size_t kMaxReportOctets = 1U << 30;

struct CompareArguments {
  std::vector<std::string> files;
  bool markdown = false;
};

int compare(const CompareArguments& arguments) {
  std::vector<runner::RunResult> runs;
  for (const std::string& file : arguments.files) {
    const auto octets = runner::read_bounded(file, kMaxReportOctets);
    auto run = octets ? reports::read_json_report(*octets) : std::unexpected(octets.error());
    if (!run) {
      fmt::print(stderr, "{}: {}\n", file, run.error());
      return kExitNotLoaded;
    }
    runs.push_back(*std::move(run));
  }
  fmt::print("{}",
             reports::comparison_report(runs, arguments.markdown ? reports::Form::Markdown : reports::Form::Text));
  return kExitGood;
}

}  // namespace

void add_compare(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("compare", "Show JSON reports of several servers side by side");
  const auto arguments = std::make_shared<CompareArguments>();
  command->add_option("files", arguments->files, "The JSON reports, one of each server")->required()->type_name("FILE");
  command->add_flag("--markdown", arguments->markdown, "Write tables in Markdown");
  command->callback([arguments, &exit_code] { exit_code = compare(*arguments); });
}

}  // namespace imapspec::cli
