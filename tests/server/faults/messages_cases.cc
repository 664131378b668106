#include "tests/server/faults/cases.h"

namespace imapspec::server {

std::vector<FaultCase> messages_cases() {
  return {
      {Fault::AppendNoTrycreate, Start::LoggedIn, {"C: a APPEND none {1+}\r\nx"}},
      {Fault::AppendAutoCreates, Start::LoggedIn, {"C: a APPEND none {1+}\r\nx"}},
      {Fault::AppenduidMissing, Start::LoggedIn, {"C: a APPEND INBOX {1+}\r\nx"}},
      {Fault::CopyuidMissing, Start::LoggedIn, with_message("x", {"C: a COPY 1 INBOX"})},
      {Fault::MoveCopyuidTagged, Start::LoggedIn, with_message("x", {"C: a MOVE 1 INBOX"})},
      {Fault::ExpungeWrongNumbers,
       Start::LoggedIn,
       {"C: x APPEND INBOX (\\Deleted) {1+}\r\nx", "C: y APPEND INBOX (\\Deleted) {1+}\r\nx", "C: z SELECT INBOX",
        "C: a EXPUNGE"}},
      {Fault::ExpungeSilent, Start::LoggedIn, with_message("x", {"C: a STORE 1 FLAGS (\\Deleted)", "C: b EXPUNGE"})},
      {Fault::ExistsShrinks, Start::LoggedIn, with_message("x", {"C: a STORE 1 FLAGS (\\Deleted)", "C: b EXPUNGE"})},
      {Fault::CloseSendsExpunge, Start::LoggedIn, with_message("x", {"C: a STORE 1 FLAGS (\\Deleted)", "C: b CLOSE"})},
      {Fault::UnselectExpunges, Start::LoggedIn,
       with_message("x", {"C: a STORE 1 FLAGS (\\Deleted)", "C: b UNSELECT", "C: c STATUS INBOX (MESSAGES)"})},
      {Fault::UidExpungeRemovesAll, Start::LoggedIn,
       with_message("x", {"C: a STORE 1 FLAGS (\\Deleted)", "C: b UID EXPUNGE 9"})},
      {Fault::UidReusedAfterExpunge, Start::LoggedIn,
       with_message("x", {"C: a STORE 1 FLAGS (\\Deleted)", "C: b EXPUNGE", "C: c APPEND INBOX {1+}\r\nx"})},
      {Fault::AppendSetsSeen, Start::LoggedIn, {"C: a APPEND INBOX {1+}\r\nx", "C: b STATUS INBOX (UNSEEN)"}},
      {Fault::RejectedAppendStays, Start::LoggedIn, {"C: a APPEND INBOX {1+}\r\nx y", "C: b STATUS INBOX (MESSAGES)"}},
      {Fault::AppenduidOfSelected, Start::LoggedIn, {"C: a CREATE x", "C: b SELECT x", "C: c APPEND INBOX {1+}\r\nx"}},
      {Fault::AppenduidIsRange, Start::LoggedIn, {"C: a APPEND INBOX {1+}\r\nx"}},
      {Fault::FailedCopyIsPartial, Start::LoggedIn, with_message("x", {"C: a COPY 1,9 INBOX", "C: b NOOP"})},
      {Fault::CopyuidSwapped, Start::LoggedIn, with_message("x", {"C: a COPY 1 INBOX"})},
      {Fault::CopyuidOfSource, Start::LoggedIn, with_message("x", {"C: a CREATE x", "C: b COPY 1 x"})},
      {Fault::MoveKeepsOriginal, Start::LoggedIn, with_message("x", {"C: a CREATE x", "C: b MOVE 1 x"})},
      {Fault::MoveShowsDeleted, Start::LoggedIn, with_message("x", {"C: a CREATE x", "C: b MOVE 1 x"})},
      {Fault::MoveWithinMailboxLoses, Start::LoggedIn, with_message("x", {"C: a MOVE 1 INBOX"})},
      {Fault::UidExpungeIgnoresFlag, Start::LoggedIn, with_message("x", {"C: a UID EXPUNGE 1"})},
  };
}

}  // namespace imapspec::server
