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
    {Fault::SearchAnsweredAsRev1, "search-answered-as-rev1", "6.4.4/esearch-is-the-answer", "6.4.4", "statement",
     "SEARCH without RETURN is answered with SEARCH, as in IMAP4rev1"},
    {Fault::SearchMinOfNothing, "search-min-of-nothing", "6.4.4/no-min-when-nothing-matches", "6.4.4", "must",
     "ESEARCH has MIN 1 when MIN was asked for and nothing matches"},
    {Fault::UidSearchFillsGaps, "uid-search-fills-gaps", "7.3.4/all-has-no-other-uids", "7.3.4", "must",
     "ALL of UID SEARCH is one range, with UIDs between that were not found"},
    {Fault::UnknownResultOptionOk, "unknown-result-option-ok", "6.4.4/unknown-return-option-is-bad", "6.4.4", "must",
     "SEARCH passes over result options that it does not know"},
    {Fault::FailedSearchKeepsSaved, "failed-search-keeps-saved", "6.4.4.1/failed-save-empties-the-result", "6.4.4.1",
     "statement", "SEARCH with SAVE that is answered NO leaves $ as it was"},
    {Fault::EmptyResultBad, "empty-result-bad", "6.4.4.1/empty-result-is-a-set", "6.4.4.1", "statement",
     "$ as a message set is answered BAD where it is empty"},
    {Fault::SavedNumbersShift, "saved-numbers-shift", "6.4.4.1/result-is-adjusted", "6.4.4.1", "must",
     "$ is what the sequence numbers that were found stand for after an EXPUNGE"},
});

}  // namespace imapspec::server
