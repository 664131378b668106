// Which grammar is in force: strictness is always relative to a profile.
//
// RFC 9051 Appendix A, RFC 3501
#pragma once

#include <cstdint>

namespace imapspec::parser {

// Extension names what a capability adds to the grammar.
enum class Extension : std::uint8_t {
  // Part of IMAP4rev2 itself.
  Esearch,       // RFC 4731: ESEARCH responses, SEARCH RETURN
  ListExtended,  // RFC 5258
  ListStatus,    // RFC 5819
  LiteralMinus,  // RFC 7888: {n+} up to 4096 octets
  SaslIr,        // RFC 4959
  StatusSize,    // RFC 8438
  Binary,        // RFC 3516
  Searchres,     // RFC 5182
  Enable,        // RFC 5161
  Namespace,     // RFC 2342
  Move,          // RFC 6851
  Uidplus,       // RFC 4315
  Unselect,      // RFC 3691
  Idle,          // RFC 2177
  // On top of either revision.
  LiteralPlus,  // RFC 7888: {n+} of any size
  Condstore,    // RFC 7162
  Qresync,      // RFC 7162, which includes CONDSTORE
  Id,           // RFC 2971
  Quota,        // RFC 9208
  Acl,          // RFC 4314
};

// Profile is the revisions and extensions of one connection. It changes when ENABLED arrives.
struct Profile {
  bool rev1 = false;
  bool rev2 = true;
  std::uint32_t extensions = 0;  // one bit per Extension
  bool from_server = false;      // the direction: what only a client may send is refused when set

  // has says whether the extension's grammar is in force; rev2 contains the first ones.
  [[nodiscard]] constexpr bool has(Extension extension) const {
    if (rev2 && extension < Extension::LiteralPlus) return true;
    return ((extensions >> static_cast<unsigned>(extension)) & 1U) != 0;
  }
  constexpr Profile& add(Extension extension) {
    extensions |= 1U << static_cast<unsigned>(extension);
    return *this;
  }
  friend bool operator==(const Profile&, const Profile&) = default;
};

inline constexpr Profile kRev1{.rev1 = true, .rev2 = false, .extensions = 0, .from_server = false};
inline constexpr Profile kRev2{.rev1 = false, .rev2 = true, .extensions = 0, .from_server = false};
inline constexpr Profile kRev1AndRev2{.rev1 = true, .rev2 = true, .extensions = 0, .from_server = false};

}  // namespace imapspec::parser
