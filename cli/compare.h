// imapspec compare: the reports of several servers side by side.
#pragma once

#include <CLI/CLI.hpp>

namespace imapspec::cli {

// add_compare adds the subcommand. When it runs it sets `exit_code`.
void add_compare(CLI::App& app, int& exit_code);

}  // namespace imapspec::cli
