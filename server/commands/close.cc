// CLOSE and UNSELECT (RFC 9051 sections 6.4.1, 6.4.2)
#include "server/commands/expunge_deleted.h"
#include "server/commands/handlers.h"

namespace imapspec::server::commands {

Result close(Context& context, const syntax::Close&) {
  const bool removes = !context.view->read_only() || context.faults.has(Fault::CloseOfReadOnlyExpunges);
  if (removes && !context.faults.has(Fault::CloseKeepsDeleted)) expunge_deleted(context.view->mailbox());
  if (context.faults.has(Fault::CloseSendsExpunge)) context.send_news(true);
  const std::uint64_t mod_sequence = context.view->mailbox().mod_sequence();
  if (!context.faults.has(Fault::CloseKeepsMailbox)) context.deselect();
  // RFC 7162 section 3.2.8: what others expunged meanwhile, the client was not told.
  if (context.qresync_enabled && context.faults.has(Fault::CloseTellsHighestmodseq)) {
    return ok(context.highest_code(mod_sequence), "CLOSE completed");
  }
  return ok("CLOSE completed");
}

Result unselect(Context& context, const syntax::Unselect&) {
  if (!context.view->read_only() && context.faults.has(Fault::UnselectExpunges)) {
    expunge_deleted(context.view->mailbox());
  }
  if (!context.faults.has(Fault::UnselectKeepsMailbox)) context.deselect();
  return ok("UNSELECT completed");
}

}  // namespace imapspec::server::commands
