// A scenario: one conversation with a server and what to make of it. docs/scenario-format.md
// describes the YAML it is written in.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "runner/result/result.h"
#include "runner/scenario/action.h"
#include "runner/scenario/condition.h"
#include "runner/scenario/expression.h"
#include "runner/scenario/wire_text.h"

namespace imapspec::runner {

// Fixture is one message of the scratch mailbox.
struct Fixture {
  std::string file;  // name in the folder messages/ of the suite; empty where it is none
  std::string octets;
  std::string flags;  // IMAP flag-list without parentheses; may be empty
  std::string date;   // IMAP date-time without quotes; may be empty
  Where where;
};

// MailboxLayout is a mailbox that a scenario has besides its own scratch mailbox.
struct MailboxLayout {
  std::string name;  // the scenario's name for it: {name} is what it is called on the server
  std::vector<Fixture> messages;
  bool subscribed = false;
  std::string special_use;   // "\\Sent", or empty
  bool second_user = false;  // the second user has it
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
    InOrder,  // all "alternatives" have to match, one response after the other
    Only,     // all "alternatives" have to match, a response each, and nothing else of their kinds is there
    Check,    // `check` has to hold; there are no alternatives
  };
  Kind kind = Kind::Must;
  std::vector<Alternative> alternatives;  // the first that matches decides
  bool among_untagged = false;            // of Only: nothing else untagged is there
  std::string text;                       // what the human-readable text has to contain, "*" for anything; or empty
  std::optional<Expression> check;
  std::string requirement;  // empty: the scenario's first
  Where where;
};

struct Step {
  Action action;
  std::size_t connection = 0;                       // 0: the scenario's own; otherwise Scenario::connections, from 1
  std::optional<std::chrono::milliseconds> within;  // for each answer; nullopt: as the run says
  std::string requirement;                          // of what the action itself expects; empty: the scenario's first
  std::vector<Expectation> expectations;            // judged when the action is done
  bool until_continuation = false;                  // stop reading at "+": an expectation asks for one
  Where where;
};

// Risk is what a scenario may do to the server it runs against.
enum class Risk : std::uint8_t {
  P0,  // harmless: it never logs in
  P1,  // logs in, and touches nothing but scratch mailboxes
  P2,  // puts a bounded load on the server
  P3,  // may crash or hang it: for a server on this machine only
};

struct Scenario {
  std::string id;  // path below the suite's folder, without extension; then the row of `each` in brackets
  std::string title;
  std::vector<std::string> requirements;  // the first is what a failing step breaks by default
  Start start = Start::NotAuthenticated;
  TlsUse tls = TlsUse::Default;
  std::optional<Condition> needs;  // else: unimplemented
  std::string profile = "any";     // "rev1", "rev2" or "any"
  bool scratch = false;            // has a scratch mailbox, {mailbox}
  std::vector<Fixture> messages;
  std::vector<MailboxLayout> mailboxes;     // besides it
  std::map<std::string, Where> named;       // the names of let, each and mailboxes
  std::map<std::string, std::string> let;   // names for octets, used as {name}
  std::vector<ConnectionPlan> connections;  // besides the scenario's own
  std::vector<Step> steps;
  std::chrono::milliseconds pauses{0};  // of all steps together
  std::uint64_t version = 1;            // verdicts of different versions do not compare
  Risk risk = Risk::P1;
  bool inbox = false;             // names INBOX
  bool reconnect = false;         // no command needs what an earlier one did: any of them may begin a new connection
  std::vector<std::string> tags;  // "slow": waits for more than a second
  std::set<std::string, std::less<>> sends;  // the names whose values it sends
  Where where;
};

}  // namespace imapspec::runner
