// Faults of: What numbers of messages mean. RFC 9051 sections 2.3.1, 6.4.4, 6.4.9.
#pragma once

#include <array>

#include "server/faults/faults.h"

namespace imapspec::server {

// kNumbersFaults is this area's part of the table, in order of the enumerators.
inline constexpr auto kNumbersFaults = std::to_array<FaultInfo>({
    {Fault::StatusUidnextDrops, "status-uidnext-drops", "2.3.1.1/uidnext-changes-with-messages", "2.3.1.1", "must",
     "STATUS tells the UID after that of the last message as UIDNEXT, also when larger ones were used"},
    {Fault::StarIsUidnext, "star-is-uidnext", "9/star-is-the-largest-in-use", "9", "statement",
     "\"*\" in a set of UIDs is UIDNEXT - 1, which need not be a message's"},
    {Fault::RangeToStarEmpty, "range-to-star-empty", "6.4.9/range-to-star-includes-the-last", "6.4.9", "statement",
     "a range from a number above the largest one to \"*\" names no messages"},
    {Fault::UidFetchNumbersAreUids, "uid-fetch-numbers-are-uids", "6.4.9/fetch-response-has-sequence-number", "6.4.9",
     "statement", "FETCH responses to UID FETCH have the UID in place of the sequence number"},
    {Fault::SearchReturnsUids, "search-returns-uids", "6.4.4/search-returns-sequence-numbers", "6.4.4", "statement",
     "SEARCH returns UIDs"},
    {Fault::UidSearchReturnsNumbers, "uid-search-returns-numbers", "6.4.9/uid-search-returns-uids", "6.4.9",
     "statement", "UID SEARCH returns sequence numbers"},
    {Fault::UidStoreTakesNumbers, "uid-store-takes-numbers", "6.4.9/uid-command-takes-uids", "6.4.9", "statement",
     "UID STORE takes its set for sequence numbers"},
    {Fault::UidCopyTakesNumbers, "uid-copy-takes-numbers", "6.4.9/uid-command-takes-uids", "6.4.9", "statement",
     "UID COPY and UID MOVE take their set for sequence numbers"},
    {Fault::UidsOutOfTurn, "uids-out-of-turn", "2.3.1.1/uids-ascend", "2.3.1.1", "must",
     "of two messages that different sessions add, the second gets the smaller UID"},
});

}  // namespace imapspec::server
