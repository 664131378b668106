// The envelope of a message.
//
// RFC 9051 sections 7.5.2, 9: envelope, address
#pragma once

#include <expected>

#include "parser/core/cursor.h"
#include "parser/core/list.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/string.h"

namespace imapspec::parser {

struct Address {
  NString name;
  NString adl;
  NString mailbox;
  NString host;
  friend bool operator==(const Address&, const Address&) = default;
};

// Envelope's address lists are empty where the wire has NIL: "()" is not in the grammar.
struct Envelope {
  NString date;
  NString subject;
  List<Address> from, sender, reply_to, to, cc, bcc;
  NString in_reply_to;
  NString message_id;
  friend bool operator==(const Envelope&, const Envelope&) = default;
};

// address = "(" addr-name SP addr-adl SP addr-mailbox SP addr-host ")"
std::expected<Address, Error> address(Cursor& in, const Profile& profile);

// envelope = "(" env-date SP env-subject SP env-from ... SP env-message-id ")"
std::expected<Envelope, Error> envelope(Cursor& in, const Profile& profile);

}  // namespace imapspec::parser
