// LOGOUT (RFC 9051 section 6.1.3)
#include "server/commands/expunge_deleted.h"
#include "server/commands/handlers.h"

namespace imapspec::server::commands {

Result logout(Context& context, const syntax::Logout&) {
  if (context.view && context.faults.has(Fault::LogoutExpunges)) expunge_deleted(context.view->mailbox());
  context.view.reset();
  if (!context.faults.has(Fault::LogoutKeepsConnection)) {
    context.state = Session::State::Logout;
    context.wish = Wish::Close;
  }
  const std::string_view text = "IMAP4rev2 server logging out";
  if (context.faults.has(Fault::LogoutOkBeforeBye)) {
    context.replies.complete(context.tag, parser::Status::Ok, std::nullopt, "LOGOUT completed");
    context.replies.status(parser::Status::Bye, std::nullopt, text);
    return std::nullopt;
  }
  if (!context.faults.has(Fault::LogoutWithoutBye)) context.replies.status(parser::Status::Bye, std::nullopt, text);
  return ok("LOGOUT completed");
}

}  // namespace imapspec::server::commands
