// The mailbox that APPEND, COPY and MOVE put messages into.
//
// RFC 9051 sections 6.3.12, 6.4.7, 6.4.8
#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>

#include "parser/grammar/mailbox.h"
#include "server/session/context.h"

namespace imapspec::server {

// destination finds the mailbox; the error is the NO of a command whose destination is missing.
std::expected<Account::MailboxPtr, Completion> destination(Context& context, const parser::Mailbox& name);

// room_for is why messages cannot be added to a mailbox of the session's user, or nullopt. What is `moved` there from
// another of them is under the quota already.
std::optional<Completion> room_for(const Context& context, const Mailbox& mailbox, const Usage& added,
                                   bool moved = false);

// deliver adds a message; the mailbox has to have room and to admit the flags.
parser::Uid deliver(Context& context, Mailbox& mailbox, std::shared_ptr<const std::string> octets,
                    const FlagNames& flags, const parser::DateTime& internal_date);

// permanent is the flags of a list that this server stores. Others, "\Foo", are ignored, since
// PERMANENTFLAGS never names them (section 7.1).
FlagNames permanent(parser::List<parser::Flag> flags);

// flags_refused is the NO when a mailbox cannot take more keywords.
Completion flags_refused();

}  // namespace imapspec::server
