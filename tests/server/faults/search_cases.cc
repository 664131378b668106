#include "tests/server/faults/cases.h"

namespace imapspec::server {

std::vector<FaultCase> search_cases() {
  return {
      {Fault::SearchOrIntersects, Start::LoggedIn, with_message("x", {"C: a SEARCH OR SEEN UNSEEN"})},
      {Fault::EsearchWithoutTag, Start::LoggedIn, with_message("x", {"C: a SEARCH ALL"})},
      {Fault::EsearchMissingWhenEmpty, Start::LoggedIn, with_message("x", {"C: a SEARCH SEEN"})},
      {Fault::UidSearchWithoutUid, Start::LoggedIn, with_message("x", {"C: a UID SEARCH ALL"})},
      {Fault::UnknownCharsetBad, Start::LoggedIn, with_message("x", {"C: a SEARCH CHARSET X-NONE ALL"})},
      {Fault::SearchAnsweredAsRev1, Start::LoggedIn, with_message("x\r\n", {"C: a SEARCH ALL"})},
      {Fault::SearchMinOfNothing, Start::LoggedIn, with_message("x\r\n", {"C: a SEARCH RETURN (MIN) DELETED"})},
      {Fault::UidSearchFillsGaps, Start::LoggedIn,
       with_message("x\r\n", {"C: a APPEND INBOX {1+}\r\ny", "C: b APPEND INBOX (\\Seen) {1+}\r\nx",
                              "C: c STORE 1 FLAGS (\\Seen)", "C: d UID SEARCH SEEN"})},
      {Fault::UnknownResultOptionOk, Start::LoggedIn, with_message("x\r\n", {"C: a SEARCH RETURN (X-NONE) ALL"})},
      {Fault::FailedSearchKeepsSaved, Start::LoggedIn,
       with_message("x\r\n", {"C: a SEARCH RETURN (SAVE) ALL", "C: b SEARCH RETURN (SAVE) CHARSET X-NONE ALL",
                              "C: c FETCH $ (UID)"})},
      {Fault::EmptyResultBad, Start::LoggedIn, with_message("x\r\n", {"C: a FETCH $ (UID)"})},
      {Fault::SavedNumbersShift, Start::LoggedIn,
       with_message("x\r\n", {"C: a APPEND INBOX {1+}\r\ny", "C: b SEARCH RETURN (SAVE) 1",
                              "C: c STORE 1 FLAGS (\\Deleted)", "C: d EXPUNGE", "C: e FETCH $ (UID)"})},
      {Fault::SearchCountsMailbox, Start::LoggedIn, with_message("x", {"C: a SEARCH RETURN (COUNT) SEEN"})},
      {Fault::SearchMinIsMax, Start::LoggedIn,
       with_message("x", {"C: z APPEND INBOX {1+}\r\nx", "C: a SEARCH RETURN (MIN) ALL"})},
      {Fault::SearchNotIgnored, Start::LoggedIn, with_message("x", {"C: a SEARCH NOT SEEN"})},
      {Fault::SearchAnchored, Start::LoggedIn, with_message("\r\nxy", {"C: a SEARCH BODY y"})},
      {Fault::SearchEmptyStringFindsNothing, Start::LoggedIn,
       with_message("A: b\r\n\r\n", {"C: a SEARCH HEADER A \"\""})},
      {Fault::SearchLargerInclusive, Start::LoggedIn, with_message("x", {"C: a SEARCH LARGER 1"})},
      {Fault::SearchSmallerInclusive, Start::LoggedIn, with_message("x", {"C: a SEARCH SMALLER 1"})},
      {Fault::SearchBodyInHeader, Start::LoggedIn, with_message("A: b\r\n\r\n", {"C: a SEARCH BODY b"})},
      {Fault::SearchTextWithoutHeader, Start::LoggedIn, with_message("A: b\r\n\r\n", {"C: a SEARCH TEXT b"})},
      {Fault::SearchWordsNotDecoded, Start::LoggedIn,
       with_message("Subject: =?utf-8?Q?b?=\r\n\r\n", {"C: a SEARCH SUBJECT utf"})},
      {Fault::SearchEncodingsNotDecoded, Start::LoggedIn,
       with_message("Content-Transfer-Encoding: base64\r\n\r\nYQ==", {"C: a SEARCH BODY a"})},
      {Fault::SearchSentIsInternal, Start::LoggedIn, with_message("x", {"C: a SEARCH SENTSINCE 1-Jan-1970"})},
  };
}

}  // namespace imapspec::server
