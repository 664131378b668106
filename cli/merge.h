// imapspec merge: the JSON reports of a run's shards, made one.
#pragma once

#include <CLI/CLI.hpp>

namespace imapspec::cli {

// add_merge adds the subcommand. When it runs it sets `exit_code` to what the whole run's would have been.
void add_merge(CLI::App& app, int& exit_code);

}  // namespace imapspec::cli
