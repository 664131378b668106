// The step that performs a TLS handshake.
#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>

#include "runner/run/step_run.h"

namespace imapspec::runner {
namespace {

TlsVersion version_named(std::string_view name) {
  if (name == "1.0") return TlsVersion::Tls1_0;
  if (name == "1.1") return TlsVersion::Tls1_1;
  return name == "1.2" ? TlsVersion::Tls1_2 : TlsVersion::Tls1_3;
}

// options_for is what the run says, as the step changes it.
TlsOptions options_for(const TlsStep& action, TlsOptions options) {
  if (action.maximum) {
    options.maximum = version_named(*action.maximum);
    // An old client offers all that it has.
    if (options.maximum < TlsVersion::Tls1_2) options.minimum = TlsVersion::Tls1_0;
  }
  if (action.minimum) options.minimum = version_named(*action.minimum);
  options.ciphers = action.ciphers;
  options.suites = action.suites;
  options.indicated = action.server_name;
  options.protocols = action.protocols;
  if (action.certificate) options.certificate = *action.certificate;
  return options;
}

}  // namespace

bool StepRun::act(const Step& step, const TlsStep& action) {
  TlsOptions options = options_for(action, scope_.context.options.tls_options);
  if (action.resume) {
    const Connection& earlier = scope_.connections.at(*action.resume);
    options.session = earlier.conversation ? earlier.conversation->session() : nullptr;
    if (!options.session) options.session = earlier.session;
    if (!options.session) return end(Verdict::Skip, "the server gave no TLS session that could be resumed");
  }
  // Who closed the connection before was not asked.
  if (action.expected == TlsStep::Expected::Refused && !connection_->conversation->open()) {
    return end(Verdict::Error, "the connection was closed before the TLS handshake");
  }
  auto started = connection_->conversation->start_tls(options);
  Exchange& exchange = connection_->exchange;
  exchange = Exchange{};
  exchange.sent = action.maximum ? "(a TLS handshake up to TLS " + *action.maximum + ")" : "(a TLS handshake)";
  using Kind = LinkError::Kind;
  if (started) {
    if (action.expected == TlsStep::Expected::Refused) {
      return missed(step, "a refused handshake", "accepted the handshake");
    }
    if (!agreed(step, action.facts, *started)) return false;
    exchange = connection_->conversation->read_greeting();
    return true;
  }
  switch (started.error().kind) {
    case Kind::TlsUnavailable:
      return end(Verdict::Skip, started.error().message);
    case Kind::TlsRefused:
    case Kind::Closed:
      if (action.expected == TlsStep::Expected::Succeeds) {
        return missed(step, "a TLS handshake", "refused the handshake");
      }
      // Nothing more can be said on this connection; a scenario may open another.
      return action.expected == TlsStep::Expected::Refused;
    default:
      return end(Verdict::Error, "TLS handshake: " + started.error().message);
  }
}

bool StepRun::agreed(const Step& step, const HandshakeFacts& wanted, const TlsFacts& got) {
  const auto quoted_or = [](const std::string& text, const char* none) { return text.empty() ? none : text; };
  if (wanted.version && got.number() != *wanted.version) {
    return missed(step, "TLS " + *wanted.version, "negotiated " + got.version);
  }
  if (wanted.cipher && got.cipher != *wanted.cipher) return missed(step, *wanted.cipher, "negotiated " + got.cipher);
  if (wanted.protocol && got.protocol != *wanted.protocol) {
    return missed(step, "ALPN: " + quoted_or(*wanted.protocol, "nothing"),
                  "selected by ALPN: " + quoted_or(got.protocol, "nothing"));
  }
  if (wanted.resumed && got.resumed != *wanted.resumed) {
    return missed(step, *wanted.resumed ? "a resumed session" : "a new session",
                  got.resumed ? "resumed the session" : "did not resume the session");
  }
  return true;
}

}  // namespace imapspec::runner
