// What APPENDUID and COPYUID say of the messages that a command made.
//
// RFC 9051 sections 6.3.12, 6.4.7, 6.4.8, 7.1
#pragma once

#include "parser/grammar/response_code.h"
#include "runner/monitor/session.h"

namespace imapspec::runner {

// check_new_uids takes the code of a status response that completes `command`, or comes while it alone is in
// progress; nullptr where neither is known.
void check_new_uids(Session& session, const parser::ResponseCode& code, const SentCommand* command);

}  // namespace imapspec::runner
