// Text of any charset, and of encoded words, as UTF-8. GMime and GLib do the work; nobody else
// includes them.
//
// RFC 2047, RFC 2231 section 5, RFC 2978
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace imapspec::server::mime {

// knows_charset says whether to_utf8 can read text in that charset.
bool knows_charset(std::string_view charset);

// to_utf8 yields U+FFFD for what is not in the charset; nullopt for a charset that nobody knows.
// ASCII case of the name does not matter.
std::optional<std::string> to_utf8(std::string_view text, std::string_view charset);

// decode_words replaces the encoded words of an unfolded header value. Octets that are no UTF-8
// become U+FFFD, and NUL a space.
std::string decode_words(std::string_view value);

// fold_case makes texts that differ in case alone the same (Unicode, full case folding). What is
// no UTF-8 becomes U+FFFD.
std::string fold_case(std::string_view text);

}  // namespace imapspec::server::mime
