#include "parser/grammar/command.h"

#include <array>
#include <type_traits>

#include "parser/core/keyword.h"
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
  if (!in.take(' ')) return in.fail(rule, "SP");
  IMAPSPEC_TRY(const SequenceSet set, sequence_set(in, profile));
  if (!in.take(' ')) return in.fail(rule, "SP");
  return set;
}

// Each of the functions below reads what follows the command's keyword.

// command-any = "CAPABILITY" / "LOGOUT" / "NOOP"
// "STARTTLS", "CLOSE", "UNSELECT", "EXPUNGE", "NAMESPACE", and IDLE's first line
template <class T>
Outcome no_arguments(Cursor&, const Profile&) {
  return T{};
}

// login = "LOGIN" SP userid SP password
// userid = astring
// password = astring
Outcome login(Cursor& in, const Profile& profile) {
  commands::Login login;
  if (!in.take(' ')) return in.fail("login", "SP");
  IMAPSPEC_TRY(login.userid, astring(in, profile));
  if (!in.take(' ')) return in.fail("login", "SP");
  IMAPSPEC_TRY(login.password, astring(in, profile));
  return login;
}

// base64 = *(4base64-char) [base64-terminal]
// base64-terminal = (2base64-char "==") / (3base64-char "=")
//
// Note: L19. The bits that padding leaves over are not looked at: the grammar has "Zh==".
std::expected<std::string_view, Error> base64(Cursor& in) {
  Attempt attempt(in, "base64");
  const std::string_view rest = in.rest();
  std::size_t size = 0;
  while (size < rest.size() && is_base64_char(static_cast<unsigned char>(rest[size]))) ++size;
  in.skip(size);
  if (size % 4 == 1) return in.fail("base64", "base64-char");
  if (size % 4 == 2 && !in.take('=')) return in.fail("base64-terminal", "base64-char or \"==\"");
  if (size % 4 != 0 && !in.take('='))
    return in.fail("base64-terminal", size % 4 == 3 ? Name("base64-char or \"=\"") : Name("\"=\""));
  return attempt.accept(in.since(attempt.start()));
}

// authenticate = "AUTHENTICATE" SP auth-type [SP initial-resp]
//                *(CRLF base64)
// auth-type = atom
// initial-resp = (base64 / "=")
//
// Note: L18. base64 derives nothing, so the ABNF has an SP at the end; RFC 4959 has "=" for it.
Outcome authenticate(Cursor& in, const Profile& profile) {
  commands::Authenticate authenticate;
  if (!in.take(' ')) return in.fail("authenticate", "SP");
  IMAPSPEC_TRY(authenticate.auth_type, auth_type(in));
  if (profile.has(Extension::SaslIr) && in.take(' ')) {
    const std::size_t start = in.offset();
    if (in.take('=')) {
      authenticate.initial_response = in.since(start);
    } else {
      if (!is_base64_char(in.peek())) return in.fail("authenticate", "initial-resp, \"=\" when it is empty");
      IMAPSPEC_TRY(authenticate.initial_response, base64(in));
    }
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
  const Name rule = std::is_same_v<T, commands::Select> ? Name("select") : Name("examine");
  T command;
  IMAPSPEC_TRY(command.mailbox, sp_mailbox(in, profile, rule));
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

// status = "STATUS" SP mailbox SP
//          "(" status-att *(SP status-att) ")"
Outcome status(Cursor& in, const Profile& profile) {
  commands::Status status;
  IMAPSPEC_TRY(status.mailbox, sp_mailbox(in, profile, "status"));
  if (!in.take(' ')) return in.fail("status", "SP");
  IMAPSPEC_TRY(status.atts, status_atts(in, profile, "status"));
  return status;
}

// [SP flag-list] [SP date-time] SP literal
std::expected<void, Error> append_message(Cursor& in, const Profile& profile, AppendMessage& message) {
  if (!in.take(' ')) return in.fail("append", "SP");
  if (in.peek() == '(') {
    IMAPSPEC_TRY(message.flags, flag_list(in));
    if (!in.take(' ')) return in.fail("append", "SP");
  }
  if (in.peek() == '"') {
    IMAPSPEC_TRY(message.date_time, date_time(in));
    if (!in.take(' ')) return in.fail("append", "SP");
  }
  if (in.peek() != '{') return extension_append_data(in, profile, in.fail("literal", "\"{\"").error(), message);
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
    if (auto next = append_message(in, profile, messages.add()); !next) return std::unexpected(next.error());
  } while (profile.has(Extension::Multiappend) && in.peek() == ' ');
  append.messages = messages.list();
  return append;
}

// copy = "COPY" SP sequence-set SP mailbox
// move = "MOVE" SP sequence-set SP mailbox
template <class T>
Outcome copy_or_move(Cursor& in, const Profile& profile, bool uid, Name rule) {
  T command;
  command.uid = uid;
  IMAPSPEC_TRY(command.set, sp_set_sp(in, profile, rule));
  IMAPSPEC_TRY(command.mailbox, mailbox(in, profile));
  return command;
}

template <bool kUid>
Outcome copy(Cursor& in, const Profile& profile) {
  return copy_or_move<commands::Copy>(in, profile, kUid, "copy");
}

template <bool kUid>
Outcome move(Cursor& in, const Profile& profile) {
  return copy_or_move<commands::Move>(in, profile, kUid, "move");
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

// store = "STORE" SP sequence-set SP store-att-flags
// store-att-flags = (["+" / "-"] "FLAGS" [".SILENT"]) SP
//                   (flag-list / (flag *(SP flag)))
template <bool kUid>
Outcome store(Cursor& in, const Profile& profile) {
  commands::Store store;
  store.uid = kUid;
  if (!in.take(' ')) return in.fail("store", "SP");
  IMAPSPEC_TRY(store.set, sequence_set(in, profile));
  IMAPSPEC_TRY(store.modifiers, extension_store_modifiers(in, profile));
  if (!in.take(' ')) return in.fail("store", "SP");
  if (in.take('+')) {
    store.operation = commands::Store::Operation::Add;
  } else if (in.take('-')) {
    store.operation = commands::Store::Operation::Remove;
  }
  IMAPSPEC_TRY(store.silent, keyword(in, kStoreFlags, "store-att-flags", "FLAGS or FLAGS.SILENT"));
  if (!in.take(' ')) return in.fail("store-att-flags", "SP");
  if (in.peek() == '(') {
    IMAPSPEC_TRY(store.flags, flag_list(in));
    return store;
  }
  ListBuilder<Flag> flags(in.arena());
  do {
    IMAPSPEC_TRY(const Flag next, flag(in));
    flags.push(next);
  } while (in.take(' '));
  store.flags = flags.list();
  return store;
}

// uid-expunge = "EXPUNGE" SP sequence-set
Outcome uid_expunge(Cursor& in, const Profile& profile) {
  if (!in.take(' ')) return in.fail("uid-expunge", "SP");
  IMAPSPEC_TRY(const SequenceSet uids, sequence_set(in, profile));
  return commands::Expunge{uids};
}

// Form is what follows a command's keyword, and the extension that the keyword came with.
struct Form {
  Outcome (*arguments)(Cursor&, const Profile&) = nullptr;
  std::optional<Extension> extension;
};

std::expected<Form, Error> name_in(Cursor& in, const Profile& profile, const auto& table, Name rule) {
  return keyword(in, table, rule, "a command name",
                 [&profile](const Form& form) { return !form.extension || profile.has(*form.extension); });
}

constexpr auto kUidCommands = std::to_array<Keyword<Form>>({
    {"FETCH", {fetch<true>, {}}},
    {"STORE", {store<true>, {}}},
    {"SEARCH", {search<true>, {}}},
    {"COPY", {copy<true>, {}}},
    {"MOVE", {move<true>, Extension::Move}},
    {"EXPUNGE", {uid_expunge, Extension::Uidplus}},
});

// uid = "UID" SP
//       (copy / move / fetch / search / store /
//        uid-expunge)
Outcome uid(Cursor& in, const Profile& profile) {
  if (!in.take(' ')) return in.fail("uid", "SP");
  IMAPSPEC_TRY(const Form form, name_in(in, profile, kUidCommands, "uid"));
  return form.arguments(in, profile);
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
// Note: T10, T11. The state is for the session to know; AUTHENTICATE and IDLE are one line here.
constexpr auto kCommands = std::to_array<Keyword<Form>>({
    {"FETCH", {fetch<false>, {}}},
    {"UID", {uid, {}}},
    {"STORE", {store<false>, {}}},
    {"SEARCH", {search<false>, {}}},
    {"SELECT", {select<commands::Select>, {}}},
    {"NOOP", {no_arguments<commands::Noop>, {}}},
    {"LIST", {list, {}}},
    {"STATUS", {status, {}}},
    {"APPEND", {append, {}}},
    {"COPY", {copy<false>, {}}},
    {"MOVE", {move<false>, Extension::Move}},
    {"EXPUNGE", {no_arguments<commands::Expunge>, {}}},
    {"IDLE", {no_arguments<commands::Idle>, Extension::Idle}},
    {"CLOSE", {no_arguments<commands::Close>, {}}},
    {"UNSELECT", {no_arguments<commands::Unselect>, Extension::Unselect}},
    {"EXAMINE", {select<commands::Examine>, {}}},
    {"CREATE", {create, {}}},
    {"DELETE", {delete_, {}}},
    {"RENAME", {rename, {}}},
    {"SUBSCRIBE", {subscribe, {}}},
    {"UNSUBSCRIBE", {unsubscribe, {}}},
    {"CAPABILITY", {no_arguments<commands::Capability>, {}}},
    {"LOGOUT", {no_arguments<commands::Logout>, {}}},
    {"LOGIN", {login, {}}},
    {"AUTHENTICATE", {authenticate, {}}},
    {"STARTTLS", {no_arguments<commands::StartTls>, {}}},
    {"ENABLE", {enable, Extension::Enable}},
    {"NAMESPACE", {no_arguments<commands::Namespace>, Extension::Namespace}},
});

}  // namespace

// command = tag SP (command-any / command-auth /
//           command-nonauth / command-select) CRLF
//             ; Modal based on state
std::expected<Command, Error> command(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "command");
  Command result;
  IMAPSPEC_TRY(result.tag, tag(in));
  if (!in.take(' ')) return in.fail("command", "SP");
  const auto form = name_in(in, profile, kCommands, "command");
  IMAPSPEC_TRY(result.body, form ? form->arguments(in, profile) : extension_command(in, profile, form.error()));
  if (auto end = crlf(in, "command"); !end) return std::unexpected(end.error());
  return attempt.accept(result);
}

// authenticate-data = base64 / "*", as section 6.2.2 has it
//
// Note: L20. The ABNF of authenticate forgets the "*" that cancels.
std::expected<std::optional<std::string_view>, Error> authenticate_data(Cursor& in) {
  Attempt attempt(in, "authenticate-data");
  std::optional<std::string_view> data;
  if (!in.take('*')) {
    IMAPSPEC_TRY(data, base64(in));
  }
  if (auto end = crlf(in, "authenticate-data"); !end) return std::unexpected(end.error());
  return attempt.accept(data);
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
