// Letters, of which ABNF texts know no case.
//
// RFC 5234 section 2.3
#pragma once

namespace imapspec::abnf {

// is_letter says whether the octet is one of A-Z and a-z.
constexpr bool is_letter(char octet) { return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z'); }

}  // namespace imapspec::abnf
