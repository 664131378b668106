// Which credentials are taken, and when.
//
// RFC 9051 sections 6.2.2, 6.2.3, 7.2.2, 11.7
#pragma once

#include <string_view>

#include "server/session/context.h"

namespace imapspec::server {

// login_permitted says whether LOGIN may look at credentials on this connection, and
// plain_permitted whether AUTHENTICATE PLAIN may.
bool login_permitted(const Context& context);
bool plain_permitted(const Context& context);

// privacy_required is the answer where they may not.
Completion privacy_required();

// credentials_right checks a password.
bool credentials_right(const Context& context, std::string_view user, std::string_view password);

// authentication_failed is one answer for an unknown user and for a wrong password.
Completion authentication_failed();

// invalid_base64 is the answer to what a client sends as base64 and is not (section 6.2.2).
Completion invalid_base64(const Context& context);

// log_in enters the authenticated state and tells the capabilities there.
Completion log_in(Context& context, std::string_view user);

}  // namespace imapspec::server
