#include "tests/server/faults/cases.h"

namespace imapspec::server {

std::vector<FaultCase> sessions_cases() {
  return {
      {Fault::ExistsNotSent, Start::LoggedIn, {"C: a SELECT INBOX", "C: b APPEND INBOX {1+}\r\nx"}},
      {Fault::ExpungeDuringFetch, Start::LoggedIn,
       with_message("x", {"C: a STORE 1 FLAGS (\\Deleted)", "C: b EXPUNGE", "C: c FETCH 1 FLAGS"})},
      {Fault::ExpungeUnasked, Start::TwoSelected, {"NEWS"}},
      {Fault::ExpungeAtLiteral, Start::TwoSelected, {"c: q APPEND INBOX {1}\r\n"}},
      {Fault::RenumberedUntold, Start::TwoSelected, {"C: q FETCH 1 (UID)"}},
      {Fault::ExistsBeforeExpunge, Start::TwoSelected, {"C2: r APPEND INBOX {1+}\r\nx", "C: q NOOP"}},
      {Fault::UnaskedFetchWithoutUid, Start::TwoSelected, {"C2: r STORE 1 FLAGS (\\Seen)", "C: q NOOP"}},
      {Fault::ExpungedShowsAnother, Start::TwoSelected, {"C: q FETCH 1 (BODY.PEEK[])"}},
      {Fault::IdleContinuationBare, Start::TwoSelected, {"C: q IDLE"}},
      {Fault::IdleEndsAtAnything, Start::TwoSelected, {"C: q IDLE", "C: x"}},
      {Fault::IdleDoneUnanswered, Start::TwoSelected, {"C: q IDLE", "C: DONE"}},
      {Fault::AutoLogoutEarly, Start::LoggedIn, {"C: a NOOP", "LATER 15 minutes", "C: b NOOP"}},
  };
}

}  // namespace imapspec::server
