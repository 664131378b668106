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
});

}  // namespace imapspec::server
