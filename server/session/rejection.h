// What is answered to a command that does not parse.
//
// RFC 9051 section 2.2.2
#pragma once

#include <string_view>

#include "parser/core/error.h"
#include "server/session/context.h"

namespace imapspec::server {

// rejection is the end of the command that `unit` would have been.
Completion rejection(Context& context, std::string_view unit, const parser::Error& error);

}  // namespace imapspec::server
