// YAML files to scenarios and to the ledger of requirements. The only user of yaml-cpp.
#pragma once

#include <cstddef>
#include <expected>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runner/result/result.h"
#include "runner/scenario/scenario.h"

namespace imapspec::runner {

// LoadError is a file that cannot be used, with the place and what was expected there.
struct LoadError {
  Where where;
  std::string message;
};

// to_string writes "file:line:column: message".
std::string to_string(const LoadError& error);

// Suite is a folder of scenarios: *.yaml below it, except the folders `messages` (fixtures), `ledger` (requirements)
// and `fragments` (steps that scenarios share).
struct Suite {
  std::filesystem::path folder;
  std::vector<Scenario> scenarios;        // in order of id
  std::vector<Requirement> requirements;  // in order of the ledger files' names, then of rows
  std::vector<Where> unused_fragments;
};

// PatternCheck says as a sentence what is wrong with an expectation's pattern, or nothing. The
// loader does not know IMAP: whoever matches the patterns lends it this. Empty: no check.
using PatternCheck = std::function<std::optional<std::string>(std::string_view pattern)>;

// load_suite reads a folder. `built_in` are the requirements that need no file, those of the
// monitor's checks; they come last in Suite::requirements. A scenario names only requirements that
// exist, and is added to their `tests`. All errors are collected, so that one run shows them all.
// Nothing is followed out of the folder.
std::expected<Suite, std::vector<LoadError>> load_suite(const std::filesystem::path& folder,
                                                        std::vector<Requirement> built_in = {},
                                                        const PatternCheck& check = {});

// parse_scenarios reads one file from text: one scenario, or one for each row of `each`. `messages` is the folder of
// fixtures; fragments are in the folder `fragments` beside it. Whether its requirements exist is not checked.
//
// In blocks (`|`) a line break stands for CRLF. The last one is left out where the runner adds the
// end of the line itself: everywhere but in `send` and `let`.
std::expected<std::vector<Scenario>, std::vector<LoadError>> parse_scenarios(std::string_view yaml, std::string id,
                                                                             const std::string& file,
                                                                             const std::filesystem::path& messages,
                                                                             const PatternCheck& check = {});

// parse_scenario is parse_scenarios for a file without `each`; of one with it, the first row.
std::expected<Scenario, std::vector<LoadError>> parse_scenario(std::string_view yaml, std::string id,
                                                               const std::string& file,
                                                               const std::filesystem::path& messages,
                                                               const PatternCheck& check = {});

// parse_ledger reads the rows of one ledger file.
std::expected<std::vector<Requirement>, std::vector<LoadError>> parse_ledger(std::string_view yaml,
                                                                             const std::string& file);

}  // namespace imapspec::runner
