#include "server/commands/login_policy.h"

#include <algorithm>

#include "parser/core/ascii.h"

namespace imapspec::server {

namespace {

bool can_bind(const Context& context) { return !context.peer.tls.exporter.empty() || !context.peer.tls.unique.empty(); }

}  // namespace

bool login_permitted(const Context& context) {
  return context.tls || context.options.plaintext_login || context.faults.has(Fault::LoginBeforeTls);
}

bool plaintext_permitted(const Context& context) {
  return context.tls || context.options.plaintext_login || context.faults.has(Fault::PlainBeforeTls);
}

Completion privacy_required() { return no(code("PRIVACYREQUIRED"), "Start TLS first"); }

bool has_mechanism(const Context& context, const Mechanism& mechanism) {
  const bool configured = std::ranges::any_of(context.options.mechanisms, [&](const std::string& name) {
    return parser::equal_ignoring_case(name, mechanism.name);
  });
  if (!configured || !context.authentication.mechanisms->has(mechanism)) return false;
  if (mechanism.binding && !can_bind(context)) return false;
  return !mechanism.certificate || !context.peer.tls.certificate_name.empty();
}

std::vector<const Mechanism*> offered_mechanisms(const Context& context) {
  std::vector<const Mechanism*> offered;
  const bool safe = context.tls || context.options.plaintext_login;
  for (const Mechanism& mechanism : mechanisms()) {
    if (!has_mechanism(context, mechanism)) continue;
    if (mechanism.name == "PLAIN" && context.faults.has(Fault::PlainNotAdvertised)) continue;
    if (!mechanism.plaintext || safe || context.faults.has(Fault::PlainAdvertisedBeforeTls)) {
      offered.push_back(&mechanism);
    }
  }
  return offered;
}

SaslParties sasl_parties(const Context& context) {
  const bool offers_binding = std::ranges::any_of(
      mechanisms(), [&](const Mechanism& mechanism) { return mechanism.binding && has_mechanism(context, mechanism); });
  return {.users = context.authenticator, .tls = context.peer.tls, .offers_binding = offers_binding};
}

Completion authentication_failed() {
  Completion completion = no(code("AUTHENTICATIONFAILED"), "Authentication failed");
  completion.failed_login = true;
  return completion;
}

Completion invalid_base64(const Context& context) {
  if (context.faults.has(Fault::BadBase64No)) return no("Invalid base64");
  return bad("Invalid base64");
}

Completion log_in(Context& context, std::string_view user) {
  context.log_in(user);
  return ok(context.capability_code(), "Logged in");
}

}  // namespace imapspec::server
