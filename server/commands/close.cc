// CLOSE and UNSELECT (RFC 9051 sections 6.4.1, 6.4.2)
#include "server/commands/handlers.h"

namespace imapspec::server::commands {

namespace {

void expunge_deleted(Mailbox& mailbox) {
  mailbox.expunge([](const Message& message) { return message.flags.has("\\Deleted"); });
}

}  // namespace

Result close(Context& context, const syntax::Close&) {
  if (!context.view->read_only()) expunge_deleted(context.view->mailbox());
  if (context.faults.has(Fault::CloseSendsExpunge)) context.send_news(true);
  context.deselect();
  return ok("CLOSE completed");
}

Result unselect(Context& context, const syntax::Unselect&) {
  if (!context.view->read_only() && context.faults.has(Fault::UnselectExpunges)) {
    expunge_deleted(context.view->mailbox());
  }
  context.deselect();
  return ok("UNSELECT completed");
}

}  // namespace imapspec::server::commands
