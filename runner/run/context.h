// What a run knows about its target and how it is to go.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "parser/grammar/profile.h"
#include "runner/monitor/monitor.h"
#include "runner/result/result.h"
#include "runner/run/link.h"
#include "runner/run/selection.h"
#include "runner/run/transcript.h"
#include "runner/scenario/target.h"

namespace imapspec::runner {

struct Account {
  std::string user;
  std::string password;
};

// DefaultTls is how connections are secured where a scenario does not care.
enum class DefaultTls : std::uint8_t { None, StartTls, Implicit };

// RunOptions is what the user said.
struct RunOptions {
  DefaultTls tls = DefaultTls::StartTls;
  TlsOptions tls_options;
  Account account;
  Account second_account;                   // empty without one
  std::string plaintext_login = "unknown";  // "refused", "allowed", "unknown": what the server is meant to do
  std::string mailbox_prefix;
  std::optional<std::string> delimiter;                // of the hierarchy of names; "": names are flat; nullopt: ask
  std::chrono::milliseconds answer_timeout{10'000};    // for one command
  std::chrono::milliseconds connect_timeout{5'000};    // for a connection, and for a handshake
  std::chrono::milliseconds scenario_timeout{60'000};  // for all of a scenario but its pauses
  unsigned time_scale = 1;                             // the server's clock goes so many times as fast
  std::size_t jobs = 1;
  std::size_t max_connections = 0;  // at once; 0: no limit
  BadCommands bad_commands;
  Consent consent;
  std::vector<std::string> profiles;  // "rev1", "rev2"; empty: all that the server offers
  std::function<std::string(std::string_view id, std::string_view profile)> reproduce;  // a scenario's command line
};

// Probe is what the sanity conversation learned about the server.
struct Probe {
  std::string greeting;
  std::vector<std::string> cleartext_capabilities;  // before TLS; empty where that was not looked at
  std::vector<std::string> capabilities;            // after login
  std::optional<std::string> delimiter;             // as the options have it, or as LIST tells it; nullopt: unknown
  bool offers_rev1 = false;
  bool offers_rev2 = false;
};

// RunContext is shared by all scenarios of a run; all of it is read-only but `interrupted`.
struct RunContext {
  const RunOptions& options;
  Dialer& dialer;
  const Probe& probe;
  const Secrets& secrets;
  const RequirementMap& ledger;
  std::string run_id;                                 // random, in the names of scratch mailboxes
  const std::atomic<int>& interrupted;                // a signal's number, or 0
  Clock::time_point ends = Clock::time_point::max();  // of the run
  std::vector<Canary> canaries = {};                  // what only one user's mail has
};

// grammar_profile is the grammar for a connection on which the revision `profile` is spoken.
parser::Profile grammar_profile(const Probe& probe, std::string_view profile);

// monitor_facts is what the monitor of a connection knows beside its octets: the accounts' passwords, the canaries, and
// what other connections were told.
MonitorFacts monitor_facts(const RunContext& context, std::shared_ptr<MailboxKnowledge> knowledge);

// has_capability looks in `capabilities`, and in what IMAP4rev2 contains (RFC 9051 Appendix E).
bool has_capability(const std::vector<std::string>& capabilities, std::string_view name);

}  // namespace imapspec::runner
