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
  };
}

}  // namespace imapspec::server
