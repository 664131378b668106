// Atoms, quoted strings and literals, and how each was written.
//
// RFC 9051 sections 4.1, 4.3, 9
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "parser/core/cursor.h"
#include "parser/core/utf8.h"
#include "parser/grammar/char_class.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/word.h"

namespace imapspec::parser {

// StringForm is how a string stands on the wire.
enum class StringForm : std::uint8_t { Atom, Quoted, Literal, LiteralNonSync, Literal8, Literal8NonSync };

// holds says whether `octets` can stand in this form: list-chars as an atom, of which the rule may admit
// fewer; between quotes QUOTED-CHARs, with their escapes; in a literal anything but NUL; in a literal8
// anything.
constexpr bool holds(StringForm form, std::string_view octets) {
  switch (form) {
    case StringForm::Atom:
      return is_all(octets, is_list_char);
    case StringForm::Literal:
    case StringForm::LiteralNonSync:
      return octets.find('\0') == std::string_view::npos;
    case StringForm::Literal8:
    case StringForm::Literal8NonSync:
      return true;
    case StringForm::Quoted:
      break;
  }
  while (!octets.empty()) {
    std::size_t size = utf8_char(octets).octets;
    if (size == 0 && is_text_char(static_cast<unsigned char>(octets.front())) && octets.front() != '"') {
      const bool escape = octets.front() == '\\';
      if (escape && (octets.size() < 2 || (octets[1] != '"' && octets[1] != '\\'))) return false;
      size = escape ? 2 : 1;
    }
    if (size == 0) return false;
    octets.remove_prefix(size);
  }
  return true;
}

// String is any of atom, quoted, literal and literal8, whose form can hold what it holds. By default it
// is "". Two strings are equal when their values are.
class String {
 public:
  constexpr String() = default;

  // A literal of the language is checked when it is compiled, all else by from().
  template <std::size_t N>
  consteval String(const char (&literal)[N], StringForm form) : octets_(literal, N - 1), form_(form) {
    if (!holds(form, octets_)) throw "these octets cannot stand in this form";
  }

  // from yields nullopt where `form` cannot hold `octets`.
  static constexpr std::optional<String> from(std::string_view octets, StringForm form) {
    if (!holds(form, octets)) return std::nullopt;
    return unchecked(octets, form);
  }

  // unchecked is for the function of a rule, which has just read the octets, and for servers that break
  // the rules on purpose.
  static constexpr String unchecked(std::string_view octets, StringForm form) {
    String string;
    string.octets_ = octets;
    string.form_ = form;
    return string;
  }

  // octets is what stands between the quotes, escapes kept, or after the announcement.
  [[nodiscard]] constexpr std::string_view octets() const { return octets_; }
  [[nodiscard]] constexpr StringForm form() const { return form_; }

  // value is the octets meant, with the escapes of a quoted string undone.
  [[nodiscard]] std::string value() const;
  friend bool operator==(const String& a, const String& b);

 private:
  std::string_view octets_;
  StringForm form_ = StringForm::Quoted;
};

// NString is nil (nullopt) or a string.
using NString = std::optional<String>;

// is_quotable says whether `value` can be sent as a quoted string under `profile`: no NUL, CR
// or LF, and octets above 127 only as UTF-8 where the profile has that.
bool is_quotable(std::string_view value, const Profile& profile);

// escape_quoted yields the escaped form of a value, for a String of form Quoted that views it.
std::string escape_quoted(std::string_view value);

// atom = 1*ATOM-CHAR
std::expected<AtomName, Error> atom(Cursor& in);

// astring = 1*ASTRING-CHAR / string
std::expected<String, Error> astring(Cursor& in, const Profile& profile);

// charset = atom / quoted
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

// LiteralOctets says which octets a literal is made of: those of a class, or without one all but NUL.
struct LiteralOctets {
  bool nul_too = false;
  bool (*in_class)(int) = nullptr;
  Name expected = "CHAR8";  // what an Error calls them
  Name resolution = {};     // and why it refuses others

  // wrong is where the first octet is that is none of them, or npos.
  [[nodiscard]] std::size_t wrong(std::string_view octets) const;
};

// literal = "{" number64 ["+"] "}" CRLF *CHAR8
//
// LiteralPending when the announcement is whole and the octets are not all there, also when the
// unit ends right after "{0}" CRLF. From a server "{n+}" is an error (section 4.3).
//
// `which` is for rules that refuse some of the octets.
std::expected<String, Error> literal(Cursor& in, const Profile& profile, const LiteralOctets& which = {});

// literal_content takes the octets of a literal of `rule`, from the "}" of its announcement on.
std::expected<std::string_view, Error> literal_content(Cursor& in, std::uint64_t size, const LiteralOctets& which,
                                                       Name rule);

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
std::expected<Tag, Error> tag(Cursor& in);

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
