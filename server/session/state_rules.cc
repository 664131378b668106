#include "server/session/state_rules.h"

namespace imapspec::server {

std::optional<Completion> refusal(const Context& context, const CommandRow& row) {
  if (row.needs && !context.offers(*row.needs)) return bad("Unknown command");
  const bool authenticated = context.account != nullptr;
  const bool selected = context.view.has_value();
  switch (row.states) {
    case States::Any:
      return std::nullopt;
    case States::NotAuthenticated:
      if (!authenticated) return std::nullopt;
      if (row.name == "STARTTLS" && context.faults.has(Fault::StarttlsAfterLoginAccepted)) {
        return ok("Begin TLS negotiation now");
      }
      if (row.name != "STARTTLS" && context.faults.has(Fault::LoginWhenAuthenticatedOk)) return ok("Done");
      return bad("Already authenticated");
    case States::Authenticated:
    case States::AuthenticatedOrSelected:
      if (!authenticated) {
        if (context.faults.has(Fault::MailboxCommandsBeforeLogin)) return ok("Done");
        return bad("Log in first");
      }
      if (selected && row.states == States::Authenticated) return bad("Not while a mailbox is selected");
      return std::nullopt;
    case States::Selected:
      if (selected) return std::nullopt;
      if (authenticated && context.faults.has(Fault::SelectedCommandsUnselected)) return ok("Done");
      return bad("No mailbox is selected");
  }
  return std::nullopt;
}

}  // namespace imapspec::server
