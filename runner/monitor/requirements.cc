// The ledger's rows of what the monitor and the grammar check.
#include <vector>

#include "runner/monitor/monitor.h"

namespace imapspec::runner {
namespace {

Requirement row(std::string id, std::string section, Level level, std::string text, std::string test,
                std::string rfc = "9051") {
  return {.id = std::move(id),
          .rfc = std::move(rfc),
          .section = std::move(section),
          .level = level,
          .side = "server",
          .text = std::move(text),
          .tests = {std::move(test)},
          .reason = {}};
}

}  // namespace

std::span<const Requirement> monitor_requirements() {
  static const std::vector<Requirement> rows{
      row(std::string(kFormalSyntax), "9", Level::Must, "Every response follows the formal syntax", "grammar"),
      row("7.1/known-code-arguments", "7.1", Level::Must,
          "A response code that the specification defines has the arguments it defines", "grammar"),
      row("2.2.2/tag-of-a-command", "2.2.2", Level::Statement,
          "A tagged response carries the tag of a command that the client sent", "monitor"),
      row("2.2.2/completes-once", "2.2.2", Level::Statement, "A command is completed by one tagged response",
          "monitor"),
      row("7.6/continuation-only-when-due", "7.6", Level::Statement,
          "A continuation request is sent only where the server waits for the rest of a command", "monitor"),
      row("3/mailbox-data-only-when-selected", "3", Level::Statement,
          "EXISTS, EXPUNGE and FETCH responses are about a selected mailbox", "monitor"),
      row("7.1/closed-comes-first", "7.1", Level::Statement,
          "CLOSED parts the responses about the old mailbox from those about the new one", "monitor"),
      row("5.2/exists-does-not-shrink", "5.2", Level::Must,
          "The number of messages gets smaller only by EXPUNGE responses", "monitor"),
      row("7.5.1/expunge-within-count", "7.5.1", Level::Statement,
          "An EXPUNGE response names a message that the mailbox has", "monitor"),
      row("7.5.1/no-expunge-while-fetching", "7.5.1", Level::Must,
          "No EXPUNGE response while no command, or only FETCH, STORE or SEARCH, is in progress", "monitor"),
      row("7.5.2/fetch-within-count", "7.5.2", Level::Statement,
          "A FETCH response names a message that the mailbox has", "monitor"),
      row("2.3.1.1/uid-is-stable", "2.3.1.1", Level::Must, "A message's UID does not change during the session",
          "monitor"),
      row("6.4.9/uid-in-uid-command-fetch", "6.4.9", Level::Must,
          "FETCH responses that a UID command causes carry the UID", "monitor"),
      row("rfc7162-3.2.10.2/vanished-within-count", "3.2.10.2", Level::Must,
          "A VANISHED response names only messages that the client was told of", "monitor", "7162"),
      row("rfc7162-3.2.10.2/no-vanished-while-fetching", "3.2.10.2", Level::Must,
          "No VANISHED response while no command, or only FETCH, STORE or SEARCH, is in progress", "monitor", "7162"),
      row("6.1.3/bye-before-ok", "6.1.3", Level::Must, "LOGOUT is answered by BYE before its tagged OK", "monitor"),
  };
  return rows;
}

}  // namespace imapspec::runner
