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
  };
}

}  // namespace imapspec::server
