#include "parser/grammar/string.h"

#include <algorithm>
#include <array>

#include "parser/core/keyword.h"
#include "parser/core/utf8.h"
#include "parser/grammar/char_class.h"
#include "parser/grammar/number.h"

namespace imapspec::parser {

namespace {

// RFC 7888 section 5, RFC 9051 section 4.3
constexpr std::uint64_t kMostLiteralMinus = 4096;

// <any TEXT-CHAR except quoted-specials>
constexpr bool is_plain_quoted_char(int octet) { return is_text_char(octet) && octet != '"' && octet != '\\'; }

consteval std::array<bool, 256> plain_quoted_chars() {
  std::array<bool, 256> table{};
  for (std::size_t octet = 0; octet < table.size(); ++octet)
    table[octet] = is_plain_quoted_char(static_cast<int>(octet));
  return table;
}
constexpr std::array<bool, 256> kPlainQuotedChar = plain_quoted_chars();

constexpr int octet_at(std::string_view octets, std::size_t at) { return static_cast<unsigned char>(octets[at]); }

// run takes 1*class and says what was missing. The class is a template's, so that its test is inlined.
template <bool (*InClass)(int)>
std::expected<std::string_view, Error> run(Cursor& in, Name rule, Name expected) {
  const std::string_view rest = in.rest();
  std::size_t size = 0;
  while (size < rest.size() && InClass(octet_at(rest, size))) ++size;
  if (size == 0) return in.fail(rule, expected);
  in.skip(size);
  return rest.substr(0, size);
}

// announced reads number64 "}" CRLF of a literal, after "{"; the number is 32 bits wide in RFC 3501.
struct Announcement {
  std::uint64_t octets = 0;
  bool plus = false;
};

std::expected<Announcement, Error> announced(Cursor& in, bool wide, const Profile* plus_profile, Name rule) {
  Announcement announcement;
  const std::size_t start = in.offset();
  if (wide) {
    IMAPSPEC_TRY(announcement.octets, number64(in));
  } else {
    IMAPSPEC_TRY(announcement.octets, number(in));
  }
  if (plus_profile != nullptr && in.peek() == '+') {
    // Note: L9. The ABNF has no directions; its comment and section 4.3 have.
    if (plus_profile->from_server) return in.fail(rule, "\"}\": no non-synchronizing literal comes from a server");
    if (!plus_profile->has(Extension::LiteralPlus)) {
      if (!plus_profile->has(Extension::LiteralMinus)) return in.fail(rule, "\"}\"");
      // Note: L10. The framer consumes such a literal all the same.
      if (announcement.octets > kMostLiteralMinus) {
        return in.fail_at(start, rule, "a non-synchronizing literal of at most 4096 octets");
      }
    }
    in.skip(1);
    announcement.plus = true;
  }
  if (!in.take('}')) return in.fail(rule, "\"}\"");
  if (auto end = crlf(in, rule); !end) return std::unexpected(end.error());
  return announcement;
}

// Unescaped walks over the value of a string without building it.
class Unescaped {
 public:
  explicit Unescaped(const String& string) : rest_(string.octets), quoted_(string.form == StringForm::Quoted) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  char next() {
    if (quoted_ && rest_.front() == '\\' && rest_.size() > 1) rest_.remove_prefix(1);
    const char octet = rest_.front();
    rest_.remove_prefix(1);
    return octet;
  }

 private:
  std::string_view rest_;
  bool quoted_;
};

}  // namespace

std::string String::value() const {
  std::string value;
  value.reserve(octets.size());
  for (Unescaped walk(*this); !walk.at_end();) value += walk.next();
  return value;
}

bool operator==(const String& a, const String& b) {
  Unescaped left(a);
  Unescaped right(b);
  while (!left.at_end() && !right.at_end()) {
    if (left.next() != right.next()) return false;
  }
  return left.at_end() && right.at_end();
}

bool is_quotable(std::string_view value, const Profile& profile) {
  while (!value.empty()) {
    std::size_t size = is_text_char(octet_at(value, 0)) ? 1 : 0;
    if (size == 0 && profile.has_utf8_quoted()) size = utf8_char(value).octets;
    if (size == 0) return false;
    value.remove_prefix(size);
  }
  return true;
}

std::string escape_quoted(std::string_view value) {
  std::string escaped;
  escaped.reserve(value.size());
  for (const char octet : value) {
    if (octet == '"' || octet == '\\') escaped += '\\';
    escaped += octet;
  }
  return escaped;
}

// atom = 1*ATOM-CHAR
std::expected<std::string_view, Error> atom(Cursor& in) { return run<is_atom_char>(in, "atom", "ATOM-CHAR"); }

// astring = 1*ASTRING-CHAR / string
//
// Note: L2. NIL is an astring like any other.
std::expected<String, Error> astring(Cursor& in, const Profile& profile) {
  if (in.peek() == '"' || in.peek() == '{') return string(in, profile);
  IMAPSPEC_TRY(const std::string_view octets, run<is_astring_char>(in, "astring", "ASTRING-CHAR or string"));
  return String{octets, StringForm::Atom};
}

// charset = atom / quoted
//
// Note: L23. No literal in RFC 9051; RFC 3501 has astring in its place, which holds both.
std::expected<String, Error> charset(Cursor& in, const Profile& profile) {
  if (profile.rev1) return astring(in, profile);
  if (in.peek() == '"') return quoted(in, profile);
  IMAPSPEC_TRY(const std::string_view octets, run<is_atom_char>(in, "charset", "atom or quoted"));
  return String{octets, StringForm::Atom};
}

// string = quoted / literal
std::expected<String, Error> string(Cursor& in, const Profile& profile) {
  if (in.peek() == '"') return quoted(in, profile);
  if (in.peek() == '{') return literal(in, profile);
  return in.fail("string", "quoted or literal");
}

// quoted = DQUOTE *QUOTED-CHAR DQUOTE
std::expected<String, Error> quoted(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "quoted");
  if (!in.take('"')) return in.fail("quoted", "DQUOTE");
  const std::size_t start = in.offset();
  while (true) {
    const std::string_view rest = in.rest();
    std::size_t plain = 0;
    while (plain < rest.size() && kPlainQuotedChar[static_cast<unsigned char>(rest[plain])]) ++plain;
    in.skip(plain);
    const std::string_view octets = in.since(start);
    if (in.take('"')) return attempt.accept(String{octets, StringForm::Quoted});
    IMAPSPEC_TRY([[maybe_unused]] const std::string_view special, quoted_char(in, profile.has_utf8_quoted()));
  }
}

// QUOTED-CHAR = <any TEXT-CHAR except quoted-specials> /
//               "\" quoted-specials / UTF8-2 / UTF8-3 / UTF8-4
//
// Note: L4, L5. Controls other than NUL, CR and LF are TEXT-CHARs; UTF-8 is not in RFC 3501.
// uQUOTED-CHAR of RFC 6855 has it, but only in strings.
std::expected<std::string_view, Error> quoted_char(Cursor& in, bool utf8) {
  const std::size_t start = in.offset();
  const int octet = in.peek();
  if (octet == '\\') {
    if (in.peek(1) != '"' && in.peek(1) != '\\') return in.fail_at(start + 1, "QUOTED-CHAR", "quoted-specials");
    in.skip(2);
  } else if (is_plain_quoted_char(octet)) {
    in.skip(1);
  } else if (octet >= 0x80 && utf8) {
    const Utf8Char character = utf8_char(in.rest());
    if (character.cut) return in.fail_at(in.octets().size(), "QUOTED-CHAR", "the rest of a UTF-8 character");
    if (character.octets == 0) return in.fail("QUOTED-CHAR", "well-formed UTF-8");
    in.skip(character.octets);
  } else {
    return in.fail("QUOTED-CHAR", "QUOTED-CHAR or DQUOTE");
  }
  return in.since(start);
}

// literal = "{" number64 ["+"] "}" CRLF *CHAR8
//             ; <number64> represents the number of CHAR8s.
//             ; A non-synchronizing literal is distinguished
//             ; from a synchronizing literal by the presence of
//             ; "+" before the closing "}".
//             ; Non-synchronizing literals are not allowed when
//             ; sent from server to the client.
//
// Note: L7. The octets are counted, whatever they look like; only NUL is not among them.
std::expected<String, Error> literal(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "literal");
  if (!in.take('{')) return in.fail("literal", "\"{\"");
  IMAPSPEC_TRY(const Announcement announcement, announced(in, profile.rev2, &profile, "literal"));
  const std::string_view octets = in.rest().substr(0, std::min<std::uint64_t>(announcement.octets, in.rest().size()));
  if (const std::size_t nul = octets.find('\0'); nul != std::string_view::npos) {
    return in.fail_at(in.offset() + nul, "literal", "CHAR8");
  }
  // "{0}" CRLF at the end is pending too: whoever reads a synchronizing literal answers it first.
  if (octets.size() < announcement.octets || in.at_end())
    return in.fail_pending("literal", "the octets of the literal");
  in.skip(octets.size());
  return attempt.accept(String{octets, announcement.plus ? StringForm::LiteralNonSync : StringForm::Literal});
}

// literal8 = "~{" number64 "}" CRLF *OCTET
//              ; <number64> represents the number of OCTETs
//              ; in the response string.
//
// Note: L8. NUL is allowed and "+" is not: only BINARY has it, where non-synchronizing literals are
// allowed (RFC 4466 section 3, RFC 7888 section 6). L13. RFC 3516 has a number.
std::expected<String, Error> literal8(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "literal8");
  if (!in.take('~')) return in.fail("literal8", "\"~{\"");
  if (!in.take('{')) return in.fail("literal8", "\"{\"");
  const Profile* plus_profile = profile.has_added(Extension::Binary) ? &profile : nullptr;
  IMAPSPEC_TRY(const Announcement announcement, announced(in, profile.rev2, plus_profile, "literal8"));
  const std::string_view octets = in.rest().substr(0, std::min<std::uint64_t>(announcement.octets, in.rest().size()));
  if (octets.size() < announcement.octets || in.at_end())
    return in.fail_pending("literal8", "the octets of the literal");
  in.skip(octets.size());
  return attempt.accept(String{octets, announcement.plus ? StringForm::Literal8NonSync : StringForm::Literal8});
}

// nstring = string / nil
//
// Note: L2, L3. A bare atom is no nstring, and "" is not NIL.
std::expected<NString, Error> nstring(Cursor& in, const Profile& profile) {
  if (in.peek() == '"' || in.peek() == '{') {
    IMAPSPEC_TRY(const String value, string(in, profile));
    return value;
  }
  if (in.take_word("NIL")) return std::nullopt;
  if (ends_inside(in.rest(), "NIL")) return in.fail_word("nil", "NIL");
  return in.fail("nstring", "string or NIL");
}

// list-mailbox = 1*list-char / string
std::expected<String, Error> list_mailbox(Cursor& in, const Profile& profile) {
  if (in.peek() == '"' || in.peek() == '{') return string(in, profile);
  IMAPSPEC_TRY(const std::string_view octets, run<is_list_char>(in, "list-mailbox", "list-char or string"));
  return String{octets, StringForm::Atom};
}

// tag = 1*<any ASTRING-CHAR except "+">
std::expected<std::string_view, Error> tag(Cursor& in) {
  return run<is_tag_char>(in, "tag", "an ASTRING-CHAR other than \"+\"");
}

// Note: L15. SP is exactly one, and never TAB.
std::expected<void, Error> sp(Cursor& in, Name rule) {
  if (!in.take(' ')) return in.fail(rule, "SP");
  return {};
}

// Note: L16. Neither CR nor LF alone ends anything.
std::expected<void, Error> crlf(Cursor& in, Name rule) {
  if (in.peek() != '\r') return in.fail(rule, "CRLF");
  if (in.peek(1) != '\n') return in.fail_at(in.offset() + 1, rule, kLfAfterCr);
  in.skip(2);
  return {};
}

}  // namespace imapspec::parser
