// imapspec serve: the bundled reference server.
#pragma once

#include <CLI/CLI.hpp>

namespace imapspec::cli {

// add_serve adds the subcommand. When it runs it sets `exit_code`.
void add_serve(CLI::App& app, int& exit_code);

}  // namespace imapspec::cli
