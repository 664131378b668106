// imapspec lint: mistakes in scenarios, without a server.
#pragma once

#include <CLI/CLI.hpp>

namespace imapspec::cli {

// add_lint adds the subcommand. What it ends with is left in `exit_code`.
void add_lint(CLI::App& app, int& exit_code);

}  // namespace imapspec::cli
