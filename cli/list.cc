#include "cli/list.h"

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/exit_code.h"
#include "cli/selection_options.h"
#include "cli/suite_folder.h"
#include "runner/result/result.h"
#include "server/faults/faults.h"

namespace imapspec::cli {
namespace {

using Json = nlohmann::ordered_json;

struct ListArguments {
  std::string what;
  bool json = false;
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

}  // namespace

void add_list(CLI::App& app, int& exit_code) {
  auto* command =
      app.add_subcommand("list", "List the scenarios, the ledger of requirements, or the bundled server's faults");
  const auto arguments = std::make_shared<ListArguments>();
  command->add_option("what", arguments->what, "What to list")
      ->required()
      ->check(CLI::IsMember({"scenarios", "requirements", "faults"}));
  command->add_flag("--json", arguments->json, "As JSON");
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
    if (arguments->what == "faults") {
      exit_code = list_faults(*arguments);
      return;
    }
    const auto suites = load_suites(arguments->folders);
    exit_code = !suites                          ? kExitNotLoaded
                : arguments->what == "scenarios" ? list_scenarios(*arguments, *suites)
                                                 : list_requirements(*arguments, *suites);
  });
}

}  // namespace imapspec::cli
