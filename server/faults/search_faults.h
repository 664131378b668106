// Faults of: SEARCH. RFC 9051 sections 6.4.4, 7.3.4.
#pragma once

#include <array>

#include "server/faults/faults.h"

namespace imapspec::server {

// kSearchFaults is this area's part of the table, in order of the enumerators.
inline constexpr auto kSearchFaults = std::to_array<FaultInfo>({
    {Fault::SearchOrIntersects, "search-or-intersects", "6.4.4/or-matches-either", "6.4.4", "statement",
     "SEARCH OR finds the messages that match both keys"},
    {Fault::EsearchWithoutTag, "esearch-without-tag", "7.3.4/esearch-names-its-command", "7.3.4", "statement",
     "ESEARCH responses have no (TAG ...)"},
    {Fault::EsearchMissingWhenEmpty, "esearch-missing-when-empty", "6.4.4/esearch-when-nothing-matches", "6.4.4",
     "must", "SEARCH sends no ESEARCH when nothing matches"},
    {Fault::UidSearchWithoutUid, "uid-search-without-uid", "6.4.9/uid-search-has-uid-indicator", "6.4.9", "must",
     "the ESEARCH response to UID SEARCH has no UID indicator"},
    {Fault::UnknownCharsetBad, "unknown-charset-bad", "6.4.4/unknown-charset-is-no", "6.4.4", "must",
     "SEARCH answers BAD to a charset it does not know"},
});

}  // namespace imapspec::server
