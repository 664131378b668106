#include "parser/grammar/envelope.h"

#include "parser/core/keyword.h"

namespace imapspec::parser {

namespace {

// env-from etc. = "(" 1*address ")" / nil
//
// Note: trap T37. There is no SP between addresses, and "()" is not in the grammar.
std::expected<List<Address>, Error> addresses(Cursor& in, const Profile& profile, Name rule) {
  if (in.peek() != '(') {
    if (in.take_word("NIL")) return List<Address>();
    return ends_inside(in.rest(), "NIL") ? in.fail_word(rule, "NIL") : in.fail(rule, "\"(\" or NIL");
  }
  Attempt attempt(in, "addresses");
  in.skip(1);
  ListBuilder<Address> list(in.arena());
  do {
    IMAPSPEC_TRY(const Address next, address(in, profile));
    list.push(next);
  } while (in.peek() == '(');
  if (!in.take(')')) return in.fail(rule, "\"(\" or \")\"");
  return attempt.accept(list.list());
}

// A field of an envelope or address and the SP behind it.
std::expected<NString, Error> nstring_sp(Cursor& in, const Profile& profile, Name rule) {
  IMAPSPEC_TRY(const NString field, nstring(in, profile));
  if (!in.take(' ')) return in.fail(rule, "SP");
  return field;
}

std::expected<List<Address>, Error> addresses_sp(Cursor& in, const Profile& profile, Name rule) {
  IMAPSPEC_TRY(const List<Address> field, addresses(in, profile, rule));
  if (!in.take(' ')) return in.fail("envelope", "SP");
  return field;
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
  if (!in.take('(')) return in.fail("address", "\"(\"");
  IMAPSPEC_TRY(address.name, nstring_sp(in, profile, "address"));
  IMAPSPEC_TRY(address.adl, nstring_sp(in, profile, "address"));
  IMAPSPEC_TRY(address.mailbox, nstring_sp(in, profile, "address"));
  IMAPSPEC_TRY(address.host, nstring(in, profile));
  if (!in.take(')')) return in.fail("address", "\")\"");
  return attempt.accept(address);
}

// envelope = "(" env-date SP env-subject SP env-from SP
//            env-sender SP env-reply-to SP env-to SP env-cc SP
//            env-bcc SP env-in-reply-to SP env-message-id ")"
//
// env-date = nstring
// env-subject = nstring
// env-in-reply-to = nstring
// env-message-id = nstring
std::expected<Envelope, Error> envelope(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "envelope");
  Envelope envelope;
  if (!in.take('(')) return in.fail("envelope", "\"(\"");
  IMAPSPEC_TRY(envelope.date, nstring_sp(in, profile, "envelope"));
  IMAPSPEC_TRY(envelope.subject, nstring_sp(in, profile, "envelope"));
  IMAPSPEC_TRY(envelope.from, addresses_sp(in, profile, "env-from"));
  IMAPSPEC_TRY(envelope.sender, addresses_sp(in, profile, "env-sender"));
  IMAPSPEC_TRY(envelope.reply_to, addresses_sp(in, profile, "env-reply-to"));
  IMAPSPEC_TRY(envelope.to, addresses_sp(in, profile, "env-to"));
  IMAPSPEC_TRY(envelope.cc, addresses_sp(in, profile, "env-cc"));
  IMAPSPEC_TRY(envelope.bcc, addresses_sp(in, profile, "env-bcc"));
  IMAPSPEC_TRY(envelope.in_reply_to, nstring_sp(in, profile, "envelope"));
  IMAPSPEC_TRY(envelope.message_id, nstring(in, profile));
  if (!in.take(')')) return in.fail("envelope", "\")\"");
  return attempt.accept(envelope);
}

}  // namespace imapspec::parser
