#include "server/commands/login_policy.h"

#include <string>

namespace imapspec::server {

bool login_permitted(const Context& context) {
  return context.tls || context.options.plaintext_login || context.faults.has(Fault::LoginBeforeTls);
}

bool plain_permitted(const Context& context) {
  return context.tls || context.options.plaintext_login || context.faults.has(Fault::PlainBeforeTls);
}

Completion privacy_required() { return no(code("PRIVACYREQUIRED"), "Start TLS first"); }

bool credentials_right(const Context& context, std::string_view user, std::string_view password) {
  const bool known = context.options.users.contains(std::string(user));
  const bool right = context.authenticator.accepts(user, password);
  return right || (known && context.faults.has(Fault::PasswordNotChecked));
}

Completion authentication_failed() { return no(code("AUTHENTICATIONFAILED"), "Authentication failed"); }

Completion invalid_base64(const Context& context) {
  if (context.faults.has(Fault::BadBase64No)) return no("Invalid base64");
  return bad("Invalid base64");
}

Completion log_in(Context& context, std::string_view user) {
  context.log_in(user);
  return ok(context.capability_code(), "Logged in");
}

}  // namespace imapspec::server
