// Modified UTF-7: how IMAP4rev1 writes mailbox names.
//
// RFC 3501 section 5.1.3, RFC 9051 Appendix A.1
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace imapspec::server {

// to_modified_utf7 writes a name in UTF-8; what is not well-formed stays as it is.
std::string to_modified_utf7(std::string_view utf8);

// from_modified_utf7 reads one; nullopt for all that to_modified_utf7 would not have written: octets beyond
// ASCII, a "&" that begins nothing, base64 with wrong padding or of printable ASCII, halves of surrogates.
std::optional<std::string> from_modified_utf7(std::string_view name);

}  // namespace imapspec::server
