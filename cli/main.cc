// The imapspec command: one subcommand a file.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "cli/compare.h"
#include "cli/exit_code.h"
#include "cli/lint.h"
#include "cli/list.h"
#include "cli/merge.h"
#include "cli/parse.h"
#include "cli/record.h"
#include "cli/run.h"
#include "cli/serve.h"
#include "runner/scenario/nearest.h"

namespace {

// What stands where a subcommand should.
std::string no_subcommand(const CLI::App& app, const std::string& word) {
  std::vector<std::string_view> known;
  for (const CLI::App* const one : app.get_subcommands([](const CLI::App*) { return true; })) {
    known.emplace_back(one->get_name());
  }
  return "there is no subcommand \"" + word + "\"" + imapspec::runner::did_you_mean(word, known);
}

// Standard error may be what cannot be written.
void complain(std::string_view what) { std::fputs(("imapspec: " + std::string(what) + "\n").c_str(), stderr); }

}  // namespace

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
    } catch (const CLI::RequiredError& error) {
      const std::vector<std::string> rest = app.remaining();
      if (rest.empty()) {
        app.exit(error);
      } else {
        complain(no_subcommand(app, rest.front()));
      }
      return kExitUsage;
    } catch (const CLI::ParseError& error) {
      // It prints the help, the version or the mistake; its own codes begin at 100.
      return app.exit(error) == 0 ? kExitGood : kExitUsage;
    }
  } catch (const std::exception& error) {
    complain(error.what());
    return kExitUsage;
  }
  // What stands in a buffer is written only now; on a full disk it is not.
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    complain("not all of the output could be written");
    if (exit_code == kExitGood) exit_code = kExitUsage;
  }
  return exit_code;
}
