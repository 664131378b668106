#include "tests/server/faults/cases.h"

namespace imapspec::server {

std::vector<FaultCase> mailboxes_cases() {
  return {
      {Fault::SelectWithoutUidvalidity, Start::LoggedIn, {"C: a SELECT INBOX"}},
      {Fault::SelectWithoutUidnext, Start::LoggedIn, {"C: a SELECT INBOX"}},
      {Fault::SelectWithoutPermanentflags, Start::LoggedIn, {"C: a SELECT INBOX"}},
      {Fault::SelectWithoutFlags, Start::LoggedIn, {"C: a SELECT INBOX"}},
      {Fault::SelectWithoutExists, Start::LoggedIn, {"C: a SELECT INBOX"}},
      {Fault::SelectWithoutList, Start::LoggedIn, {"C: a SELECT INBOX"}},
      {Fault::ExamineIsReadWrite, Start::LoggedIn,
       with_message("x", {"C: a EXAMINE INBOX", "C: b STORE 1 FLAGS (\\Seen)"})},
      {Fault::ExamineWithoutReadOnly, Start::LoggedIn, {"C: a EXAMINE INBOX"}},
      {Fault::FailedSelectKeepsMailbox, Start::LoggedIn, {"C: a SELECT INBOX", "C: b SELECT none", "C: c CLOSE"}},
      {Fault::NoClosedCode, Start::LoggedIn, {"C: a SELECT INBOX", "C: b SELECT INBOX"}},
      {Fault::SelectMissingCreates, Start::LoggedIn, {"C: a SELECT none"}},
      {Fault::CreateExistingOk, Start::LoggedIn, {"C: a CREATE INBOX"}},
      {Fault::DeleteMissingOk, Start::LoggedIn, {"C: a DELETE none"}},
      {Fault::RenameOntoExistingOk, Start::LoggedIn, {"C: a CREATE x", "C: b RENAME x INBOX"}},
      {Fault::UidsRepeatAfterRecreate,
       Start::LoggedIn,
       {"C: a CREATE x", "C: b DELETE x", "C: c CREATE x", "C: d SELECT x"}},
      {Fault::ListPercentCrosses, Start::LoggedIn, {"C: a CREATE x/y", "C: b LIST \"\" %"}},
      {Fault::SubscribeDoesNothing, Start::LoggedIn, {"C: a SUBSCRIBE INBOX", "C: b LIST (SUBSCRIBED) \"\" *"}},
      {Fault::EnableNothingSilent, Start::LoggedIn, {"C: a ENABLE X-NONE"}},
      {Fault::StatusMessagesOff, Start::LoggedIn, {"C: a STATUS INBOX (MESSAGES)"}},
  };
}

}  // namespace imapspec::server
