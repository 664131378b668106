// The sanity conversation: it proves that the server can be reached and used, and learns what
// it offers.
#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "parser/core/ascii.h"
#include "parser/grammar/parse.h"
#include "runner/run/executor.h"
#include "runner/run/sasl_plain.h"
#include "runner/run/start.h"

namespace imapspec::runner {
namespace {

using parser::Status;

// What is not known yet is read with the widest grammar: findings are the scenarios' business.
constexpr parser::Profile kWidest{.rev1 = true, .rev2 = true, .extensions = 0, .from_server = true};

// beginning is as much of a hostile greeting as fits into a sentence.
std::string beginning(const std::string& shown) {
  constexpr std::size_t kMost = 200;
  if (shown.size() <= kMost) return shown;
  return fmt::format("{}...", std::string_view(shown).substr(0, kMost));
}

class Prober {
 public:
  Prober(const RunOptions& options, Dialer& dialer, const Secrets& secrets, const std::atomic<int>& interrupted)
      : transcript_(secrets, Clock::now()),
        context_{options, dialer, probe_, secrets, no_ledger_, "probe", interrupted} {
    bindings_.set_octets("user", options.account.user);
    bindings_.set_octets("password", options.account.password);
    bindings_.set_octets("plain", plain_message(options.account.user, options.account.password));
  }

  std::expected<Probe, ProbeError> run() {
    if (auto looked = look_in_the_clear(); !looked) return std::unexpected(std::move(looked.error()));
    Conversation conversation(context_, kWidest, transcript_);
    const Start start = may_log_in() ? Start::Authenticated : Start::NotAuthenticated;
    const auto reached = reach_start(conversation, context_, {.start = start}, bindings_);
    if (!reached) return std::unexpected(error(reached.error().reason));
    if (auto told = capabilities(conversation, probe_.capabilities); !told) return std::unexpected(told.error());
    probe_.offers_rev1 = has_capability(probe_.capabilities, "IMAP4rev1");
    probe_.offers_rev2 = has_capability(probe_.capabilities, "IMAP4rev2");
    if (!probe_.offers_rev1 && !probe_.offers_rev2) {
      return std::unexpected(error("the server advertises neither IMAP4rev1 nor IMAP4rev2"));
    }
    if (auto told = hierarchy(conversation); !told) return std::unexpected(told.error());
    // Read-only: INBOX holds somebody's mail.
    for (const std::string_view command : {"EXAMINE INBOX", "LOGOUT"}) {
      if (!may_log_in() && command != "LOGOUT") continue;
      const Exchange exchange = conversation.command({.segments = {std::string(command)}});
      if (auto done = completed(conversation, exchange, command); !done) return std::unexpected(done.error());
    }
    conversation.close();
    return std::move(probe_);
  }

 private:
  // Where nothing may log in, the sanity conversation does not either.
  [[nodiscard]] bool may_log_in() const { return context_.options.consent.risk != Risk::P0; }

  ProbeError error(std::string message) { return {.message = std::move(message), .transcript = transcript_.take()}; }

  std::expected<void, ProbeError> completed(const Conversation& conversation, const Exchange& exchange,
                                            std::string_view command) {
    const auto why = conversation.why_not(exchange);
    if (!why) return {};
    return std::unexpected(error(fmt::format("{}: {}", command, *why)));
  }

  std::expected<void, ProbeError> capabilities(Conversation& conversation, std::vector<std::string>& into) {
    const Exchange exchange = conversation.command({.segments = {"CAPABILITY"}});
    if (auto done = completed(conversation, exchange, "CAPABILITY"); !done) return done;
    if (conversation.capabilities()) into = *conversation.capabilities();
    return {};
  }

  // LIST with an empty name tells the delimiter of the names that begin like the reference (RFC 9051 section 6.3.9).
  // Which answer to it is right is a scenario's business, but nothing fits that was said of another server.
  std::expected<void, ProbeError> hierarchy(Conversation& conversation) {
    probe_.delimiter = context_.options.delimiter;
    if (!may_log_in()) return {};
    Bindings reference;
    reference.set_octets("prefix", context_.options.mailbox_prefix);
    const auto list = expand("LIST {prefix:quoted} \"\"", reference);
    if (!list) return {};
    const Exchange exchange = conversation.command(*list);
    if (exchange.completion() == nullptr) return completed(conversation, exchange, "LIST");
    for (const Received& received : exchange.responses) {
      const auto* data = received.response ? std::get_if<parser::ListData>(&*received.response) : nullptr;
      if (data == nullptr) continue;
      const std::string told = data->list.delimiter ? data->list.delimiter->value() : std::string();
      if (probe_.delimiter && *probe_.delimiter != told) {
        return std::unexpected(
            error(fmt::format("its hierarchy delimiter was said to be {}, and its answer to LIST says {}",
                              delimiter_name(*probe_.delimiter), delimiter_name(told))));
      }
      probe_.delimiter = told;
      break;
    }
    return {};
  }

  [[nodiscard]] std::string delimiter_name(const std::string& delimiter) const {
    return delimiter.empty() ? "NIL" : '"' + transcript_.show(delimiter) + '"';
  }

  // The cleartext port's capabilities before TLS, where the server has that port.
  std::expected<void, ProbeError> look_in_the_clear() {
    Conversation conversation(context_, kWidest, transcript_);
    const bool clear = context_.dialer.has(Door::Cleartext);
    auto greeting = reach_start(conversation, context_,
                                {.start = Start::Connected, .tls = clear ? TlsUse::None : TlsUse::Implicit}, bindings_);
    if (!greeting) return std::unexpected(error(greeting.error().reason));
    if (greeting->responses.empty()) return std::unexpected(error("the server closed the connection at once"));
    const Received& first = greeting->responses.front();
    probe_.greeting = transcript_.show(first.octets);
    if (!first.response)
      return std::unexpected(error("it greets unlike an IMAP server: " + beginning(probe_.greeting)));
    if (!conversation.open() || std::get<parser::StatusResponse>(*first.response).status == Status::Bye) {
      return std::unexpected(error("the server refused the connection: " + beginning(probe_.greeting)));
    }
    if (!clear) return {};
    if (auto told = capabilities(conversation, probe_.cleartext_capabilities); !told) return told;
    conversation.close();
    return {};
  }

  Transcript transcript_;
  Probe probe_;
  const std::map<std::string, const Requirement*, std::less<>> no_ledger_;
  RunContext context_;
  Bindings bindings_;
};

}  // namespace

std::expected<Probe, ProbeError> probe_server(const RunOptions& options, Dialer& dialer, const Secrets& secrets,
                                              const std::atomic<int>& interrupted) {
  return Prober(options, dialer, secrets, interrupted).run();
}

}  // namespace imapspec::runner
