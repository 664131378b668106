// The message of SASL PLAIN, as AUTHENTICATE carries it.
//
// RFC 4616 section 2
#pragma once

#include <string>
#include <string_view>

namespace imapspec::runner {

// plain_message is the base64 of NUL user NUL password.
std::string plain_message(std::string_view user, std::string_view password);

}  // namespace imapspec::runner
