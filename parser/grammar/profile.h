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
  LiteralPlus,     // RFC 7888: {n+} of any size
  Condstore,       // RFC 7162
  Qresync,         // RFC 7162, which includes CONDSTORE
  Id,              // RFC 2971
  Quota,           // RFC 9208
  Acl,             // RFC 4314
  Multiappend,     // RFC 3502
  AppendLimit,     // RFC 7889
  Utf8Accept,      // RFC 6855: UTF-8 in quoted strings of a client, APPEND with UTF8
  Utf8Enabled,     // RFC 6855: UTF-8 in quoted strings of a server too, from ENABLED UTF8=ACCEPT on
  Unauthenticate,  // RFC 8437
};

// Profile is the revisions and extensions of one connection. It changes when ENABLED arrives.
struct Profile {
  bool rev1 = false;
  bool rev2 = true;
  std::uint32_t extensions = 0;  // one bit per Extension
  bool from_server = false;      // the direction: what only a client may send is refused when set

  // has says whether the extension's grammar is in force; rev2 contains the first ones.
  [[nodiscard]] constexpr bool has(Extension extension) const {
    return (rev2 && extension < Extension::LiteralPlus) || has_added(extension);
  }

  // has_added says whether the extension came on top of the revision. It matters for BINARY, of which
  // rev2 contains only what concerns FETCH (RFC 9051 Appendix B).
  [[nodiscard]] constexpr bool has_added(Extension extension) const { return (extensions & bit(extension)) != 0; }

  // has_utf8_quoted says whether quoted strings hold UTF-8.
  [[nodiscard]] constexpr bool has_utf8_quoted() const {
    return rev2 || has_added(Extension::Utf8Enabled) || (!from_server && has_added(Extension::Utf8Accept));
  }

  // add puts an extension in force, and with QRESYNC also CONDSTORE (RFC 7162 section 3.2.3).
  constexpr Profile& add(Extension extension) {
    extensions |= bit(extension);
    if (extension == Extension::Qresync) extensions |= bit(Extension::Condstore);
    return *this;
  }

  friend bool operator==(const Profile&, const Profile&) = default;

 private:
  static constexpr std::uint32_t bit(Extension extension) {
    return std::uint32_t{1} << static_cast<unsigned>(extension);
  }
};

inline constexpr Profile kRev1{.rev1 = true, .rev2 = false, .extensions = 0, .from_server = false};
inline constexpr Profile kRev2{.rev1 = false, .rev2 = true, .extensions = 0, .from_server = false};
inline constexpr Profile kRev1AndRev2{.rev1 = true, .rev2 = true, .extensions = 0, .from_server = false};

}  // namespace imapspec::parser
