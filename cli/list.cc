#include "cli/list.h"

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/exit_code.h"
#include "cli/selection_options.h"
#include "cli/suite_folder.h"
#include "runner/monitor/check.h"
#include "runner/result/result.h"
#include "server/faults/faults.h"

namespace imapspec::cli {
namespace {

using Json = nlohmann::ordered_json;

struct ListArguments {
  std::string what;
  bool json = false;
  bool markdown = false;
  std::vector<std::string> folders;
  runner::Selection selection;  // of scenarios
};

std::string dumped(const Json& json) { return json.dump(2, ' ', true, Json::error_handler_t::replace); }

int list_scenarios(const ListArguments& arguments, const Suites& suites) {
  const auto selected = select(suites, arguments.selection, requirement_map(suites));
  if (!selected) {
    fmt::print(stderr, "imapspec: {}\n", selected.error());
    return kExitUsage;
  }
  Json all = Json::array();
  for (const runner::Scenario* const scenario : *selected) {
    if (!arguments.json) {
      fmt::print("{}\n    {}\n", scenario->id, scenario->title);
      continue;
    }
    all.push_back({{"id", scenario->id},
                   {"title", scenario->title},
                   {"requirements", scenario->requirements},
                   {"profile", scenario->profile},
                   {"class", fmt::format("P{}", static_cast<int>(scenario->risk))},
                   {"inbox", scenario->inbox},
                   {"tags", scenario->tags},
                   {"file", scenario->where.file}});
  }
  if (arguments.json) fmt::print("{}\n", dumped(all));
  return 0;
}

int list_requirements(const ListArguments& arguments, const Suites& suites) {
  Json all = Json::array();
  for (const runner::Requirement& row : suites.requirements) {
    if (!arguments.json) {
      fmt::print("{}\n    RFC {} section {}, {}: {}\n", row.id, row.rfc, row.section, runner::level_name(row.level),
                 row.text);
      for (const std::string& test : row.tests) fmt::print("    tested by {}\n", test);
      if (row.tests.empty()) fmt::print("    not tested: {}\n", row.reason);
      continue;
    }
    all.push_back({{"id", row.id},
                   {"rfc", row.rfc},
                   {"section", row.section},
                   {"level", runner::level_name(row.level)},
                   {"side", row.side},
                   {"text", row.text},
                   {"tests", row.tests},
                   {"reason", row.reason}});
  }
  if (arguments.json) fmt::print("{}\n", dumped(all));
  return 0;
}

int list_faults(const ListArguments& arguments) {
  Json all = Json::array();
  for (const server::FaultInfo& fault : server::faults()) {
    if (!arguments.json) {
      fmt::print("{}\n    {} ({}, {}): {}\n", fault.name, fault.requirement, fault.level,
                 server::reach_name(fault.reach), fault.text);
      continue;
    }
    all.push_back({{"name", fault.name},
                   {"requirement", fault.requirement},
                   {"section", fault.section},
                   {"level", fault.level},
                   {"reach", server::reach_name(fault.reach)},
                   {"description", fault.text}});
  }
  if (arguments.json) fmt::print("{}\n", dumped(all));
  return 0;
}

int list_checks(const ListArguments& arguments) {
  if (arguments.markdown) {
    fmt::print("{}", runner::document_checks());
    return 0;
  }
  Json all = Json::array();
  const auto told = [](const runner::Citation& citation) {
    return citation.empty() ? std::string() : fmt::format("RFC {} section {}", citation.rfc, citation.section);
  };
  for (const runner::MonitorCheck& check : runner::monitor_checks()) {
    if (!arguments.json) {
      fmt::print("{}\n    {}\n    {} ({}), {}; on IMAP4rev1: {}; a finding is {}{}\n", check.name, check.text,
                 check.requirement, told(check.cited), runner::level_name(check.level),
                 check.rev1.empty() ? "not made" : told(check.rev1), runner::verdict_name(check.verdict),
                 check.note.empty() ? std::string() : fmt::format(", for {}", check.note));
      if (!check.needs.empty()) fmt::print("    has to know: {}\n", check.needs);
      continue;
    }
    all.push_back({{"name", check.name},
                   {"requirement", check.requirement},
                   {"rfc", check.cited.rfc},
                   {"section", check.cited.section},
                   {"rev1_rfc", check.rev1.rfc},
                   {"rev1_section", check.rev1.section},
                   {"level", runner::level_name(check.level)},
                   {"verdict", runner::verdict_name(check.verdict)},
                   {"finder", runner::check_finder(check.id)},
                   {"text", check.text},
                   {"needs", check.needs},
                   {"note", check.note}});
  }
  if (arguments.json) fmt::print("{}\n", dumped(all));
  return 0;
}

}  // namespace

void add_list(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "list", "List the scenarios, the ledger of requirements, the monitor's checks, or the bundled server's faults");
  const auto arguments = std::make_shared<ListArguments>();
  command->add_option("what", arguments->what, "What to list")
      ->required()
      ->check(CLI::IsMember({"scenarios", "requirements", "checks", "faults"}));
  auto* const json = command->add_flag("--json", arguments->json, "As JSON");
  command->add_flag("--markdown", arguments->markdown, "The checks as docs/monitor.md has them")->excludes(json);
  command->add_option("--scenarios", arguments->folders, "A folder of scenarios, instead of the bundled suite")
      ->type_name("DIR")
      ->allow_extra_args(false);
  add_selection_options(*command, arguments->selection);
  command->callback([arguments, &exit_code] {
    if (arguments->what != "scenarios" && arguments->selection != runner::Selection()) {
      fmt::print(stderr, "imapspec: only scenarios are selected\n");
      exit_code = kExitUsage;
      return;
    }
    if (arguments->markdown && arguments->what != "checks") {
      fmt::print(stderr, "imapspec: --markdown is for the checks\n");
      exit_code = kExitUsage;
      return;
    }
    if (arguments->what == "faults" || arguments->what == "checks") {
      exit_code = arguments->what == "faults" ? list_faults(*arguments) : list_checks(*arguments);
      return;
    }
    const auto suites = load_suites(arguments->folders);
    exit_code = !suites                          ? kExitNotLoaded
                : arguments->what == "scenarios" ? list_scenarios(*arguments, *suites)
                                                 : list_requirements(*arguments, *suites);
  });
}

}  // namespace imapspec::cli
