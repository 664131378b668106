// SUBSCRIBE and UNSUBSCRIBE (RFC 9051 sections 6.3.7, 6.3.8)
#include "server/commands/handlers.h"

namespace imapspec::server::commands {

Result subscribe(Context& context, const syntax::Subscribe& command) {
  if (context.faults.has(Fault::SubscribeDoesNothing)) return ok("SUBSCRIBE completed");
  if (!context.account->subscribe(command.mailbox.value())) return no(code("LIMIT"), "Too many subscriptions");
  return ok("SUBSCRIBE completed");
}

Result unsubscribe(Context& context, const syntax::Unsubscribe& command) {
  context.account->unsubscribe(command.mailbox.value());
  return ok("UNSUBSCRIBE completed");
}

}  // namespace imapspec::server::commands
