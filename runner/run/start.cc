#include "runner/run/start.h"

#include <fmt/format.h>

#include <utility>
#include <variant>

#include "parser/grammar/parse.h"
#include "runner/run/preparation.h"
#include "runner/run/sasl_plain.h"

namespace imapspec::runner {
namespace {

using parser::Status;

Blocked blocked(std::string reason) { return {.reason = std::move(reason)}; }

Blocked not_prepared(const Blocked& why) { return {"building the start state: " + why.reason, why.verdict}; }

// run sends one command that has to succeed for the scenario to begin.
std::expected<Exchange, Blocked> run(Conversation& conversation, const Bindings& bindings, std::string_view text) {
  auto done = must_succeed(conversation, bindings, text);
  if (!done) return std::unexpected(not_prepared(done.error()));
  return *std::move(done);
}

bool uses_starttls(const RunContext& context, TlsUse tls, Start start) {
  if (start <= Start::Connected) return false;
  return tls == TlsUse::StartTls || (tls == TlsUse::Default && context.options.tls == DefaultTls::StartTls);
}

Door door_for(const RunContext& context, TlsUse tls) {
  if (tls == TlsUse::Implicit) return Door::ImplicitTls;
  if (tls == TlsUse::Default && context.options.tls == DefaultTls::Implicit) return Door::ImplicitTls;
  return Door::Cleartext;
}

std::string_view last_status_text(const Exchange& exchange) {
  if (exchange.responses.empty() || !exchange.responses.back().response) return {};
  const auto* status = std::get_if<parser::StatusResponse>(&*exchange.responses.back().response);
  return status == nullptr ? std::string_view() : status->text.text;
}

std::expected<void, Blocked> authenticate(Conversation& conversation, const Bindings& bindings) {
  const auto& told = conversation.capabilities();
  if (!told || !has_capability(*told, "LOGINDISABLED") || !has_capability(*told, "AUTH=PLAIN")) {
    const auto done = run(conversation, bindings, "LOGIN {user} {password}");
    if (!done) return std::unexpected(done.error());
    return {};
  }
  Exchange begun =
      conversation.command(Outgoing{.text = {.segments = {"AUTHENTICATE PLAIN"}}, .until_continuation = true});
  const Exchange done = begun.completion() == nullptr && !begun.closed && !begun.trouble
                            ? conversation.go_on({.text = {.segments = {bindings.find("plain")->text}}})
                            : std::move(begun);
  const parser::StatusResponse* completion = done.completion();
  if (completion != nullptr && completion->status == Status::Ok) return {};
  return std::unexpected(blocked("logging in with AUTHENTICATE PLAIN failed"));
}

// A server of both revisions speaks the later one when it is asked to (RFC 9051 section 6.3.1).
std::expected<void, Blocked> enable_rev2(Conversation& conversation, const RunContext& context,
                                         const Bindings& bindings) {
  if (!context.probe.offers_rev1 || !context.probe.offers_rev2 || !conversation.speaks_rev2()) return {};
  const auto done = run(conversation, bindings, "ENABLE IMAP4rev2");
  if (!done) return std::unexpected(done.error());
  return {};
}

std::expected<void, Blocked> log_in(Conversation& conversation, const RunContext& context, const Bindings& bindings) {
  if (auto done = authenticate(conversation, bindings); !done) return done;
  return enable_rev2(conversation, context, bindings);
}

}  // namespace

std::optional<std::string> missing_door(const RunContext& context, TlsUse tls) {
  const Door door = door_for(context, tls);
  if (context.dialer.has(door)) return std::nullopt;
  return door == Door::Cleartext ? "no cleartext port of the server is known" : "no port of implicit TLS is known";
}

std::expected<Exchange, Blocked> reach_start(Conversation& conversation, const RunContext& context,
                                             const StartRequest& request, const Bindings& bindings) {
  if (auto missing = missing_door(context, request.tls)) return std::unexpected(blocked(std::move(*missing)));
  const Door door = door_for(context, request.tls);
  if (request.start == Start::Dialled) {
    if (auto dialled = conversation.dial(door); !dialled) return std::unexpected(blocked(dialled.error().message));
    return Exchange{};
  }
  auto greeting = conversation.connect(door);
  if (!greeting) return std::unexpected(blocked(greeting.error().message));
  if (greeting->closed && greeting->responses.empty()) {
    return std::unexpected(blocked("the server closed the connection without a greeting"));
  }
  if (request.start == Start::Connected) return std::move(*greeting);

  const parser::StatusResponse* status = nullptr;
  if (!greeting->responses.empty() && greeting->responses.front().response) {
    status = std::get_if<parser::StatusResponse>(&*greeting->responses.front().response);
  }
  const bool preauth = status != nullptr && status->status == Status::Preauth;
  // After BYE a server closes the connection; it may take its time.
  if (!conversation.open() || (status != nullptr && status->status == Status::Bye)) {
    return std::unexpected(
        blocked(fmt::format("the server refused the connection: {}", conversation.show(last_status_text(*greeting)))));
  }
  if (uses_starttls(context, request.tls, request.start)) {
    auto asked = run(conversation, bindings, "STARTTLS");
    if (!asked) return std::unexpected(asked.error());
    if (auto started = conversation.start_tls(context.options.tls_options); !started) {
      return std::unexpected(blocked("TLS handshake: " + started.error().message));
    }
  }
  if (request.start == Start::NotAuthenticated) {
    if (preauth) return std::unexpected(Blocked{"the server greets with PREAUTH", Verdict::Skip});
    return std::move(*greeting);
  }
  const Bindings& user = request.second_user ? as_second_user(bindings, context) : bindings;
  const auto entered = preauth ? enable_rev2(conversation, context, user) : log_in(conversation, context, user);
  if (!entered) return std::unexpected(entered.error());
  if (request.scratch && request.messages != nullptr) {
    auto created = run(conversation, bindings, "CREATE {mailbox}");
    if (!created) return std::unexpected(created.error());
    const auto put = put_messages(conversation, bindings, "{mailbox}", *request.messages);
    if (!put) return std::unexpected(not_prepared(put.error()));
  }
  if (request.start == Start::Authenticated) return Exchange{};
  return run(conversation, bindings, "SELECT {mailbox}");
}

Bindings as_second_user(const Bindings& bindings, const RunContext& context) {
  const Account& account = context.options.second_account;
  Bindings second = bindings;
  second.set_octets("user", account.user);
  second.set_octets("password", account.password);
  second.set_octets("plain", plain_message(account.user, account.password));
  return second;
}

}  // namespace imapspec::runner
