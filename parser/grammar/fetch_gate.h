// Which FETCH items a profile has: the same for what is asked and for what is answered.
//
// RFC 9051 Appendix E, RFC 3501 section 6.4.5, RFC 3516
#pragma once

#include "parser/grammar/profile.h"

namespace imapspec::parser {

// is_in takes a FetchAtt::Kind or a MsgAtt::Kind.
template <class Kind>
constexpr bool is_in(Kind kind, const Profile& profile) {
  switch (kind) {
    case Kind::Binary:
    case Kind::BinarySize:
      return profile.has(Extension::Binary);
    case Kind::Rfc822:
    case Kind::Rfc822Header:
    case Kind::Rfc822Text:
      return profile.rev1;
    default:
      return true;
  }
}

}  // namespace imapspec::parser
