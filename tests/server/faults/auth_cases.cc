#include "tests/server/faults/cases.h"

namespace imapspec::server {

std::vector<FaultCase> auth_cases() {
  return {
      {Fault::LoginBeforeTls, Start::Clear, {"C: a LOGIN alice secret-alice"}},
      {Fault::LogindisabledNotAdvertised, Start::Clear, {"C: a CAPABILITY"}},
      {Fault::PlainBeforeTls, Start::Clear, {"C: a AUTHENTICATE PLAIN"}},
      {Fault::StarttlsExecutesInjected, Start::Clear, {"c: a STARTTLS\r\nb NOOP\r\n", "TLS"}},
      {Fault::StarttlsUnderTlsAccepted, Start::Tls, {"C: a STARTTLS"}},
      {Fault::PasswordNotChecked, Start::Tls, {"C: a LOGIN alice wrong"}},
      {Fault::BadBase64No, Start::Tls, {"C: a AUTHENTICATE PLAIN", "C: !"}},
      {Fault::BadBase64No, Start::Tls, {"C: a AUTHENTICATE PLAIN =AAA"}},
      {Fault::CancelNo, Start::Tls, {"C: a AUTHENTICATE PLAIN", "C: *"}},
      {Fault::LoginWhenAuthenticatedOk, Start::LoggedIn, {"C: a LOGIN alice secret-alice"}},
  };
}

}  // namespace imapspec::server
