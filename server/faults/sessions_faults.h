// Faults of: What a session hears of what others did, IDLE. RFC 9051 sections 5.2, 6.3.13, 7.5.1.
#pragma once

#include <array>

#include "server/faults/faults.h"

namespace imapspec::server {

// kSessionsFaults is this area's part of the table, in order of the enumerators.
inline constexpr auto kSessionsFaults = std::to_array<FaultInfo>({
    {Fault::ExistsNotSent, "exists-not-sent", "5.2/size-updates-are-sent", "5.2", "must",
     "messages appended to the selected mailbox are not announced with EXISTS"},
    {Fault::ExpungeDuringFetch, "expunge-during-fetch", "7.5.1/no-expunge-while-fetching", "7.5.1", "must",
     "EXPUNGE holds its responses back until the next FETCH"},
    {Fault::ExpungeUnasked, "expunge-unasked", "7.5.1/no-expunge-while-fetching", "7.5.1", "must",
     "EXPUNGE responses are sent as soon as another session removed messages, with no command in progress"},
    {Fault::ExpungeAtLiteral, "expunge-at-literal", "7.5.1/no-expunge-while-fetching", "7.5.1", "must",
     "EXPUNGE responses are sent before the continuation request for a literal"},
    {Fault::RenumberedUntold, "renumbered-untold", "2.3.1.1/uid-is-stable", "2.3.1.1", "must",
     "sequence numbers count without the messages that another session removed, before EXPUNGE told of them"},
    {Fault::ExistsBeforeExpunge, "exists-before-expunge", "7.5.2/fetch-within-count", "7.5.2", "statement",
     "EXISTS is sent before the EXPUNGE responses that it already counts"},
    {Fault::UnaskedFetchWithoutUid, "unasked-fetch-without-uid", "7.5.2/unasked-fetch-has-uid", "7.5.2", "must",
     "the FETCH responses that tell of flags that another session changed have no UID"},
    {Fault::ExpungedShowsAnother, "expunged-shows-another", "6.4.5/body-is-the-message", "6.4.5", "statement",
     "FETCH of a message that another session removed returns the last message of the mailbox"},
    {Fault::IdleContinuationBare, "idle-continuation-bare", "9/formal-syntax", "9", "must",
     "the continuation request of IDLE is \"+\" without the space"},
    {Fault::IdleEndsAtAnything, "idle-ends-at-anything", "6.3.13/only-done-ends-idle", "6.3.13", "statement",
     "IDLE is ended by any line, and answered OK"},
    {Fault::IdleDoneUnanswered, "idle-done-unanswered", "6.3.13/done-completes-idle", "6.3.13", "must",
     "IDLE is not answered once DONE has come"},
    {Fault::AutoLogoutEarly, "auto-logout-early", "5.4/auto-logout-after-30-minutes", "5.4", "must",
     "a client that is silent for ten minutes is logged out", Reach::Timer},
});

}  // namespace imapspec::server
