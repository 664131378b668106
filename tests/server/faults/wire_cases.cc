#include "tests/server/faults/cases.h"

namespace imapspec::server {

std::vector<FaultCase> wire_cases() {
  return {
      {Fault::ContinuationWithoutSpace, Start::Tls, {"C: a AUTHENTICATE PLAIN"}},
      {Fault::UnknownCommandOk, Start::Tls, {"C: a XYZZY"}},
      {Fault::BadCommandDeselects, Start::LoggedIn, {"C: a SELECT INBOX", "C: b XYZZY", "C: c CLOSE"}},
      {Fault::TagUppercased, Start::Tls, {"C: aB NOOP"}},
      {Fault::CommandCaseSensitive, Start::Tls, {"C: a Noop"}},
      {Fault::LiteralRefusedInLogin, Start::Tls, {"C: a LOGIN {5+}\r\nalice secret-alice"}},
      {Fault::NonsyncLiteralExecuted, Start::Tls, {"c: a LOGIN x y {8+}\r\nb NOOP\r\n\r\n"}},
      {Fault::QuotedUnescaped, Start::LoggedIn, with_message(multipart_message(), {"C: a FETCH 1 ENVELOPE"})},
      {Fault::LogoutWithoutBye, Start::Tls, {"C: a LOGOUT"}},
      {Fault::LogoutOkBeforeBye, Start::Tls, {"C: a LOGOUT"}},
      {Fault::LogoutKeepsConnection, Start::Tls, {"C: a LOGOUT", "C: b NOOP"}},
      {Fault::CapabilityWithoutImap4rev2, Start::Tls, {"C: a CAPABILITY"}},
      {Fault::MailboxCommandsBeforeLogin, Start::Tls, {"C: a SELECT INBOX"}},
      {Fault::SelectedCommandsUnselected, Start::LoggedIn, {"C: a EXPUNGE"}},
      {Fault::SelectOkBeforeData, Start::LoggedIn, {"C: a SELECT INBOX"}},
      {Fault::OctetAfterLiteralLost, Start::LoggedIn, {"C: a STATUS {5+}\r\nINBOX (MESSAGES)"}},
      {Fault::BigNonsyncLiteralTaken, Start::LoggedIn, {"C: a APPEND INBOX {4097+}\r\n" + std::string(4097, 'x')}},
      {Fault::RefusedLiteralRead, Start::LoggedIn, {"C: a XYZZY {2}", "C: b NOOP", "C: c NOOP"}},
      {Fault::NulIgnored, Start::LoggedIn, {"C: a LIST \"\" \"" + std::string(1, '\0') + "\""}},
      {Fault::NilIsNoMailbox, Start::LoggedIn, {"C: a STATUS NIL (MESSAGES)"}},
      {Fault::UnknownCommandNo, Start::Tls, {"C: a XYZZY"}},
      {Fault::NonsyncLiteralSent, Start::LoggedIn, with_message("x\r\n", {"C: a FETCH 1 BODY.PEEK[]"})},
      {Fault::OctetsQuoted, Start::LoggedIn, with_message("Subject: \xFF\r\n\r\n", {"C: a FETCH 1 ENVELOPE"})},
      {Fault::FetchWithTwoSpaces, Start::LoggedIn, with_message("x", {"C: a FETCH 1 ENVELOPE"})},
      {Fault::FetchEndsWithSpace, Start::LoggedIn, with_message("x", {"C: a FETCH 1 FLAGS"})},
      {Fault::StatusEndsWithSpace, Start::LoggedIn, {"C: a STATUS INBOX (MESSAGES)"}},
      {Fault::StarInFlags, Start::LoggedIn, {"C: a SELECT INBOX"}},
  };
}

}  // namespace imapspec::server
