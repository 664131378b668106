// The message of the SASL mechanism PLAIN.
//
// RFC 4616 section 2
#pragma once

#include <optional>
#include <string_view>

namespace imapspec::server {

// PlainMessage is message = [authzid] UTF8NUL authcid UTF8NUL passwd, with views of it.
struct PlainMessage {
  std::string_view authorization_id;  // empty: the user itself
  std::string_view authentication_id;
  std::string_view password;
};

// parse_plain yields nullopt where `message` is no PLAIN message.
std::optional<PlainMessage> parse_plain(std::string_view message);

// is_utf8_text says whether `text` is UTF-8 without NUL, as all the strings of SASL have to be.
bool is_utf8_text(std::string_view text);

}  // namespace imapspec::server
