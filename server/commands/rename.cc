// RENAME (RFC 9051 section 6.3.6)
#include "server/commands/handlers.h"
#include "server/commands/listing.h"
#include "server/commands/name_error.h"

namespace imapspec::server::commands {

Result rename(Context& context, const syntax::Rename& command) {
  if (const auto renamed = context.account->rename(context.name_of(command.from), context.name_of(command.to));
      !renamed) {
    if (renamed.error() == NameError::AlreadyExists && context.faults.has(Fault::RenameOntoExistingOk)) {
      return ok("RENAME completed");
    }
    return name_refused(renamed.error());
  }
  send_normalized(context, command.to, context.name_of(command.to));
  return ok("RENAME completed");
}

}  // namespace imapspec::server::commands
