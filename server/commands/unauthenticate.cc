// UNAUTHENTICATE (RFC 8437)
#include "server/commands/handlers.h"

namespace imapspec::server::commands {

Result unauthenticate(Context& context, const syntax::Unauthenticate&) {
  context.log_out();
  return ok(context.capability_code(), "Log in again");
}

}  // namespace imapspec::server::commands
