// Faults of: TLS, AUTHENTICATE, LOGIN. RFC 9051 sections 6.2, 11.
#pragma once

#include <array>

#include "server/faults/faults.h"

namespace imapspec::server {

// kAuthFaults is this area's part of the table, in order of the enumerators.
inline constexpr auto kAuthFaults = std::to_array<FaultInfo>({
    {Fault::LoginBeforeTls, "login-before-tls", "6.2.3/login-refused-before-tls", "6.2.3", "must",
     "LOGIN works without TLS although LOGINDISABLED is advertised"},
    {Fault::LogindisabledNotAdvertised, "logindisabled-not-advertised", "6.2.3/logindisabled-is-advertised", "6.2.3",
     "must", "LOGIN is refused without TLS, but LOGINDISABLED is not in any capability list"},
    {Fault::PlainBeforeTls, "plain-before-tls", "6.2.2/plain-refused-before-tls", "6.2.2", "must",
     "AUTHENTICATE PLAIN works without TLS, with and without initial response"},
    {Fault::StarttlsExecutesInjected, "starttls-executes-injected", "6.2.1/data-after-starttls-is-not-executed",
     "6.2.1", "must", "octets that came with STARTTLS, after its CRLF, are executed once TLS is up", Reach::Tls},
    {Fault::StarttlsUnderTlsAccepted, "starttls-under-tls-accepted", "6.2.1/starttls-on-implicit-tls-is-bad", "6.2.1",
     "must", "STARTTLS under TLS, on either port, is answered OK, and no handshake follows"},
    {Fault::Tls11Accepted, "tls-1.1-accepted", "11.1/tls-1.1-is-not-negotiated", "11.1", "must",
     "TLS 1.1 is negotiated with a client that offers nothing better", Reach::Tls},
    {Fault::PasswordNotChecked, "password-not-checked", "6.2.3/wrong-password-is-no", "6.2.3", "statement",
     "LOGIN and AUTHENTICATE PLAIN accept any password of a known user"},
    {Fault::BadBase64No, "bad-base64-no", "6.2.2/invalid-base64-is-bad", "6.2.2", "must",
     "AUTHENTICATE answers NO, not BAD, to a response that is not base64"},
    {Fault::CancelNo, "cancel-no", "6.2.2/cancel-is-bad", "6.2.2", "must",
     "AUTHENTICATE answers NO, not BAD, to \"*\""},
    {Fault::LoginWhenAuthenticatedOk, "login-when-authenticated-ok", "6.2/login-only-before-authentication", "6.2",
     "statement", "LOGIN and AUTHENTICATE are answered OK after login, and change nothing"},
});

}  // namespace imapspec::server
