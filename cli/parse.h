// imapspec parse: one message against the grammar.
#pragma once

#include <CLI/CLI.hpp>

namespace imapspec::cli {

// add_parse adds the subcommand. When it runs it sets `exit_code`.
void add_parse(CLI::App& app, int& exit_code);

}  // namespace imapspec::cli
