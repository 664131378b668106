// IDLE (RFC 9051 section 6.3.13)
#include "parser/grammar/parse.h"
#include "server/commands/handlers.h"

namespace imapspec::server::commands {

Result idle(Context& context, const syntax::Idle&) {
  context.send_news(true);
  if (context.faults.has(Fault::IdleContinuationBare)) {
    context.replies.raw("+\r\n");
  } else {
    context.replies.request("idling");
  }
  context.idling = true;
  context.on_line = [&context](std::string_view line) -> Result {
    context.idling = false;
    if (!parser::parse_idle_done(line) && !context.faults.has(Fault::IdleEndsAtAnything)) return bad("DONE expected");
    if (context.faults.has(Fault::IdleDoneUnanswered)) return std::nullopt;
    return ok("IDLE terminated");
  };
  return std::nullopt;
}

}  // namespace imapspec::server::commands
