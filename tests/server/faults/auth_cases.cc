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
      {Fault::PlainAdvertisedBeforeTls, Start::Clear, {"C: a CAPABILITY"}},
      {Fault::PlainNotAdvertised, Start::Tls, {"C: a CAPABILITY"}},
      {Fault::StarttlsNotAdvertised, Start::Clear, {"C: a CAPABILITY"}},
      {Fault::StarttlsAfterLoginAccepted, Start::LoggedIn, {"C: a STARTTLS"}},
      {Fault::CapabilityAfterOk, Start::Tls, {"C: a CAPABILITY"}},
      {Fault::NoopRefusedBeforeLogin, Start::Tls, {"C: a NOOP"}},
      {Fault::LoginFailureBad, Start::Tls, {"C: a LOGIN alice wrong"}},
      {Fault::AuthenticateFailureBad, Start::Tls, {"C: a AUTHENTICATE PLAIN ="}},
      {Fault::UnknownUserAccepted, Start::Tls, {"C: a LOGIN nobody x"}},
      {Fault::InitialResponseDemanded, Start::Tls, {"C: a AUTHENTICATE PLAIN"}},
      {Fault::InitialResponseIgnored, Start::Tls, {"C: a AUTHENTICATE PLAIN AAAA"}},
      {Fault::EmptyInitialResponseIgnored, Start::Tls, {"C: a AUTHENTICATE PLAIN ="}},
      {Fault::BadBase64Accepted, Start::Tls, {"C: a AUTHENTICATE PLAIN", "C: AAAA!"}},
      {Fault::EnableRemovesCapability, Start::LoggedIn, {"C: a ENABLE IMAP4rev2", "C: b CAPABILITY"}},
      {Fault::EnableConfirmsUnknown, Start::LoggedIn, {"C: a ENABLE X-NONE"}},
      {Fault::LoginAsFirstTried,
       Start::Tls,
       {"C: a LOGIN bob wrong", "C: b LOGIN alice secret-alice", "C: c CREATE x", "C2: z STATUS x (MESSAGES)"}},
  };
}

}  // namespace imapspec::server
