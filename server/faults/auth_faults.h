// Faults of: TLS, CAPABILITY, NOOP, AUTHENTICATE, LOGIN, ENABLE. RFC 9051 sections 6.1, 6.2, 6.3.1, 11.
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
    {Fault::PlainAdvertisedBeforeTls, "plain-advertised-before-tls", "11.7/no-plaintext-mechanism-before-tls", "11.7",
     "must", "mechanisms that send the password are advertised without TLS, and refused"},
    {Fault::PlainNotAdvertised, "plain-not-advertised", "6.1.1/auth-plain-is-listed", "6.1.1", "should",
     "AUTH=PLAIN is in no capability list, although AUTHENTICATE PLAIN works"},
    {Fault::StarttlsNotAdvertised, "starttls-not-advertised", "6.1.1/starttls-is-listed", "6.1.1", "must",
     "STARTTLS is in no capability list, although it works"},
    {Fault::StarttlsAfterLoginAccepted, "starttls-after-login-accepted", "6.2/starttls-only-before-authentication",
     "6.2", "statement", "STARTTLS after login is answered OK, and no handshake follows"},
    {Fault::CapabilityAfterOk, "capability-after-ok", "6.1.1/capability-before-ok", "6.1.1", "must",
     "the untagged answer to CAPABILITY follows the tagged OK"},
    {Fault::NoopRefusedBeforeLogin, "noop-refused-before-login", "6.1.2/noop-succeeds", "6.1.2", "statement",
     "NOOP is answered NO before login"},
    {Fault::LoginFailureBad, "login-failure-bad", "6.2.3/wrong-password-is-no", "6.2.3", "statement",
     "LOGIN answers BAD, not NO, to wrong credentials"},
    {Fault::AuthenticateFailureBad, "authenticate-failure-bad", "6.2.2/wrong-credentials-are-no", "6.2.2", "statement",
     "AUTHENTICATE answers BAD, not NO, to wrong credentials"},
    {Fault::UnknownUserAccepted, "unknown-user-accepted", "6.2.3/wrong-password-is-no", "6.2.3", "statement",
     "LOGIN accepts a user name that nobody has, and makes an account for it"},
    {Fault::InitialResponseDemanded, "initial-response-demanded", "6.2.2/initial-response-is-optional", "6.2.2", "must",
     "AUTHENTICATE without initial response is answered BAD"},
    {Fault::InitialResponseIgnored, "initial-response-ignored", "6.2.2/initial-response-is-taken", "6.2.2", "statement",
     "AUTHENTICATE throws its initial response away and asks for one"},
    {Fault::EmptyInitialResponseIgnored, "empty-initial-response-ignored", "6.2.2/equals-sign-is-a-response", "6.2.2",
     "statement", "AUTHENTICATE takes \"=\" for no initial response, and asks for one"},
    {Fault::BadBase64Accepted, "bad-base64-accepted", "6.2.2/invalid-base64-is-bad", "6.2.2", "must",
     "AUTHENTICATE skips what is not of the alphabet in the base64 that it asked for"},
    {Fault::EnableRemovesCapability, "enable-removes-capability", "6.3.1/enable-keeps-capabilities", "6.3.1", "must",
     "IMAP4rev2 is in no capability list any more once it was enabled"},
    {Fault::EnableConfirmsUnknown, "enable-confirms-unknown", "6.3.1/enabled-lists-what-was-enabled", "6.3.1", "must",
     "ENABLED repeats what ENABLE asked for, known or not"},
    {Fault::LoginAsFirstTried, "login-as-first-tried", "6.2.3/login-is-as-the-user", "6.2.3", "statement",
     "LOGIN after a failed one gives the mail of the user that was tried first"},
});

}  // namespace imapspec::server
