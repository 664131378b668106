// imapspec run: the suite against a server.
#pragma once

#include <CLI/CLI.hpp>

namespace imapspec::cli {

// add_run adds the subcommand. When it runs it sets `exit_code`.
void add_run(CLI::App& app, int& exit_code);

}  // namespace imapspec::cli
