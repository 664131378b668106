// AUTHENTICATE, with the mechanism PLAIN (RFC 9051 section 6.2.2, RFC 4616)
#include "parser/core/ascii.h"
#include "parser/grammar/parse.h"
#include "server/commands/handlers.h"
#include "server/commands/login_policy.h"

namespace imapspec::server::commands {

namespace {

Result plain(Context& context, std::string_view base64) {
  const auto octets = decode_base64(base64);
  if (!octets) return invalid_base64(context);
  const auto message = parse_plain(*octets);
  if (!message) return authentication_failed();
  const std::string& user = message->authentication_id;
  if (!credentials_right(context, user, message->password)) return authentication_failed();
  if (!message->authorization_id.empty() && message->authorization_id != user) {
    return no(code("AUTHORIZATIONFAILED"), "No acting for others");
  }
  return log_in(context, user);
}

// answer takes the client's line; what is no base64 at all does not even parse.
Result answer(Context& context, std::string_view line) {
  const auto data = parser::parse_authenticate_data(line);
  if (!data) return invalid_base64(context);
  if (!*data) {
    if (context.faults.has(Fault::CancelNo)) return no("AUTHENTICATE canceled");
    return bad("AUTHENTICATE canceled");
  }
  return plain(context, **data);
}

}  // namespace

Result authenticate(Context& context, const syntax::Authenticate& command) {
  if (!parser::equal_ignoring_case(command.auth_type, "PLAIN")) return no("Unsupported authentication mechanism");
  if (!plain_permitted(context)) return privacy_required();
  if (command.initial_response) {
    // "=" is an empty response (section 6.2.2).
    return plain(context, *command.initial_response == "=" ? std::string_view() : *command.initial_response);
  }
  if (context.faults.has(Fault::ContinuationWithoutSpace)) {
    context.replies.raw("+\r\n");
  } else {
    context.replies.request("");
  }
  context.on_line = [&context](std::string_view line) { return answer(context, line); };
  return std::nullopt;
}

}  // namespace imapspec::server::commands
