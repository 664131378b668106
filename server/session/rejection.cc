#include "server/session/rejection.h"

#include <string>

#include "parser/grammar/parse.h"
#include "server/commands/login_policy.h"
#include "server/commands/table.h"
#include "server/session/command_line.h"

namespace imapspec::server {

namespace {

// append_all_the_same appends the message that something stands behind: only under a fault.
void append_all_the_same(Context& context, const CommandRow& row, std::string_view unit) {
  const std::string without_last_word = std::string(unit.substr(0, unit.rfind(' '))).append("\r\n");
  const auto append = parser::parse_command(without_last_word, context.arena, context.profile);
  if (append && context.account != nullptr) row.run(context, append->body);
}

Completion unknown_command(const Context& context, std::string_view word) {
  if (!word.empty() && context.faults.has(Fault::UnknownCommandOk)) return ok("Done");
  return context.faults.has(Fault::UnknownCommandNo) ? no("Unknown command") : bad("Unknown command");
}

}  // namespace

Completion rejection(Context& context, std::string_view unit, const parser::Error& error) {
  if (context.tag.empty()) return bad(unit == "\r\n" ? "Empty command line" : "Command without a tag");
  if (error.kind == parser::ErrorKind::LimitExceeded) return no(code("LIMIT"), "Too deep");
  const Words words = words_of(unit);
  const CommandRow* row = row_named(words.command);
  if (row == nullptr) return unknown_command(context, words.command);
  if (row->name == "AUTHENTICATE" && has_initial_response(words.arguments)) return invalid_base64(context);
  if (asks_recursivematch_alone(words) && context.faults.has(Fault::RecursivematchAloneOk)) return ok("Done");
  if (row->name == "APPEND" && context.faults.has(Fault::RejectedAppendStays)) append_all_the_same(context, *row, unit);
  return bad(syntax_error(error));
}

}  // namespace imapspec::server
