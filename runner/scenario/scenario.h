// A scenario: one conversation with a server and what to make of it. docs/scenario-format.md
// describes the YAML it is written in.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "runner/result/result.h"
#include "runner/scenario/condition.h"

namespace imapspec::runner {

// WireText is text as the scenario has it, with our escape \xHH and {references} still in it.
struct WireText {
  std::string text;
  Where where;
};

// Start is the state in which the runner hands the connection to the first step.
enum class Start : std::uint8_t {
  Connected,         // greeting read; the cleartext port unless `tls: implicit`
  NotAuthenticated,  // TLS as the run says, not logged in
  Authenticated,     // logged in; the scratch mailbox exists if the scenario has one
  Selected,          // the scratch mailbox is selected
};

// Fixture is one message of the scratch mailbox.
struct Fixture {
  std::string file;  // name in the folder messages/ of the suite
  std::string octets;
  std::string flags;  // IMAP flag-list without parentheses; may be empty
  std::string date;   // IMAP date-time without quotes; may be empty
  Where where;
};

// Alternative is one thing a server may do, and what that is worth.
struct Alternative {
  WireText pattern;                // an IMAP response with holes, or "closed"
  std::optional<Verdict> verdict;  // nullopt: what was hoped for (Pass)
  std::optional<Condition> when;   // counts only where this holds
  std::string message;             // for the finding, where the verdict is not Pass
};

// Expectation is about the responses since the last thing sent.
struct Expectation {
  enum class Kind : std::uint8_t {
    Must,     // one alternative has to match
    MustNot,  // the (single) alternative must match nothing
    May,      // matches or not; binds captures
  };
  Kind kind = Kind::Must;
  std::vector<Alternative> alternatives;  // the first that matches decides
  std::string requirement;                // empty: the scenario's first
  Where where;
};

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

struct Step {
  std::variant<StartStep, CommandStep, ContinueStep, SendStep, TlsStep, CloseStep, ConnectStep, OtherStep> action;
  std::vector<Expectation> expectations;  // judged when the action is done
  bool until_continuation = false;        // stop reading at "+": an expectation asks for one
  Where where;
};

// TlsUse is which kind of connection a scenario is about.
enum class TlsUse : std::uint8_t { Default, None, StartTls, Implicit };

struct Scenario {
  std::string id;  // path below the suite's folder, without extension
  std::string title;
  std::vector<std::string> requirements;  // the first is what a failing step breaks by default
  Start start = Start::NotAuthenticated;
  TlsUse tls = TlsUse::Default;
  std::optional<Condition> needs;  // else: unimplemented
  std::string profile = "any";     // "rev1", "rev2" or "any"
  bool scratch = false;            // has a scratch mailbox, {mailbox}
  std::vector<Fixture> messages;
  std::map<std::string, std::string> let;  // names for octets, used as {name}
  std::vector<Step> steps;
  Where where;
};

}  // namespace imapspec::runner
