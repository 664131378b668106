// imapspec record: a conversation between a client and a server, listened to.
#pragma once

#include <CLI/CLI.hpp>

namespace imapspec::cli {

// add_record adds the subcommand. When it runs it sets `exit_code`.
void add_record(CLI::App& app, int& exit_code);

}  // namespace imapspec::cli
