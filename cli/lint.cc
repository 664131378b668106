#include "cli/lint.h"

#include <fmt/format.h>

#include <cstdio>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "cli/exit_code.h"
#include "cli/suite_folder.h"
#include "runner/lint/lint.h"
#include "runner/match/pattern.h"
#include "runner/monitor/check.h"
#include "runner/scenario/loader.h"

namespace imapspec::cli {
namespace {

using Json = nlohmann::ordered_json;

struct LintArguments {
  std::vector<std::string> folders;
  bool json = false;
  bool checks = false;
};

int print_checks(const LintArguments& arguments) {
  Json all = Json::array();
  for (const runner::LintCheck& check : runner::lint_checks()) {
    if (arguments.json) {
      all.push_back({{"check", check.name}, {"meaning", check.meaning}});
    } else {
      fmt::print("{}\n    {}\n", check.name, check.meaning);
    }
  }
  if (arguments.json) fmt::print("{}\n", all.dump(2));
  return kExitGood;
}

// What does not load is a mistake like the others.
void add_errors(const std::vector<runner::LoadError>& errors, std::vector<runner::LintFinding>& findings) {
  for (const runner::LoadError& error : errors) findings.push_back({"load", error.where, error.message, {}});
}

Json to_json(const runner::LintFinding& finding) {
  return {{"check", finding.check},         {"file", finding.where.file}, {"line", finding.where.line},
          {"column", finding.where.column}, {"message", finding.message}, {"suggestion", finding.suggestion}};
}

std::string to_text(const runner::LintFinding& finding) {
  std::string text = runner::to_string({finding.where, finding.message});
  text += fmt::format(" [{}]", finding.check);
  if (!finding.suggestion.empty()) text += "\n    " + finding.suggestion;
  return text;
}

int lint(const LintArguments& arguments) {
  if (arguments.checks) return print_checks(arguments);
  std::vector<std::string> folders = arguments.folders;
  const auto bundled = data_folder("scenarios");
  if (folders.empty()) {
    if (!bundled) {
      fmt::print(stderr, "imapspec: the bundled suite is not here; name a folder\n");
      return kExitUsage;
    }
    folders.push_back(bundled->string());
  }
  for (const std::string& folder : folders) {
    if (std::filesystem::exists(folder)) continue;
    fmt::print(stderr, "imapspec: {} does not exist\n", folder);
    return kExitUsage;
  }
  const auto built_in = runner::monitor_requirements();
  std::vector<runner::LintFinding> findings;
  for (const std::string& folder : folders) {
    std::vector<runner::Requirement> known(built_in.begin(), built_in.end());
    std::error_code error;
    // The bundled ledger is known to every suite.
    if (bundled && !std::filesystem::equivalent(*bundled, folder, error)) {
      if (auto suite = runner::load_suite(*bundled, known, runner::Pattern::check))
        known = std::move(suite->requirements);
    }
    auto suite = runner::load_suite(folder, std::move(known), runner::Pattern::check);
    if (suite) runner::credit_monitor(suite->requirements);
    if (suite) {
      std::ranges::move(runner::lint_suite(*suite), std::back_inserter(findings));
    } else {
      add_errors(suite.error(), findings);
    }
  }
  Json all = Json::array();
  for (const runner::LintFinding& finding : findings) {
    if (arguments.json) {
      all.push_back(to_json(finding));
    } else {
      fmt::print("{}\n", to_text(finding));
    }
  }
  if (arguments.json) fmt::print("{}\n", all.dump(2, ' ', true, Json::error_handler_t::replace));
  return findings.empty() ? kExitGood : kExitFound;
}

}  // namespace

void add_lint(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("lint", "Look for mistakes in scenarios, without a server");
  const auto arguments = std::make_shared<LintArguments>();
  command->add_option("FOLDER", arguments->folders, "Folders of scenarios (default: the bundled suite)");
  command->add_flag("--json", arguments->json, "Write JSON");
  command->add_flag("--checks", arguments->checks, "Tell what is looked for, and nothing else");
  command->callback([arguments, &exit_code] { exit_code = lint(*arguments); });
}

}  // namespace imapspec::cli
