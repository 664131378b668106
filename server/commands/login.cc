// LOGIN (RFC 9051 section 6.2.3)
#include "server/commands/handlers.h"
#include "server/commands/login_policy.h"

namespace imapspec::server::commands {

namespace {

bool is_literal(const parser::String& string) {
  return string.form() == parser::StringForm::Literal || string.form() == parser::StringForm::LiteralNonSync;
}

}  // namespace

Result login(Context& context, const syntax::Login& command) {
  if (!login_permitted(context)) return privacy_required();
  if ((is_literal(command.userid) || is_literal(command.password)) &&
      context.faults.has(Fault::LiteralRefusedInLogin)) {
    return bad("No literals in LOGIN");
  }
  // Note: no RFC says how LOGIN compares. As the mechanisms do is what users expect.
  const SaslMechanisms& mechanisms = *context.authentication.mechanisms;
  const auto user = mechanisms.prepare(command.userid.value());
  const auto password = mechanisms.prepare(command.password.value());
  if (context.tried_user.empty() && user) context.tried_user = *user;
  if (!user || !password || !context.authenticator.accepts(*user, *password)) {
    if (context.faults.has(Fault::LoginFailureBad)) return bad("Wrong user name or password");
    return authentication_failed();
  }
  return log_in(context, context.faults.has(Fault::LoginAsFirstTried) ? context.tried_user : *user);
}

}  // namespace imapspec::server::commands
