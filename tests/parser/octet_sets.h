// The character classes of RFC 9051 section 9 and RFC 3501 section 9, written from their text as
// ranges of octets. Nothing here comes from the parser's own tables.
#pragma once

#include <bitset>
#include <cstddef>
#include <initializer_list>

namespace imapspec::parser::test {

using OctetSet = std::bitset<256>;

// OctetRange is octets from `first` to `last`, both included.
struct OctetRange {
  std::size_t first;
  std::size_t last;
};

// octets yields the set of all octets in some ranges.
inline OctetSet octets(std::initializer_list<OctetRange> ranges) {
  OctetSet set;
  for (const OctetRange& range : ranges) {
    for (std::size_t octet = range.first; octet <= range.last; ++octet) set.set(octet);
  }
  return set;
}

// OCTET = %x00-FF (RFC 5234 appendix B.1)
inline const OctetSet kOctet = octets({{0x00, 0xff}});

// CHAR = %x01-7F (RFC 5234 appendix B.1)
inline const OctetSet kChar = octets({{0x01, 0x7f}});

// CHAR8 = %x01-ff: any OCTET except NUL, %x00
inline const OctetSet kChar8 = octets({{0x01, 0xff}});

// CTL = %x00-1F / %x7F (RFC 5234 appendix B.1)
inline const OctetSet kCtl = octets({{0x00, 0x1f}, {0x7f, 0x7f}});

// ALPHA = %x41-5A / %x61-7A (RFC 5234 appendix B.1)
inline const OctetSet kAlpha = octets({{0x41, 0x5a}, {0x61, 0x7a}});

// DIGIT = %x30-39 (RFC 5234 appendix B.1)
inline const OctetSet kDigit = octets({{0x30, 0x39}});

// digit-nz = %x31-39: 1-9
inline const OctetSet kDigitNz = octets({{0x31, 0x39}});

// list-wildcards = "%" / "*"
inline const OctetSet kListWildcards = octets({{0x25, 0x25}, {0x2a, 0x2a}});

// quoted-specials = DQUOTE / "\"
inline const OctetSet kQuotedSpecials = octets({{0x22, 0x22}, {0x5c, 0x5c}});

// resp-specials = "]"
inline const OctetSet kRespSpecials = octets({{0x5d, 0x5d}});

// atom-specials = "(" / ")" / "{" / SP / CTL / list-wildcards / quoted-specials / resp-specials
inline const OctetSet kAtomSpecials = octets(
    {{0x00, 0x1f}, {0x20, 0x20}, {0x22, 0x22}, {0x25, 0x25}, {0x28, 0x2a}, {0x5c, 0x5d}, {0x7b, 0x7b}, {0x7f, 0x7f}});

// ATOM-CHAR = <any CHAR except atom-specials>
inline const OctetSet kAtomChar =
    octets({{0x21, 0x21}, {0x23, 0x24}, {0x26, 0x27}, {0x2b, 0x5b}, {0x5e, 0x7a}, {0x7c, 0x7e}});

// ASTRING-CHAR = ATOM-CHAR / resp-specials
inline const OctetSet kAstringChar =
    octets({{0x21, 0x21}, {0x23, 0x24}, {0x26, 0x27}, {0x2b, 0x5b}, {0x5d, 0x7a}, {0x7c, 0x7e}});

// list-char = ATOM-CHAR / list-wildcards / resp-specials
inline const OctetSet kListChar = octets({{0x21, 0x21}, {0x23, 0x27}, {0x2a, 0x5b}, {0x5d, 0x7a}, {0x7c, 0x7e}});

// tag = 1*<any ASTRING-CHAR except "+">
inline const OctetSet kTagChar =
    octets({{0x21, 0x21}, {0x23, 0x24}, {0x26, 0x27}, {0x2c, 0x5b}, {0x5d, 0x7a}, {0x7c, 0x7e}});

// TEXT-CHAR = <any CHAR except CR and LF>
inline const OctetSet kTextChar = octets({{0x01, 0x09}, {0x0b, 0x0c}, {0x0e, 0x7f}});

// <any TEXT-CHAR except "]">, in resp-text-code
inline const OctetSet kTextCharButBracket = octets({{0x01, 0x09}, {0x0b, 0x0c}, {0x0e, 0x5c}, {0x5e, 0x7f}});

// QUOTED-CHAR = <any TEXT-CHAR except quoted-specials> / ..., those of one octet
inline const OctetSet kQuotedCharOfOne = octets({{0x01, 0x09}, {0x0b, 0x0c}, {0x0e, 0x21}, {0x23, 0x5b}, {0x5d, 0x7f}});

// base64-char = ALPHA / DIGIT / "+" / "/": case sensitive
inline const OctetSet kBase64Char = octets({{0x2b, 0x2b}, {0x2f, 0x2f}, {0x30, 0x39}, {0x41, 0x5a}, {0x61, 0x7a}});

// tagged-label-fchar = ALPHA / "-" / "_" / "."
inline const OctetSet kTaggedLabelFchar = octets({{0x2d, 0x2e}, {0x41, 0x5a}, {0x5f, 0x5f}, {0x61, 0x7a}});

// tagged-label-char = tagged-label-fchar / DIGIT / ":"
inline const OctetSet kTaggedLabelChar = octets({{0x2d, 0x2e}, {0x30, 0x3a}, {0x41, 0x5a}, {0x5f, 0x5f}, {0x61, 0x7a}});

// UTF8-tail = %x80-BF (RFC 3629 section 4)
inline const OctetSet kUtf8Tail = octets({{0x80, 0xbf}});

// The first octets of UTF8-2, UTF8-3 and UTF8-4 (RFC 3629 section 4)
inline const OctetSet kUtf8LeadOf2 = octets({{0xc2, 0xdf}});
inline const OctetSet kUtf8LeadOf3 = octets({{0xe0, 0xef}});
inline const OctetSet kUtf8LeadOf4 = octets({{0xf0, 0xf4}});

}  // namespace imapspec::parser::test
