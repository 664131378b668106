#include "cli/selection_options.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace imapspec::cli {

void add_selection_options(CLI::App& command, runner::Selection& selection) {
  const auto add = [&](const char* option, std::vector<std::string>& values, const char* help, const char* type) {
    command.add_option(option, values, help)->type_name(type)->allow_extra_args(false);
  };
  command.add_option("prefixes", selection.prefixes, "Scenarios: ids, or folders of ids. All where none is given")
      ->type_name("ID-PREFIX");
  add("--section", selection.sections, "Only what is about this section of RFC 9051, or of another: 7162:3.1",
      "SECTION");
  add("--tag", selection.tags, "Only what has this tag; '!TAG' is what has it not", "TAG");
  command
      .add_option_function<std::vector<std::string>>(
          "--without-tag",
          [&selection](const std::vector<std::string>& tags) {
            std::ranges::transform(tags, std::back_inserter(selection.tags),
                                   [](const std::string& tag) { return "!" + tag; });
          },
          "Only what does not have this tag")
      ->type_name("TAG")
      ->allow_extra_args(false);
  add("--requirement", selection.requirements, "Only what tests these rows of the ledger", "GLOB");
  add("--exclude", selection.exclude, "Leave these out", "ID-PREFIX or GLOB");
}

runner::RequirementMap requirement_map(const Suites& suites) {
  runner::RequirementMap map;
  for (const runner::Requirement& requirement : suites.requirements) map.emplace(requirement.id, &requirement);
  return map;
}

std::expected<std::vector<const runner::Scenario*>, std::string> select(const Suites& suites,
                                                                        const runner::Selection& selection,
                                                                        const runner::RequirementMap& ledger) {
  if (auto why = runner::unmatched(suites.scenarios, selection, ledger)) return std::unexpected(std::move(*why));
  auto selected = runner::select_scenarios(suites.scenarios, selection, ledger);
  if (selected.empty()) return std::unexpected("no scenario is all of what was asked for");
  return selected;
}

}  // namespace imapspec::cli
