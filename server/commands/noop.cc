// NOOP (RFC 9051 section 6.1.2)
#include "server/commands/handlers.h"

namespace imapspec::server::commands {

Result noop(Context& context, const syntax::Noop&) {
  if (context.account == nullptr && context.faults.has(Fault::NoopRefusedBeforeLogin)) return no("Log in first");
  return ok("NOOP completed");
}

}  // namespace imapspec::server::commands
