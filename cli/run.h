// imapspec run: the suite against a server.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace imapspec::cli {

// add_run adds the subcommand. When it runs it sets `exit_code`. `program` is how this program was called.
void add_run(CLI::App& app, std::string program, int& exit_code);

}  // namespace imapspec::cli
