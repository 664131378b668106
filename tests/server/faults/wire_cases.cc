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
  };
}

}  // namespace imapspec::server
