#include "tests/server/faults/cases.h"

namespace imapspec::server {

namespace {

// deleted yields lines that select INBOX with a \Deleted message, leave it and look at it again.
std::vector<std::string> deleted(const std::string& select, const std::string& leave) {
  return {"c: w APPEND INBOX (\\Deleted) {1+}\r\nx\r\n", "C: x " + select, "C: y " + leave,
          "C2: z STATUS INBOX (MESSAGES)"};
}

}  // namespace

std::vector<FaultCase> selection_cases() {
  return {
      {Fault::UidnextStale, Start::LoggedIn, with_message("x", {})},
      {Fault::ExamineSendsLess, Start::LoggedIn, {"C: a EXAMINE INBOX"}},
      {Fault::ExamineMissingOk, Start::LoggedIn, {"C: a EXAMINE none"}},
      {Fault::SelectExpunges, Start::LoggedIn, deleted("SELECT INBOX", "SELECT INBOX")},
      {Fault::LogoutExpunges, Start::LoggedIn, deleted("SELECT INBOX", "LOGOUT")},
      {Fault::CloseKeepsMailbox, Start::LoggedIn, {"C: a SELECT INBOX", "C: b CLOSE", "C: c CLOSE"}},
      {Fault::CloseKeepsDeleted, Start::LoggedIn, deleted("SELECT INBOX", "CLOSE")},
      {Fault::CloseOfReadOnlyExpunges, Start::LoggedIn, deleted("EXAMINE INBOX", "CLOSE")},
      {Fault::UnselectKeepsMailbox, Start::LoggedIn, {"C: a SELECT INBOX", "C: b UNSELECT", "C: c UNSELECT"}},
  };
}

}  // namespace imapspec::server
