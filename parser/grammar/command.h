// What a client sends.
//
// RFC 9051 sections 6, 9: command
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>
#include <variant>

#include "parser/core/cursor.h"
#include "parser/core/list.h"
#include "parser/grammar/authenticate.h"
#include "parser/grammar/date_time.h"
#include "parser/grammar/extensions/acl.h"
#include "parser/grammar/extensions/id.h"
#include "parser/grammar/extensions/modifiers.h"
#include "parser/grammar/extensions/quota.h"
#include "parser/grammar/extensions/unauthenticate.h"
#include "parser/grammar/fetch.h"
#include "parser/grammar/flag.h"
#include "parser/grammar/list.h"
#include "parser/grammar/mailbox.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/search.h"
#include "parser/grammar/sequence_set.h"
#include "parser/grammar/status.h"
#include "parser/grammar/string.h"
#include "parser/grammar/word.h"

namespace imapspec::parser {

// AppendMessage is a message for APPEND and what comes with it. `utf8` says that its header may have
// UTF-8 (UTF8=ACCEPT).
struct AppendMessage {
  List<Flag> flags;
  std::optional<DateTime> date_time;
  String octets;
  bool utf8 = false;
  friend bool operator==(const AppendMessage&, const AppendMessage&) = default;
};

namespace commands {

struct Capability {
  friend bool operator==(const Capability&, const Capability&) = default;
};
struct Noop {
  friend bool operator==(const Noop&, const Noop&) = default;
};
struct Logout {
  friend bool operator==(const Logout&, const Logout&) = default;
};
struct StartTls {
  friend bool operator==(const StartTls&, const StartTls&) = default;
};
struct Login {
  String userid;
  String password;
  friend bool operator==(const Login&, const Login&) = default;
};
struct Authenticate {
  AtomName auth_type;
  std::optional<InitialResponse> initial_response;
  friend bool operator==(const Authenticate&, const Authenticate&) = default;
};
struct Enable {
  List<AtomName> capabilities;
  friend bool operator==(const Enable&, const Enable&) = default;
};
struct Select {
  Mailbox mailbox;
  parser::List<SelectParameter> parameters;
  friend bool operator==(const Select&, const Select&) = default;
};
struct Examine {
  Mailbox mailbox;
  parser::List<SelectParameter> parameters;
  friend bool operator==(const Examine&, const Examine&) = default;
};
struct Create {
  Mailbox mailbox;
  friend bool operator==(const Create&, const Create&) = default;
};
struct Delete {
  Mailbox mailbox;
  friend bool operator==(const Delete&, const Delete&) = default;
};
struct Rename {
  Mailbox from;
  Mailbox to;
  friend bool operator==(const Rename&, const Rename&) = default;
};
struct Subscribe {
  Mailbox mailbox;
  friend bool operator==(const Subscribe&, const Subscribe&) = default;
};
struct Unsubscribe {
  Mailbox mailbox;
  friend bool operator==(const Unsubscribe&, const Unsubscribe&) = default;
};
struct List {
  ListArguments arguments;
  friend bool operator==(const List&, const List&) = default;
};
struct Namespace {
  friend bool operator==(const Namespace&, const Namespace&) = default;
};
struct Status {
  Mailbox mailbox;
  parser::List<StatusAtt> atts;
  friend bool operator==(const Status&, const Status&) = default;
};
// Append has one message; more with MULTIAPPEND.
struct Append {
  Mailbox mailbox;
  parser::List<AppendMessage> messages;
  friend bool operator==(const Append&, const Append&) = default;
};
struct Idle {
  friend bool operator==(const Idle&, const Idle&) = default;
};
struct Close {
  friend bool operator==(const Close&, const Close&) = default;
};
struct Unselect {
  friend bool operator==(const Unselect&, const Unselect&) = default;
};
// Expunge with `uids` is UID EXPUNGE.
struct Expunge {
  std::optional<SequenceSet> uids;
  friend bool operator==(const Expunge&, const Expunge&) = default;
};
// In the commands below `uid` tells the UID form, whose set holds UIDs.
struct Copy {
  bool uid = false;
  SequenceSet set;
  Mailbox mailbox;
  friend bool operator==(const Copy&, const Copy&) = default;
};
struct Move {
  bool uid = false;
  SequenceSet set;
  Mailbox mailbox;
  friend bool operator==(const Move&, const Move&) = default;
};
struct Fetch {
  bool uid = false;
  SequenceSet set;
  parser::List<FetchAtt> atts;
  parser::List<FetchModifier> modifiers;
  friend bool operator==(const Fetch&, const Fetch&) = default;
};
struct Store {
  enum class Operation : std::uint8_t { Replace, Add, Remove };
  bool uid = false;
  SequenceSet set;
  parser::List<StoreModifier> modifiers;
  Operation operation = Operation::Replace;
  bool silent = false;
  parser::List<Flag> flags;
  friend bool operator==(const Store&, const Store&) = default;
};
struct Search {
  bool uid = false;
  SearchProgram program;
  friend bool operator==(const Search&, const Search&) = default;
};
// Lsub and Check are RFC 3501's only.
struct Lsub {
  static constexpr std::string_view kName = "LSUB";
  Mailbox reference;
  String pattern;
  friend bool operator==(const Lsub&, const Lsub&) = default;
};
struct Check {
  static constexpr std::string_view kName = "CHECK";
  friend bool operator==(const Check&, const Check&) = default;
};

// Any is one command. Those of the extensions come last.
using Any = std::variant<Capability, Noop, Logout, StartTls, Login, Authenticate, Enable, Select, Examine, Create,
                         Delete, Rename, Subscribe, Unsubscribe, List, Namespace, Status, Append, Idle, Close, Unselect,
                         Expunge, Copy, Move, Fetch, Store, Search, Lsub, Check, Id, GetQuota, GetQuotaRoot, SetQuota,
                         GetAcl, SetAcl, DeleteAcl, ListRights, MyRights, Unauthenticate>;

}  // namespace commands

struct Command {
  Tag tag;
  commands::Any body;
  friend bool operator==(const Command&, const Command&) = default;
};

// AuthenticateData is the client's part of an authentication exchange: base64, or the cancel "*" (nullopt).
struct AuthenticateData {
  std::optional<Base64> base64;
  friend bool operator==(const AuthenticateData&, const AuthenticateData&) = default;
};

// IdleDone is the line that ends IDLE.
struct IdleDone {
  friend bool operator==(const IdleDone&, const IdleDone&) = default;
};

// command_name is the command's keyword, with "UID " in front of the UID forms.
std::string_view command_name(const commands::Any& body);

// command = tag SP (command-any / command-auth / command-nonauth / command-select) CRLF
//
// A unit on the wire: without the further lines of AUTHENTICATE and IDLE.
std::expected<Command, Error> command(Cursor& in, const Profile& profile);

// idle-done = "DONE" CRLF
std::expected<void, Error> idle_done(Cursor& in);

}  // namespace imapspec::parser
