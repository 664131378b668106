// NOOP (RFC 9051 section 6.1.2)
#include "server/commands/handlers.h"

namespace imapspec::server::commands {

Result noop(Context&, const syntax::Noop&) { return ok("NOOP completed"); }

}  // namespace imapspec::server::commands
