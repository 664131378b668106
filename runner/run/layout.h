// The mailboxes that a scenario has besides its own scratch mailbox.
#pragma once

#include <expected>
#include <vector>

#include "runner/match/bindings.h"
#include "runner/run/context.h"
#include "runner/run/preparation.h"
#include "runner/scenario/scenario.h"

namespace imapspec::runner {

// bind_layout makes the mailboxes' names known: below the scenario's scratch name, so that they go when it goes.
void bind_layout(const std::vector<MailboxLayout>& mailboxes, Bindings& bindings);

// build_layout makes the mailboxes, on connections of its own which nobody judges. Nothing is waited for after `end`.
std::expected<void, Blocked> build_layout(const std::vector<MailboxLayout>& mailboxes, const RunContext& context,
                                          const Bindings& bindings, parser::Profile profile, Clock::time_point end);

// forget_layout takes subscriptions back, which outlive their mailboxes.
void forget_layout(const std::vector<MailboxLayout>& mailboxes, const RunContext& context, const Bindings& bindings,
                   parser::Profile profile);

}  // namespace imapspec::runner
