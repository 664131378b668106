// DELETE (RFC 9051 section 6.3.5)
#include "server/commands/handlers.h"
#include "server/commands/listing.h"
#include "server/commands/name_error.h"

namespace imapspec::server::commands {

Result delete_(Context& context, const syntax::Delete& command) {
  if (const auto removed = context.account->remove(context.name_of(command.mailbox)); !removed) {
    if (removed.error() == NameError::NonExistent && context.faults.has(Fault::DeleteMissingOk)) {
      return ok("DELETE completed");
    }
    return name_refused(removed.error());
  }
  send_normalized(context, command.mailbox, context.name_of(command.mailbox));
  return ok("DELETE completed");
}

}  // namespace imapspec::server::commands
