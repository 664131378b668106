// SUBSCRIBE and UNSUBSCRIBE (RFC 9051 sections 6.3.7, 6.3.8)
#include "server/commands/handlers.h"

namespace imapspec::server::commands {

Result subscribe(Context& context, const syntax::Subscribe& command) {
  if (context.faults.has(Fault::SubscribeDoesNothing)) return ok("SUBSCRIBE completed");
  const std::string name = context.name_of(command.mailbox);
  if (name.empty()) return no(code("CANNOT"), "No mailbox can have that name");
  if (!context.account->subscribe(name)) return no(code("LIMIT"), "Too many subscriptions");
  return ok("SUBSCRIBE completed");
}

Result unsubscribe(Context& context, const syntax::Unsubscribe& command) {
  if (context.faults.has(Fault::UnsubscribeDoesNothing)) return ok("UNSUBSCRIBE completed");
  context.account->unsubscribe(context.name_of(command.mailbox));
  return ok("UNSUBSCRIBE completed");
}

}  // namespace imapspec::server::commands
