// Content transfer encodings, undone.
//
// RFC 2045 section 6
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace imapspec::server::mime {

// decode_transfer undoes `encoding` (ASCII case does not matter, empty is 7BIT). nullopt for an
// encoding that is not known. Octets outside the alphabet are left out (RFC 2045 section 6.8).
std::optional<std::string> decode_transfer(std::string_view octets, std::string_view encoding);

// with_crlf makes every line end CRLF.
std::string with_crlf(std::string_view text);

}  // namespace imapspec::server::mime
