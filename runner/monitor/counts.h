// How many messages there are, and which of them are no longer there.
//
// RFC 9051 sections 5.2, 7.4.1, 7.5.1, RFC 7162 section 3.2.10
#pragma once

#include <string_view>

#include "parser/grammar/response.h"
#include "runner/monitor/session.h"

namespace imapspec::runner {

// check_selected reports data of a mailbox that come while none is selected, and says whether one is.
bool check_selected(Session& session, std::string_view what);

// Each takes one response; count_expunge says whether it was about a message that there is.
void count_exists(Session& session, const parser::Exists& exists);
bool count_expunge(Session& session, const parser::Expunge& expunge);
void count_vanished(Session& session, const parser::Vanished& vanished);

// judge_numbers is for when no command is in progress any more: numbers above the count are wrong now, since a new
// message may be told of before the EXISTS that counts it, but not instead (section 5.2).
void judge_numbers(Session& session);

}  // namespace imapspec::runner
