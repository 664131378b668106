#include "tests/server/faults/cases.h"

namespace imapspec::server {

namespace {

// INBOX is selected, with the UIDs 2 and 3 as messages 1 and 2.
std::vector<std::string> without_first(const std::vector<std::string>& more) {
  std::vector<std::string> lines{"C: v APPEND INBOX (\\Deleted) {1+}\r\nx", "C: w APPEND INBOX {1+}\r\ny",
                                 "C: x APPEND INBOX {1+}\r\nz", "C: y SELECT INBOX", "C: z EXPUNGE"};
  lines.insert(lines.end(), more.begin(), more.end());
  return lines;
}

}  // namespace

std::vector<FaultCase> numbers_cases() {
  return {
      {Fault::StatusUidnextDrops, Start::LoggedIn,
       without_first({"C: a STORE 2 +FLAGS (\\Deleted)", "C: b EXPUNGE", "C: c STATUS INBOX (UIDNEXT)"})},
      {Fault::StarIsUidnext, Start::LoggedIn,
       without_first({"C: a STORE 2 +FLAGS (\\Deleted)", "C: b EXPUNGE", "C: c UID FETCH * FLAGS"})},
      {Fault::RangeToStarEmpty, Start::LoggedIn, without_first({"C: a UID FETCH 9:* FLAGS"})},
      {Fault::UidFetchNumbersAreUids, Start::LoggedIn, without_first({"C: a UID FETCH 2 FLAGS"})},
      {Fault::SearchReturnsUids, Start::LoggedIn, without_first({"C: a SEARCH ALL"})},
      {Fault::UidSearchReturnsNumbers, Start::LoggedIn, without_first({"C: a UID SEARCH ALL"})},
      {Fault::UidStoreTakesNumbers, Start::LoggedIn, without_first({"C: a UID STORE 2 FLAGS (\\Seen)"})},
      {Fault::UidCopyTakesNumbers, Start::LoggedIn, without_first({"C: a UID COPY 2 INBOX"})},
      {Fault::UidsOutOfTurn, Start::TwoSelected, {"C2: q APPEND INBOX {1+}\r\nx", "C: r APPEND INBOX {1+}\r\nx"}},
  };
}

}  // namespace imapspec::server
