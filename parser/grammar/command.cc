#include "parser/grammar/command.h"

#include <array>
#include <type_traits>

#include "parser/core/keyword.h"
#include "parser/grammar/authenticate.h"
#include "parser/grammar/capability.h"
#include "parser/grammar/char_class.h"
#include "parser/grammar/extensions/hooks.h"

namespace imapspec::parser {

namespace {

using Outcome = std::expected<commands::Any, Error>;

// SP mailbox
std::expected<Mailbox, Error> sp_mailbox(Cursor& in, const Profile& profile, Name rule) {
  if (!in.take(' ')) return in.fail(rule, "SP");
  return mailbox(in, profile);
}

// SP sequence-set SP
std::expected<SequenceSet, Error> sp_set_sp(Cursor& in, const Profile& profile, Name rule) {
  IMAPSPEC_CHECK(sp(in, rule));
  IMAPSPEC_TRY(const SequenceSet set, sequence_set(in, profile));
  IMAPSPEC_CHECK(sp(in, rule));
  return set;
}

// Each of the functions below reads what follows the command's keyword: a piece of the rule that kCommands names.

// command-any = "CAPABILITY" / "LOGOUT" / "NOOP"
// "STARTTLS", "CHECK", "CLOSE", "UNSELECT", "EXPUNGE", "NAMESPACE", and IDLE's first line
template <class T>
Outcome no_arguments(Cursor&, const Profile&) {
  return T{};
}

// login = "LOGIN" SP userid SP password
// userid = astring
// password = astring
Outcome login(Cursor& in, const Profile& profile) {
  commands::Login login;
  IMAPSPEC_CHECK(sp(in, "login"));
  IMAPSPEC_TRY(login.userid, astring(in, profile, "userid"));
  IMAPSPEC_CHECK(sp(in, "login"));
  IMAPSPEC_TRY(login.password, astring(in, profile, "password"));
  return login;
}

// authenticate = "AUTHENTICATE" SP auth-type [SP initial-resp]
//                *(CRLF base64)
//
// Note: T10. The further lines are units of their own: authenticate-data.
Outcome authenticate(Cursor& in, const Profile& profile) {
  commands::Authenticate authenticate;
  IMAPSPEC_CHECK(sp(in, "authenticate"));
  IMAPSPEC_TRY(authenticate.auth_type, auth_type(in));
  if (profile.has(Extension::SaslIr) && in.take(' ')) {
    IMAPSPEC_TRY(authenticate.initial_response, initial_resp(in));
  }
  return authenticate;
}

// enable = "ENABLE" 1*(SP capability)
//
// Note: T53. At least one, other than in ENABLED.
Outcome enable(Cursor& in, const Profile&) {
  commands::Enable enable;
  IMAPSPEC_TRY(enable.capabilities, capabilities(in, true, "enable"));
  return enable;
}

// select = "SELECT" SP mailbox
// examine = "EXAMINE" SP mailbox
template <class T>
Outcome select(Cursor& in, const Profile& profile) {
  T command;
  IMAPSPEC_TRY(command.mailbox,
               sp_mailbox(in, profile, std::is_same_v<T, commands::Select> ? Name("select") : Name("examine")));
  IMAPSPEC_TRY(command.parameters, extension_select_params(in, profile));
  return command;
}

// create = "CREATE" SP mailbox
Outcome create(Cursor& in, const Profile& profile) {
  IMAPSPEC_TRY(const Mailbox mailbox, sp_mailbox(in, profile, "create"));
  return commands::Create{mailbox};
}

// delete = "DELETE" SP mailbox
Outcome delete_(Cursor& in, const Profile& profile) {
  IMAPSPEC_TRY(const Mailbox mailbox, sp_mailbox(in, profile, "delete"));
  return commands::Delete{mailbox};
}

// rename = "RENAME" SP mailbox SP mailbox
Outcome rename(Cursor& in, const Profile& profile) {
  commands::Rename rename;
  IMAPSPEC_TRY(rename.from, sp_mailbox(in, profile, "rename"));
  IMAPSPEC_TRY(rename.to, sp_mailbox(in, profile, "rename"));
  return rename;
}

// subscribe = "SUBSCRIBE" SP mailbox
Outcome subscribe(Cursor& in, const Profile& profile) {
  IMAPSPEC_TRY(const Mailbox mailbox, sp_mailbox(in, profile, "subscribe"));
  return commands::Subscribe{mailbox};
}

// unsubscribe = "UNSUBSCRIBE" SP mailbox
Outcome unsubscribe(Cursor& in, const Profile& profile) {
  IMAPSPEC_TRY(const Mailbox mailbox, sp_mailbox(in, profile, "unsubscribe"));
  return commands::Unsubscribe{mailbox};
}

Outcome list(Cursor& in, const Profile& profile) {
  IMAPSPEC_TRY(const ListArguments arguments, list_arguments(in, profile));
  return commands::List{arguments};
}

// lsub = "LSUB" SP mailbox SP list-mailbox
Outcome lsub(Cursor& in, const Profile& profile) {
  commands::Lsub lsub;
  IMAPSPEC_TRY(lsub.reference, sp_mailbox(in, profile, "lsub"));
  IMAPSPEC_CHECK(sp(in, "lsub"));
  IMAPSPEC_TRY(lsub.pattern, list_mailbox(in, profile));
  return lsub;
}

// status = "STATUS" SP mailbox SP
//          "(" status-att *(SP status-att) ")"
Outcome status(Cursor& in, const Profile& profile) {
  commands::Status status;
  IMAPSPEC_TRY(status.mailbox, sp_mailbox(in, profile, "status"));
  IMAPSPEC_CHECK(sp(in, "status"));
  IMAPSPEC_TRY(status.atts, status_atts(in, profile, "status"));
  return status;
}

// [SP flag-list] [SP date-time] SP literal
std::expected<void, Error> append_message(Cursor& in, const Profile& profile, AppendMessage& message) {
  IMAPSPEC_CHECK(sp(in, "append"));
  Name expected = "flag-list, date-time or literal";
  if (in.peek() == '(') {
    IMAPSPEC_TRY(message.flags, flag_list(in));
    IMAPSPEC_CHECK(sp(in, "append"));
    expected = "date-time or literal";
  }
  if (in.peek() == '"') {
    IMAPSPEC_TRY(message.date_time, date_time(in));
    IMAPSPEC_CHECK(sp(in, "append"));
    expected = "literal";
  }
  if (in.peek() != '{') return extension_append_data(in, profile, in.fail("append", expected).error(), message);
  IMAPSPEC_TRY(message.octets, literal(in, profile));
  return {};
}

// append = "APPEND" SP mailbox [SP flag-list] [SP date-time]
//          SP literal
Outcome append(Cursor& in, const Profile& profile) {
  commands::Append append;
  IMAPSPEC_TRY(append.mailbox, sp_mailbox(in, profile, "append"));
  ListBuilder<AppendMessage> messages(in.arena());
  do {
    IMAPSPEC_CHECK(append_message(in, profile, messages.add()));
  } while (profile.has(Extension::Multiappend) && in.peek() == ' ');
  append.messages = messages.list();
  return append;
}

// copy = "COPY" SP sequence-set SP mailbox
// move = "MOVE" SP sequence-set SP mailbox
template <class T, bool kUid>
Outcome copy_or_move(Cursor& in, const Profile& profile) {
  T command;
  command.uid = kUid;
  IMAPSPEC_TRY(command.set, sp_set_sp(in, profile, std::is_same_v<T, commands::Copy> ? Name("copy") : Name("move")));
  IMAPSPEC_TRY(command.mailbox, mailbox(in, profile));
  return command;
}

// fetch = "FETCH" SP sequence-set SP (
//         "ALL" / "FULL" / "FAST" /
//         fetch-att / "(" fetch-att *(SP fetch-att) ")")
template <bool kUid>
Outcome fetch(Cursor& in, const Profile& profile) {
  commands::Fetch fetch;
  fetch.uid = kUid;
  IMAPSPEC_TRY(fetch.set, sp_set_sp(in, profile, "fetch"));
  IMAPSPEC_TRY(fetch.atts, fetch_atts(in, profile));
  IMAPSPEC_TRY(fetch.modifiers, extension_fetch_modifiers(in, profile, kUid));
  return fetch;
}

template <bool kUid>
Outcome search(Cursor& in, const Profile& profile) {
  IMAPSPEC_TRY(const SearchProgram program, search_program(in, profile));
  return commands::Search{kUid, program};
}

constexpr auto kStoreFlags = std::to_array<Keyword<bool>>({{"FLAGS", false}, {"FLAGS.SILENT", true}});

// store-att-flags = (["+" / "-"] "FLAGS" [".SILENT"]) SP
//                   (flag-list / (flag *(SP flag)))
std::expected<void, Error> store_att_flags(Cursor& in, commands::Store& store) {
  Attempt attempt(in, "store-att-flags");
  if (in.take('+')) {
    store.operation = commands::Store::Operation::Add;
  } else if (in.take('-')) {
    store.operation = commands::Store::Operation::Remove;
  }
  IMAPSPEC_TRY(store.silent, keyword(in, kStoreFlags, "store-att-flags",
                                     in.offset() == attempt.start() ? Name("\"+\", \"-\", FLAGS or FLAGS.SILENT")
                                                                    : Name("FLAGS or FLAGS.SILENT")));
  if (!in.take(' ')) return attempt.fail("SP");
  if (in.peek() == '(') {
    IMAPSPEC_TRY(store.flags, flag_list(in));
    return attempt.accept();
  }
  ListBuilder<Flag> flags(in.arena());
  do {
    IMAPSPEC_TRY(const Flag next, flag(in));
    flags.push(next);
  } while (in.take(' '));
  store.flags = flags.list();
  return attempt.accept();
}

// store = "STORE" SP sequence-set SP store-att-flags
template <bool kUid>
Outcome store(Cursor& in, const Profile& profile) {
  commands::Store store;
  store.uid = kUid;
  IMAPSPEC_CHECK(sp(in, "store"));
  IMAPSPEC_TRY(store.set, sequence_set(in, profile));
  IMAPSPEC_TRY(store.modifiers, extension_store_modifiers(in, profile));
  IMAPSPEC_CHECK(sp(in, "store"));
  IMAPSPEC_CHECK(store_att_flags(in, store));
  return store;
}

// uid-expunge = "EXPUNGE" SP sequence-set
Outcome uid_expunge(Cursor& in, const Profile& profile) {
  IMAPSPEC_CHECK(sp(in, "uid-expunge"));
  IMAPSPEC_TRY(const SequenceSet uids, sequence_set(in, profile));
  return commands::Expunge{uids};
}

// Form is what follows a command's keyword, the rules that begin with it, and what the keyword came with.
struct Form {
  Outcome (*arguments)(Cursor&, const Profile&) = nullptr;
  Name group;  // command-any etc.; empty behind "UID"
  Name rule;   // empty where the group has the keyword itself
  std::optional<Extension> extension;
  bool rev1 = false;  // in RFC 3501 only
};

std::expected<Form, Error> name_in(Cursor& in, const Profile& profile, const auto& table, Name rule) {
  return keyword(in, table, rule, "a command name", [&profile](const Form& form) {
    return (!form.extension || profile.has(*form.extension)) && (!form.rev1 || profile.rev1);
  });
}

// From the octet after the keyword.
Outcome body_of(Cursor& in, const Profile& profile, const Form& form) {
  const std::size_t start = in.keyword_start();
  Attempt group(in, form.group, start);
  Attempt rule(in, form.rule, start);
  auto body = form.arguments(in, profile);
  if (body) {
    rule.accept();
    group.accept();
  }
  return body;
}

constexpr auto kUidCommands = std::to_array<Keyword<Form>>({
    {"FETCH", {fetch<true>, {}, "fetch", {}}},
    {"STORE", {store<true>, {}, "store", {}}},
    {"SEARCH", {search<true>, {}, "search", {}}},
    {"COPY", {copy_or_move<commands::Copy, true>, {}, "copy", {}}},
    {"MOVE", {copy_or_move<commands::Move, true>, {}, "move", Extension::Move}},
    {"EXPUNGE", {uid_expunge, {}, "uid-expunge", Extension::Uidplus}},
});

// uid = "UID" SP
//       (copy / move / fetch / search / store /
//        uid-expunge)
Outcome uid(Cursor& in, const Profile& profile) {
  IMAPSPEC_CHECK(sp(in, "uid"));
  IMAPSPEC_TRY(const Form form, name_in(in, profile, kUidCommands, "uid"));
  return body_of(in, profile, form);
}

// command-any = "CAPABILITY" / "LOGOUT" / "NOOP"
// command-auth = append / create / delete / enable / examine /
//                list / namespace-command / rename /
//                select / status / subscribe / unsubscribe /
//                idle
// command-nonauth = login / authenticate / "STARTTLS"
// command-select = "CLOSE" / "UNSELECT" / "EXPUNGE" / copy /
//                  move / fetch / store / search / uid
//
// Note: T10, T11. The state is for the session to know; AUTHENTICATE and IDLE are one line here. T55. The x-command of
// RFC 3501 has arguments that are prose: nothing is one.
constexpr Name kAny = "command-any";
constexpr Name kAuth = "command-auth";
constexpr Name kNonauth = "command-nonauth";
constexpr Name kSelect = "command-select";
constexpr auto kCommands = std::to_array<Keyword<Form>>({
    {"FETCH", {fetch<false>, kSelect, "fetch", {}}},
    {"UID", {uid, kSelect, "uid", {}}},
    {"STORE", {store<false>, kSelect, "store", {}}},
    {"SEARCH", {search<false>, kSelect, "search", {}}},
    {"SELECT", {select<commands::Select>, kAuth, "select", {}}},
    {"NOOP", {no_arguments<commands::Noop>, kAny, {}, {}}},
    {"LIST", {list, kAuth, "list", {}}},
    {"STATUS", {status, kAuth, "status", {}}},
    {"APPEND", {append, kAuth, "append", {}}},
    {"COPY", {copy_or_move<commands::Copy, false>, kSelect, "copy", {}}},
    {"MOVE", {copy_or_move<commands::Move, false>, kSelect, "move", Extension::Move}},
    {"EXPUNGE", {no_arguments<commands::Expunge>, kSelect, {}, {}}},
    {"IDLE", {no_arguments<commands::Idle>, kAuth, "idle", Extension::Idle}},
    {"CLOSE", {no_arguments<commands::Close>, kSelect, {}, {}}},
    {"UNSELECT", {no_arguments<commands::Unselect>, kSelect, {}, Extension::Unselect}},
    {"EXAMINE", {select<commands::Examine>, kAuth, "examine", {}}},
    {"CREATE", {create, kAuth, "create", {}}},
    {"DELETE", {delete_, kAuth, "delete", {}}},
    {"RENAME", {rename, kAuth, "rename", {}}},
    {"SUBSCRIBE", {subscribe, kAuth, "subscribe", {}}},
    {"UNSUBSCRIBE", {unsubscribe, kAuth, "unsubscribe", {}}},
    {"CAPABILITY", {no_arguments<commands::Capability>, kAny, {}, {}}},
    {"LOGOUT", {no_arguments<commands::Logout>, kAny, {}, {}}},
    {"LOGIN", {login, kNonauth, "login", {}}},
    {"AUTHENTICATE", {authenticate, kNonauth, "authenticate", {}}},
    {"STARTTLS", {no_arguments<commands::StartTls>, kNonauth, {}, {}}},
    {"ENABLE", {enable, kAuth, "enable", Extension::Enable}},
    {"NAMESPACE", {no_arguments<commands::Namespace>, kAuth, "namespace-command", Extension::Namespace}},
    {"LSUB", {lsub, kAuth, "lsub", {}, true}},
    {"CHECK", {no_arguments<commands::Check>, kSelect, {}, {}, true}},
});

}  // namespace

// command = tag SP (command-any / command-auth /
//           command-nonauth / command-select) CRLF
//             ; Modal based on state
std::expected<Command, Error> command(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "command");
  Command result;
  IMAPSPEC_TRY(result.tag, tag(in));
  if (!in.take(' ')) return attempt.fail("SP");
  const auto form = name_in(in, profile, kCommands, "command");
  IMAPSPEC_TRY(result.body, form ? body_of(in, profile, *form) : extension_command(in, profile, form.error()));
  IMAPSPEC_CHECK(crlf(in, "command"));
  return attempt.accept(result);
}

// The second line of
// idle = "IDLE" CRLF "DONE"
std::expected<void, Error> idle_done(Cursor& in) {
  Attempt attempt(in, "idle-done");
  if (!in.take_word("DONE", "idle-done")) return attempt.fail("DONE");
  IMAPSPEC_CHECK(crlf(in, "idle-done"));
  return attempt.accept();
}

}  // namespace imapspec::parser
