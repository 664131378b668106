// LIST responses, as LIST, SELECT and EXAMINE send them.
//
// RFC 9051 sections 6.3.2, 7.3.1
#pragma once

#include <string_view>
#include <vector>

#include "parser/grammar/response.h"
#include "server/session/context.h"

namespace imapspec::server {

// attributes is the mailbox name attributes of a canonical name, all of them accurate.
// \Subscribed is among them only when asked for.
parser::List<parser::Flag> attributes(Context& context, std::string_view name, bool with_subscribed);

// send_list sends a LIST response; `extended` is the CHILDINFO item or nothing.
void send_list(Context& context, std::string_view name, parser::List<parser::Flag> attributes,
               parser::List<parser::ListItem> extended = {});

// old_name is the OLDNAME item where the client wrote `name` in another way ("inbox"), else nothing
// (section 6.3.9.7).
parser::List<parser::ListItem> old_name(Context& context, const parser::Mailbox& supplied, std::string_view name);

// send_normalized sends a LIST response of `name` with OLDNAME where the client did not write the name of a mailbox as
// this server does.
void send_normalized(Context& context, const parser::Mailbox& supplied, std::string_view name);

// send_lsub sends an LSUB response (RFC 3501 section 7.2.3).
void send_lsub(Context& context, std::string_view name, parser::List<parser::Flag> attributes);

// mailbox_of is a mailbox name for a response; it lives in the context's arena.
parser::Mailbox mailbox_of(Context& context, std::string_view name);

}  // namespace imapspec::server
