// What conditions of a scenario are told, on the connection of a step.
#include <optional>
#include <string>
#include <string_view>

#include "parser/grammar/parse.h"
#include "runner/run/step_run.h"

namespace imapspec::runner {
namespace {

// handshake_fact is what a condition is told of a handshake.
std::string handshake_fact(const std::optional<TlsFacts>& facts, std::string_view name) {
  if (name == "tls-resumed") return facts && facts->resumed ? "yes" : "no";
  if (name == "tls-version" && facts) return facts->number();
  if (name == "tls-cipher" && facts) return facts->cipher;
  if (name == "tls-alpn" && facts && !facts->protocol.empty()) return facts->protocol;
  return "none";
}

}  // namespace

bool StepRun::knows_capability(std::string_view name) const {
  if (told_) return has_capability(*told_, name);
  const ConnectionPlan& plan = connection_->plan;
  const bool clear = connection_->conversation ? !connection_->conversation->is_tls() : plan.tls == TlsUse::None;
  const bool before_login = plan.start <= Start::NotAuthenticated;
  const Probe& probe = scope_.context.probe;
  if (clear && before_login && !probe.cleartext_capabilities.empty()) {
    return has_capability(probe.cleartext_capabilities, name);
  }
  return has_capability(probe.capabilities, name);
}

std::string StepRun::fact(std::string_view name) const {
  if (name == "profile") return std::string(scope_.profile);
  if (name == "plaintext-login") return scope_.context.options.plaintext_login;
  if (name == "tls") {
    switch (scope_.context.options.tls) {
      case DefaultTls::None:
        return "none";
      case DefaultTls::StartTls:
        return "starttls";
      case DefaultTls::Implicit:
        return "implicit";
    }
  }
  if (!connection_->conversation) return {};
  return handshake_fact(connection_->conversation->handshake(), name);
}

}  // namespace imapspec::runner
