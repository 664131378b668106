// Mailbox names.
//
// RFC 9051 sections 5.1, 9: mailbox
#pragma once

#include <expected>
#include <string>

#include "parser/core/cursor.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/string.h"

namespace imapspec::parser {

// Mailbox is a mailbox name. Every spelling of INBOX is INBOX; other names compare exactly.
struct Mailbox {
  String name;

  [[nodiscard]] bool is_inbox() const;
  // value is the name meant: "INBOX" for all its spellings.
  [[nodiscard]] std::string value() const;
  friend bool operator==(const Mailbox& a, const Mailbox& b) { return a.value() == b.value(); }
};

// mailbox = "INBOX" / astring
std::expected<Mailbox, Error> mailbox(Cursor& in, const Profile& profile);

}  // namespace imapspec::parser
