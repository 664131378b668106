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

// decode_base64_leniently skips what is not in the alphabet and stops at padding.
std::string decode_base64_leniently(std::string_view octets);

// decode_quoted_printable keeps what is not well-formed as it is. In `header` form "_" is a space
// (RFC 2047 section 4.2).
std::string decode_quoted_printable(std::string_view octets, bool header);

// decode_words replaces the encoded words of a header value by UTF-8 (RFC 2047). Those in a
// charset other than US-ASCII, UTF-8 and ISO-8859-1 stay.
std::string decode_words(std::string_view value);

// with_crlf makes every line end CRLF.
std::string with_crlf(std::string_view text);

}  // namespace imapspec::server::mime
