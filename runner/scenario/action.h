// What the steps of a scenario do. docs/scenario-format.md, "Steps".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "runner/scenario/wire_text.h"

namespace imapspec::runner {

// Start is the state in which the runner hands the connection to the first step.
enum class Start : std::uint8_t {
  Connected,         // greeting read; the cleartext port unless `tls: implicit`
  NotAuthenticated,  // TLS as the run says, not logged in
  Authenticated,     // logged in; the scratch mailbox exists if the scenario has one
  Selected,          // the scratch mailbox is selected
};

// TlsUse is which kind of connection a scenario is about.
enum class TlsUse : std::uint8_t { Default, None, StartTls, Implicit };

// StartStep does nothing: its expectations are about what reaching the start state produced, the
// greeting or the responses to SELECT.
struct StartStep {};

// CommandStep sends a command: the runner adds tag and CRLF and waits at synchronizing literals.
struct CommandStep {
  WireText text;
  bool setup = false;  // has to complete with OK; otherwise the scenario is blocked, not failed
};

// ContinueStep sends one line of the command in progress, such as an AUTHENTICATE answer or DONE.
struct ContinueStep {
  WireText text;
};

// SendStep sends octets as they are, in one write, and then awaits the completion of `tags`.
struct SendStep {
  WireText text;
  std::vector<std::string> tags;
};

// TlsStep performs a handshake on the open connection.
struct TlsStep {
  enum class Expected : std::uint8_t { Succeeds, Refused, Either };
  Expected expected = Expected::Succeeds;
  std::optional<std::string> maximum;  // "1.0" .. "1.3": offers up to this version only
};

// CloseStep closes the connection from our side.
struct CloseStep {};

// ConnectStep opens a new connection in the given start state in place of the current one.
struct ConnectStep {
  Start start = Start::Connected;
};

// OtherStep sends a command on a second connection of the same user, which its first use opens and logs in. It has
// to complete with OK; otherwise the scenario is blocked.
struct OtherStep {
  WireText text;
};

// Action is what one step does.
using Action = std::variant<StartStep, CommandStep, ContinueStep, SendStep, TlsStep, CloseStep, ConnectStep, OtherStep>;

}  // namespace imapspec::runner
