// imapspec list: what there is.
#pragma once

#include <CLI/CLI.hpp>

namespace imapspec::cli {

// add_list adds the subcommand. When it runs it sets `exit_code`.
void add_list(CLI::App& app, int& exit_code);

}  // namespace imapspec::cli
