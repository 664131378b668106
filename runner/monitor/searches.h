// Results of SEARCH and UID SEARCH.
//
// RFC 9051 sections 6.4.4, 6.4.9, 7.3.4, RFC 3501 section 7.2.5
#pragma once

#include "parser/grammar/response.h"
#include "runner/monitor/session.h"

namespace imapspec::runner {

// Each takes one response.
void check_esearch(Session& session, const parser::Esearch& esearch);
void check_search(Session& session, const parser::SearchData& data);

}  // namespace imapspec::runner
