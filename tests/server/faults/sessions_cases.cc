#include "tests/server/faults/cases.h"

namespace imapspec::server {

std::vector<FaultCase> sessions_cases() {
  return {
      {Fault::ExistsNotSent, Start::LoggedIn, {"C: a SELECT INBOX", "C: b APPEND INBOX {1+}\r\nx"}},
      {Fault::ExpungeDuringFetch, Start::LoggedIn,
       with_message("x", {"C: a STORE 1 FLAGS (\\Deleted)", "C: b EXPUNGE", "C: c FETCH 1 FLAGS"})},
  };
}

}  // namespace imapspec::server
