// What CLOSE removes.
//
// RFC 9051 section 6.4.1
#pragma once

#include "server/store/mailbox.h"

namespace imapspec::server {

// expunge_deleted removes the messages that are \Deleted.
inline void expunge_deleted(Mailbox& mailbox) {
  mailbox.expunge([](const Message& message) { return message.flags.has("\\Deleted"); });
}

}  // namespace imapspec::server
