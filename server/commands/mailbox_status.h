// STATUS responses, as STATUS and LIST send them.
//
// RFC 9051 sections 6.3.11, 7.3.3
#pragma once

#include <string_view>

#include "parser/grammar/status.h"
#include "server/session/context.h"

namespace imapspec::server {

// offers_items says whether none of the items was switched off.
bool offers_items(const Context& context, parser::List<parser::StatusAtt> atts);

// send_status reports the items that were asked for.
void send_status(Context& context, std::string_view name, const Mailbox& mailbox, parser::List<parser::StatusAtt> atts);

}  // namespace imapspec::server
