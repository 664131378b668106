// Which commands the state of a session admits.
//
// RFC 9051 sections 3, 6
#pragma once

#include <optional>

#include "server/commands/table.h"
#include "server/session/context.h"

namespace imapspec::server {

// refusal is why a command is not allowed now, or nullopt; the completion may be OK under a fault.
std::optional<Completion> refusal(const Context& context, const CommandRow& row);

}  // namespace imapspec::server
