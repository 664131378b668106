#include "cli/compare.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/exit_code.h"
#include "cli/run_reports.h"
#include "reports/comparison.h"

namespace imapspec::cli {
namespace {

struct CompareArguments {
  std::vector<std::string> files;
  bool markdown = false;
};

int compare(const CompareArguments& arguments) {
  const auto runs = read_reports(arguments.files);
  if (!runs) return kExitNotLoaded;
  fmt::print("{}",
             reports::comparison_report(*runs, arguments.markdown ? reports::Form::Markdown : reports::Form::Text));
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
