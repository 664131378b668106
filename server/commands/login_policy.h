// Which credentials are taken, and when.
//
// RFC 9051 sections 6.2.2, 6.2.3, 7.2.2, 11.7
#pragma once

#include <string_view>
#include <vector>

#include "server/session/context.h"

namespace imapspec::server {

// login_permitted says whether LOGIN may look at credentials on this connection, and
// plaintext_permitted whether AUTHENTICATE may with a mechanism that sends the password.
bool login_permitted(const Context& context);
bool plaintext_permitted(const Context& context);

// privacy_required is the answer where they may not.
Completion privacy_required();

// has_mechanism says whether a mechanism was configured and can work on this connection, and
// offered_mechanisms are those of them that are advertised: all but what needs TLS first.
bool has_mechanism(const Context& context, const Mechanism& mechanism);
std::vector<const Mechanism*> offered_mechanisms(const Context& context);

// sasl_parties is what an exchange is begun with.
SaslParties sasl_parties(const Context& context);

// authentication_failed is one answer for an unknown user and for a wrong password.
Completion authentication_failed();

// invalid_base64 is the answer to what a client sends as base64 and is not (section 6.2.2).
Completion invalid_base64(const Context& context);

// log_in enters the authenticated state and tells the capabilities there.
Completion log_in(Context& context, std::string_view user);

}  // namespace imapspec::server
