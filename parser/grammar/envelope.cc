#include "parser/grammar/envelope.h"

namespace imapspec::parser {

namespace {

// "(" 1*address ")" / nil, as `rule`
//
// Note: T37. There is no SP between addresses, and "()" is not in the grammar.
std::expected<List<Address>, Error> addresses(Cursor& in, const Profile& profile, Name rule) {
  Attempt attempt(in, rule);
  if (nil(in)) return attempt.accept(List<Address>());
  if (!in.take('(')) return attempt.fail("\"(\" or NIL");
  ListBuilder<Address> list(in.arena());
  do {
    IMAPSPEC_TRY(const Address next, address(in, profile));
    list.push(next);
  } while (in.peek() == '(');
  if (!in.take(')')) return attempt.fail("\"(\" or \")\"");
  return attempt.accept(list.list());
}

}  // namespace

// address = "(" addr-name SP addr-adl SP addr-mailbox SP
//           addr-host ")"
//
// addr-adl = nstring
// addr-host = nstring
// addr-mailbox = nstring
// addr-name = nstring
std::expected<Address, Error> address(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "address");
  Address address;
  if (!in.take('(')) return attempt.fail("\"(\"");
  IMAPSPEC_TRY(address.name, nstring(in, profile, "addr-name"));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(address.adl, nstring(in, profile, "addr-adl"));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(address.mailbox, nstring(in, profile, "addr-mailbox"));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(address.host, nstring(in, profile, "addr-host"));
  if (!in.take(')')) return attempt.fail("\")\"");
  return attempt.accept(address);
}

// envelope = "(" env-date SP env-subject SP env-from SP
//            env-sender SP env-reply-to SP env-to SP env-cc SP
//            env-bcc SP env-in-reply-to SP env-message-id ")"
//
// env-bcc = "(" 1*address ")" / nil
// env-cc = "(" 1*address ")" / nil
// env-date = nstring
// env-from = "(" 1*address ")" / nil
// env-in-reply-to = nstring
// env-message-id = nstring
// env-reply-to = "(" 1*address ")" / nil
// env-sender = "(" 1*address ")" / nil
// env-subject = nstring
// env-to = "(" 1*address ")" / nil
std::expected<Envelope, Error> envelope(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "envelope");
  Envelope envelope;
  if (!in.take('(')) return attempt.fail("\"(\"");
  IMAPSPEC_TRY(envelope.date, nstring(in, profile, "env-date"));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(envelope.subject, nstring(in, profile, "env-subject"));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(envelope.from, addresses(in, profile, "env-from"));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(envelope.sender, addresses(in, profile, "env-sender"));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(envelope.reply_to, addresses(in, profile, "env-reply-to"));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(envelope.to, addresses(in, profile, "env-to"));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(envelope.cc, addresses(in, profile, "env-cc"));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(envelope.bcc, addresses(in, profile, "env-bcc"));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(envelope.in_reply_to, nstring(in, profile, "env-in-reply-to"));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(envelope.message_id, nstring(in, profile, "env-message-id"));
  if (!in.take(')')) return attempt.fail("\")\"");
  return attempt.accept(envelope);
}

}  // namespace imapspec::parser
