// The options that say which scenarios are meant, the same wherever scenarios are named.
#pragma once

#include <CLI/CLI.hpp>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "cli/suite_folder.h"
#include "runner/run/selection.h"

namespace imapspec::cli {

// add_selection_options declares them, and the ids as what is left of the command line.
void add_selection_options(CLI::App& command, runner::Selection& selection);

// requirement_map finds the rows of a suite's ledger, which it points into.
runner::RequirementMap requirement_map(const Suites& suites);

// select finds what is meant. The error is a sentence: nothing is.
std::expected<std::vector<const runner::Scenario*>, std::string> select(const Suites& suites,
                                                                        const runner::Selection& selection,
                                                                        const runner::RequirementMap& ledger);

}  // namespace imapspec::cli
