#include <type_traits>
#include <variant>

#include "parser/grammar/extensions/utf8.h"
#include "parser/grammar/serialize.h"
#include "parser/grammar/write.h"

namespace imapspec::parser {

namespace {

template <class T>
void piece(const T& value, Writer& out) {
  out.sp();
  write(value, out);
}

void write_flags(const List<Flag>& flags, Writer& out) {
  write_joined(flags, out, [](const Flag& flag, Writer& to) { write(flag, to); });
}

// ---- the arguments of each command, with the SP in front of them

template <class T>
  requires std::is_empty_v<T>
void write_arguments(const T&, Writer&) {}  // of the commands that take none

void write_arguments(const commands::Login& login, Writer& out) {
  out.sp();
  write_astring(login.userid, out);
  out.sp();
  write_astring(login.password, out);
}

void write_arguments(const commands::Authenticate& authenticate, Writer& out) {
  out.sp();
  out.word(authenticate.auth_type);
  if (authenticate.initial_response) piece(*authenticate.initial_response, out);
}

void write_arguments(const commands::Enable& enable, Writer& out) {
  for (const std::string_view capability : enable.capabilities) piece(capability, out);
}

void write_arguments(const commands::Select& select, Writer& out) {
  piece(select.mailbox, out);
  write_modifiers(select.parameters, out);
}

void write_arguments(const commands::Examine& examine, Writer& out) {
  piece(examine.mailbox, out);
  write_modifiers(examine.parameters, out);
}

void write_arguments(const commands::Create& create, Writer& out) { piece(create.mailbox, out); }
void write_arguments(const commands::Delete& delete_, Writer& out) { piece(delete_.mailbox, out); }
void write_arguments(const commands::Subscribe& subscribe, Writer& out) { piece(subscribe.mailbox, out); }
void write_arguments(const commands::Unsubscribe& unsubscribe, Writer& out) { piece(unsubscribe.mailbox, out); }

void write_arguments(const commands::Rename& rename, Writer& out) {
  piece(rename.from, out);
  piece(rename.to, out);
}

void write_arguments(const commands::List& list, Writer& out) { piece(list.arguments, out); }

void write_arguments(const commands::Lsub& lsub, Writer& out) {
  piece(lsub.reference, out);
  out.sp();
  out.string(lsub.pattern, StringRule::ListMailbox);
}

void write_arguments(const commands::Status& status, Writer& out) {
  piece(status.mailbox, out);
  out.sp();
  write_parenthesized(status.atts, out);
}

void write_message(const AppendMessage& message, Writer& out) {
  // Note: "()" is in the grammar too, and means the same.
  if (!message.flags.empty() || out.other(" ()")) {
    out.sp();
    write_parenthesized(message.flags, out);
  }
  if (message.date_time) piece(*message.date_time, out);
  out.sp();
  if (message.utf8) return write_utf8_literal(message.octets, out);
  out.string(message.octets, StringRule::Literal);
}

void write_arguments(const commands::Append& append, Writer& out) {
  piece(append.mailbox, out);
  for (const AppendMessage& message : append.messages) write_message(message, out);
}

void write_arguments(const commands::Expunge& expunge, Writer& out) {
  if (expunge.uids) piece(*expunge.uids, out);
}

void write_arguments(const commands::Copy& copy, Writer& out) {
  piece(copy.set, out);
  piece(copy.mailbox, out);
}

void write_arguments(const commands::Move& move, Writer& out) {
  piece(move.set, out);
  piece(move.mailbox, out);
}

void write_arguments(const commands::Fetch& fetch, Writer& out) {
  piece(fetch.set, out);
  piece(fetch.atts, out);
  write_modifiers(fetch.modifiers, out);
}

void write_arguments(const commands::Store& store, Writer& out) {
  piece(store.set, out);
  write_modifiers(store.modifiers, out);
  out.sp();
  if (store.operation == commands::Store::Operation::Add) out.octet('+');
  if (store.operation == commands::Store::Operation::Remove) out.octet('-');
  out.word(store.silent ? "FLAGS.SILENT" : "FLAGS");
  out.sp();
  // The first octet of a flag is none of a flag-list's.
  if (!store.flags.empty() && out.other(store.flags.front().octets().substr(0, 1)))
    return write_flags(store.flags, out);
  write_parenthesized(store.flags, out);
}

void write_arguments(const commands::Search& search, Writer& out) { write(search.program, out); }

void write(const Command& command, Writer& out) {
  out.octets(command.tag);
  out.sp();
  out.word(command_name(command.body));
  std::visit([&](const auto& body) { write_arguments(body, out); }, command.body);
  out.crlf();
}

}  // namespace

void serialize(const Command& command, std::string& out) {
  Writer writer(out);
  write(command, writer);
}

void serialize(const Command& command, Spelling& spelling, std::string& out) {
  Writer writer(out, spelling);
  write(command, writer);
}

// Base64 is written in one way only.
void serialize(const AuthenticateData& data, std::string& out) {
  out += data.base64 ? data.base64->octets() : "*";
  out += "\r\n";
}

void serialize(const AuthenticateData& data, Spelling&, std::string& out) { serialize(data, out); }

void serialize(IdleDone, std::string& out) { out += "DONE\r\n"; }

void serialize(IdleDone, Spelling& spelling, std::string& out) {
  Writer writer(out, spelling);
  writer.word("DONE");
  writer.crlf();
}

}  // namespace imapspec::parser
