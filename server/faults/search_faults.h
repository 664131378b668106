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
    {Fault::SearchCountsMailbox, "search-counts-mailbox", "6.4.4/return-options", "6.4.4", "statement",
     "RETURN (COUNT) counts all messages of the mailbox"},
    {Fault::SearchMinIsMax, "search-min-is-max", "6.4.4/return-options", "6.4.4", "statement",
     "RETURN (MIN) returns the largest number"},
    {Fault::SearchNotIgnored, "search-not-ignored", "6.4.4/not-negates", "6.4.4", "statement",
     "SEARCH NOT finds what its key finds"},
    {Fault::SearchAnchored, "search-anchored", "6.4.4/string-keys-match-substrings", "6.4.4", "statement",
     "SEARCH finds strings only where a text begins with them"},
    {Fault::SearchEmptyStringFindsNothing, "search-empty-string-finds-nothing", "6.4.4/empty-string-tests-presence",
     "6.4.4", "statement", "SEARCH HEADER with an empty string finds nothing"},
    {Fault::SearchLargerInclusive, "search-larger-inclusive", "6.4.4/larger-is-strict", "6.4.4", "statement",
     "SEARCH LARGER also finds messages of exactly that size"},
    {Fault::SearchSmallerInclusive, "search-smaller-inclusive", "6.4.4/smaller-is-strict", "6.4.4", "statement",
     "SEARCH SMALLER also finds messages of exactly that size"},
    {Fault::SearchBodyInHeader, "search-body-in-header", "6.4.4/body-matches-no-header", "6.4.4", "statement",
     "SEARCH BODY looks into the header too"},
    {Fault::SearchTextWithoutHeader, "search-text-without-header", "6.4.4/text-matches-the-header", "6.4.4",
     "statement", "SEARCH TEXT does not look into the header"},
    {Fault::SearchWordsNotDecoded, "search-words-not-decoded", "6.4.4/encoded-words-are-decoded", "6.4.4", "must",
     "SEARCH compares encoded words in header fields as they are written"},
    {Fault::SearchEncodingsNotDecoded, "search-encodings-not-decoded", "6.4.4/transfer-encodings-are-decoded", "6.4.4",
     "must", "SEARCH compares bodies as they are encoded"},
    {Fault::SearchSentIsInternal, "search-sent-is-internal", "6.4.4/sent-keys-use-the-date-field", "6.4.4", "statement",
     "SENTBEFORE, SENTON and SENTSINCE compare the internal date"},
});

}  // namespace imapspec::server
