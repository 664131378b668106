#include "server/commands/name_error.h"

namespace imapspec::server {

Completion name_refused(NameError error) {
  switch (error) {
    case NameError::AlreadyExists:
      return no(code("ALREADYEXISTS"), "Mailbox already exists");
    case NameError::NonExistent:
      return no(code("NONEXISTENT"), "No such mailbox");
    case NameError::HasChildren:
      return no(code("HASCHILDREN"), "There are mailboxes below that name");
    case NameError::Invalid:
      return no(code("CANNOT"), "No mailbox can have that name");
    case NameError::Inbox:
      return no(code("CANNOT"), "Not with INBOX");
    case NameError::Limit:
      return no(code("LIMIT"), "Too many mailboxes, or name too long");
  }
  return no("Refused");
}

}  // namespace imapspec::server
