// What a client is told when a mailbox name cannot be used.
//
// RFC 9051 sections 6.3.4 to 6.3.6, 7.1
#pragma once

#include "server/session/context.h"

namespace imapspec::server {

// name_refused is the NO for an error of Account.
Completion name_refused(NameError error);

}  // namespace imapspec::server
