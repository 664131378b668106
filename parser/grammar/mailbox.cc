#include "parser/grammar/mailbox.h"

#include "parser/core/ascii.h"

namespace imapspec::parser {

// No escape of a quoted string can be part of INBOX, so the octets as written tell.
bool Mailbox::is_inbox() const { return equal_ignoring_case(name_.octets(), "INBOX"); }

std::string Mailbox::value() const { return is_inbox() ? "INBOX" : name_.value(); }

// mailbox = "INBOX" / astring
//             ; INBOX is case insensitive.  All case variants
//             ; of INBOX (e.g., "iNbOx") MUST be interpreted as
//             ; INBOX, not as an astring.
//
// Note: T13. Taking "INBOX" first would break INBOX.foo: an astring is read, then compared.
std::expected<Mailbox, Error> mailbox(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "mailbox");
  IMAPSPEC_TRY(const String name, astring(in, profile));
  const Mailbox result = Mailbox::unchecked(name);
  if (in.trace() != nullptr && name.form() == StringForm::Atom && result.is_inbox()) in.trace()->flatten();
  return attempt.accept(result);
}

}  // namespace imapspec::parser
