// Atoms, quoted strings and literals, and how each was written.
//
// RFC 9051 sections 4.1, 4.3, 9
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "parser/core/cursor.h"
#include "parser/grammar/profile.h"

namespace imapspec::parser {

// StringForm is how a string stands on the wire.
enum class StringForm : std::uint8_t { Atom, Quoted, Literal, LiteralNonSync, Literal8, Literal8NonSync };

// String is any of atom, quoted, literal and literal8. `octets` is what stands between the
// quotes (escapes kept) or after the announcement. Two strings are equal when their values are.
struct String {
  std::string_view octets;
  StringForm form = StringForm::Quoted;

  // value is the octets meant, with the escapes of a quoted string undone.
  [[nodiscard]] std::string value() const;
  friend bool operator==(const String& a, const String& b);
};

// NString is nil (nullopt) or a string.
using NString = std::optional<String>;

// is_quotable says whether `value` can be sent as a quoted string under `profile`: no NUL, CR
// or LF, and octets above 127 only as UTF-8 where the profile has that.
bool is_quotable(std::string_view value, const Profile& profile);

// escape_quoted yields the escaped form of a value, for a String of form Quoted that views it.
std::string escape_quoted(std::string_view value);

// atom = 1*ATOM-CHAR
std::expected<std::string_view, Error> atom(Cursor& in);

// astring = 1*ASTRING-CHAR / string
std::expected<String, Error> astring(Cursor& in, const Profile& profile);

// charset = atom / quoted; in RFC 3501 an astring
std::expected<String, Error> charset(Cursor& in, const Profile& profile);

// string = quoted / literal
std::expected<String, Error> string(Cursor& in, const Profile& profile);

// The rules that are astring, string or nstring by another name, which is `rule`.
std::expected<String, Error> astring(Cursor& in, const Profile& profile, Name rule);
std::expected<String, Error> string(Cursor& in, const Profile& profile, Name rule);
std::expected<NString, Error> nstring(Cursor& in, const Profile& profile, Name rule);

// quoted = DQUOTE *QUOTED-CHAR DQUOTE
std::expected<String, Error> quoted(Cursor& in, const Profile& profile);

// QUOTED-CHAR = <any TEXT-CHAR except quoted-specials> / "\" quoted-specials / UTF8-2 / UTF8-3 / UTF8-4
//
// A piece of `rule`. Yields the octets as written; the last three only where `utf8`.
std::expected<std::string_view, Error> quoted_char(Cursor& in, bool utf8, Name rule);

// literal = "{" number64 ["+"] "}" CRLF *CHAR8
//
// LiteralPending when the announcement is whole and the octets are not all there, also when the
// unit ends right after "{0}" CRLF. From a server "{n+}" is an error (section 4.3).
std::expected<String, Error> literal(Cursor& in, const Profile& profile);

// literal8 = "~{" number64 "}" CRLF *OCTET; in RFC 4466 "~{" number ["+"] "}" CRLF *OCTET
std::expected<String, Error> literal8(Cursor& in, const Profile& profile);

// nil = "NIL"
//
// Says whether it was there. If not, what else may stand there is for the caller to say.
bool nil(Cursor& in);

// nstring = string / nil
std::expected<NString, Error> nstring(Cursor& in, const Profile& profile);

// list-mailbox = 1*list-char / string
std::expected<String, Error> list_mailbox(Cursor& in, const Profile& profile);

// tag = 1*<any ASTRING-CHAR except "+">
std::expected<std::string_view, Error> tag(Cursor& in);

// SP, exactly one (section 9, note 2), in `rule`
//
// Note: L15. It is never TAB.
inline std::expected<void, Error> sp(Cursor& in, Name rule) {
  if (!in.take(' ')) return in.fail(rule, "SP");
  return {};
}

// kLfAfterCr is what crlf() expects where a CR stands: without it, the CR is a bare one.
inline constexpr Name kLfAfterCr("LF after CR");

// CRLF, in `rule`
std::expected<void, Error> crlf(Cursor& in, Name rule);

}  // namespace imapspec::parser
