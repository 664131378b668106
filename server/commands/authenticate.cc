// AUTHENTICATE (RFC 9051 section 6.2.2)
#include <expected>
#include <memory>
#include <utility>

#include "parser/core/base64.h"
#include "parser/grammar/parse.h"
#include "server/auth/base64.h"
#include "server/commands/handlers.h"
#include "server/commands/login_policy.h"

namespace imapspec::server::commands {

namespace {

using Exchange = std::shared_ptr<SaslExchange>;

Result go_on(Context& context, const Exchange& exchange, SaslStep step);

void challenge(Context& context, std::string_view octets) {
  if (octets.empty() && context.faults.has(Fault::ContinuationWithoutSpace)) return context.replies.raw("+\r\n");
  context.replies.request(encode_base64(octets));
}

// answer_in takes what the client says in its turn; what is no base64 at all does not even parse.
std::expected<std::string, Completion> answer_in(const Context& context, std::string_view whole_line) {
  std::string line(whole_line);
  if (line != "*\r\n" && context.faults.has(Fault::BadBase64Accepted)) {
    std::erase_if(line, [](char c) { return parser::base64_value(c) < 0 && c != '=' && c != '\r' && c != '\n'; });
  }
  const auto data = parser::parse_authenticate_data(line);
  if (!data) return std::unexpected(invalid_base64(context));
  if (!*data) {
    if (context.faults.has(Fault::CancelNo)) return std::unexpected(no("AUTHENTICATE canceled"));
    return std::unexpected(bad("AUTHENTICATE canceled"));
  }
  auto octets = decode_base64(**data);
  if (!octets) return std::unexpected(invalid_base64(context));
  return *std::move(octets);
}

// await hands the client's next message to the exchange.
Result await(Context& context, const Exchange& exchange) {
  context.on_line = [&context, exchange](std::string_view line) -> Result {
    auto octets = answer_in(context, line);
    if (!octets) return std::move(octets).error();
    return go_on(context, exchange, exchange->step(*octets));
  };
  return std::nullopt;
}

// enter ends an exchange that succeeded.
Result enter(Context& context, const SaslStep& step) {
  const bool known = step.user == kAnonymousUser || context.authenticator.password_of(step.user).has_value();
  if (!known) return authentication_failed();
  if (!step.authorization_id.empty() && step.authorization_id != step.user) {
    Completion refused = no(code("AUTHORIZATIONFAILED"), "No acting for others");
    refused.failed_login = true;
    return refused;
  }
  return log_in(context, step.user);
}

Result go_on(Context& context, const Exchange& exchange, SaslStep step) {
  switch (step.kind) {
    case SaslStep::Kind::Challenge:
      challenge(context, step.octets);
      return await(context, exchange);
    case SaslStep::Kind::Done:
      if (step.octets.empty()) return enter(context, step);
      // The protocol has no room for data with success: it is one more challenge, which the client answers
      // with nothing (RFC 4422 section 4, item 3; RFC 9051 section 6.2.2).
      challenge(context, step.octets);
      context.on_line = [&context, step = std::move(step)](std::string_view line) -> Result {
        auto octets = answer_in(context, line);
        if (!octets) return std::move(octets).error();
        return octets->empty() ? enter(context, step) : authentication_failed();
      };
      return std::nullopt;
    case SaslStep::Kind::Failed:
      if (context.faults.has(Fault::AuthenticateFailureBad)) return bad("Wrong credentials");
      return authentication_failed();
  }
  return std::nullopt;
}

// begin starts the exchange with what the client sent along, if anything.
Result begin(Context& context, const Exchange& exchange, FirstWord first, const std::optional<std::string>& initial) {
  if (first == FirstWord::Client) {
    if (initial) return go_on(context, exchange, exchange->step(*initial));
    if (context.faults.has(Fault::InitialResponseDemanded)) return bad("Initial response missing");
    challenge(context, {});
    return await(context, exchange);
  }
  SaslStep step = exchange->step({});
  if (initial && step.kind == SaslStep::Kind::Challenge) step = exchange->step(*initial);
  return go_on(context, exchange, std::move(step));
}

// initial_response is the base64 of one: "=" is an empty response, and not none.
std::optional<std::string_view> initial_response(const Context& context, const syntax::Authenticate& command) {
  if (!command.initial_response || context.faults.has(Fault::InitialResponseIgnored)) return std::nullopt;
  const std::string_view text = *command.initial_response;
  if (text != "=") return text;
  if (context.faults.has(Fault::EmptyInitialResponseIgnored)) return std::nullopt;
  return std::string_view();
}

}  // namespace

Result authenticate(Context& context, const syntax::Authenticate& command) {
  const Mechanism* mechanism = mechanism_named(command.auth_type);
  if (mechanism == nullptr || !has_mechanism(context, *mechanism)) return no("Unsupported authentication mechanism");
  if (mechanism->plaintext && !plaintext_permitted(context)) return privacy_required();
  std::optional<std::string> initial;
  if (const auto text = initial_response(context, command)) {
    initial = decode_base64(*text);
    if (!initial) return invalid_base64(context);
    if (mechanism->first == FirstWord::Server) return bad("This mechanism takes no initial response");
  }
  const Exchange exchange = context.authentication.mechanisms->start(*mechanism, sasl_parties(context));
  if (!exchange) return no("Unsupported authentication mechanism");
  return begin(context, exchange, mechanism->first, initial);
}

}  // namespace imapspec::server::commands
