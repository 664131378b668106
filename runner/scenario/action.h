// What the steps of a scenario do. docs/scenario-format.md, "Steps".
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "runner/scenario/wire_text.h"

namespace imapspec::runner {

struct Step;

// Start is the state in which the runner hands the connection to the first step.
enum class Start : std::uint8_t {
  Dialled,           // nothing read yet, no handshake yet
  Connected,         // greeting read; the cleartext port unless `tls: implicit`
  NotAuthenticated,  // TLS as the run says, not logged in
  Authenticated,     // logged in; the scratch mailbox exists if the scenario has one
  Selected,          // the scratch mailbox is selected
};

// TlsUse is which kind of connection a scenario is about.
enum class TlsUse : std::uint8_t { Default, None, StartTls, Implicit };

// ConnectionPlan is a connection that a scenario has besides its own. Its first use opens it.
struct ConnectionPlan {
  std::string name;
  bool second_user = false;
  Start start = Start::Authenticated;
  TlsUse tls = TlsUse::Default;
  Where where;
};

// kMainConnection is the name of the connection that every scenario has.
inline constexpr std::string_view kMainConnection = "main";

// Writing is how octets are cut into writes. By default all of them are one.
struct Writing {
  bool octet_by_octet = false;
  std::vector<std::size_t> cuts;     // offsets at which another write begins, ascending
  std::chrono::milliseconds gap{0};  // between two writes
};

// StartStep does nothing: its expectations are about what reaching the start state produced, the
// greeting or the responses to SELECT.
struct StartStep {};

// CommandStep sends a command: the runner adds tag and CRLF and waits at synchronizing literals.
struct CommandStep {
  WireText text;
  bool setup = false;           // has to complete with OK; otherwise the scenario is blocked, not failed
  std::optional<WireText> tag;  // instead of the runner's
  Writing writing;
  // Sent again for so long at most, until the step's first expectation holds; nullopt: sent once.
  std::optional<std::chrono::milliseconds> until;
};

// PipelineStep sends commands in one write, and then awaits the completion of each. The steps are CommandSteps
// without `setup`, and each has its own expectations about what came back for all of them.
struct PipelineStep {
  std::vector<Step> commands;
};

// ContinueStep sends one line of the command in progress, such as an AUTHENTICATE answer or DONE.
struct ContinueStep {
  WireText text;
  Writing writing;
};

// SendStep sends octets as they are, and then awaits the completion of `tags`.
struct SendStep {
  WireText text;
  std::vector<std::string> tags;
  Writing writing;
};

// WaitStep sends nothing and reads until its first expectation holds.
struct WaitStep {};

// QuietStep sends NOOP: nothing but its completion may come.
struct QuietStep {};

// PauseStep lets time pass.
struct PauseStep {
  std::chrono::milliseconds time{0};
};

// HandshakeFacts is what a handshake has to agree on; nullopt: whatever.
struct HandshakeFacts {
  std::optional<std::string> version;   // "1.2"
  std::optional<std::string> cipher;    // as OpenSSL calls it
  std::optional<std::string> protocol;  // selected by ALPN; empty: none
  std::optional<bool> resumed;
};

// TlsStep performs a handshake on the open connection, and reads the greeting where none was read.
struct TlsStep {
  enum class Expected : std::uint8_t { Succeeds, Refused, Either };
  Expected expected = Expected::Succeeds;
  std::optional<std::string> minimum;  // "1.0" .. "1.3"
  std::optional<std::string> maximum;  // offers up to this version only
  std::string ciphers;                 // of TLS 1.2 and older
  std::string suites;                  // of TLS 1.3
  std::optional<std::string> server_name;
  std::vector<std::string> protocols;      // ALPN
  std::optional<std::string> certificate;  // PEM of the client's certificate and key; empty: none; nullopt: the run's
  std::optional<std::size_t> resume;       // the connection whose session is offered
  HandshakeFacts facts;
};

// HalfCloseStep closes our direction and reads until `tags` completed; without tags, to the end of the connection.
struct HalfCloseStep {
  std::vector<std::string> tags;
};

// CloseStep closes the connection from our side, in order or with a reset.
struct CloseStep {
  bool reset = false;
};

// ConnectStep opens a new connection in the given start state in place of the current one.
struct ConnectStep {
  Start start = Start::Connected;
};

// AtOnceStep performs branches at the same time, each on connections of its own. All go to their ends.
struct AtOnceStep {
  std::vector<std::vector<Step>> branches;
};

// is_tag says whether the grammar takes `text` for a tag.
bool is_tag(std::string_view text);

// Action is what one step does.
using Action = std::variant<StartStep, CommandStep, PipelineStep, ContinueStep, SendStep, WaitStep, QuietStep,
                            PauseStep, TlsStep, HalfCloseStep, CloseStep, ConnectStep, AtOnceStep>;

}  // namespace imapspec::runner
