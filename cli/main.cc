// The imapspec command: one subcommand a file.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "cli/compare.h"
#include "cli/exit_code.h"
#include "cli/lint.h"
#include "cli/list.h"
#include "cli/merge.h"
#include "cli/parse.h"
#include "cli/record.h"
#include "cli/run.h"
#include "cli/serve.h"

int main(int argc, char** argv) {
  using namespace imapspec::cli;
  int exit_code = kExitGood;
  try {
    CLI::App app("Conformance tests for IMAP servers (RFC 9051)", "imapspec");
    app.set_version_flag("--version", "imapspec " IMAPSPEC_VERSION);
    app.require_subcommand(1);
    add_run(app, argc > 0 ? argv[0] : "imapspec", exit_code);
    add_serve(app, exit_code);
    add_record(app, exit_code);
    add_compare(app, exit_code);
    add_parse(app, exit_code);
    add_list(app, exit_code);
    add_merge(app, exit_code);
    add_lint(app, exit_code);
    try {
      app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      // It prints the help, the version or the mistake; its own codes begin at 100.
      return app.exit(error) == 0 ? kExitGood : kExitUsage;
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "imapspec: {}\n", error.what());
    return kExitUsage;
  }
  return exit_code;
}
