#include "parser/grammar/string.h"

#include <algorithm>
#include <array>

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
constexpr bool is_in_plain_quoted(int octet) { return kPlainQuotedChar[static_cast<std::size_t>(octet)]; }

constexpr int octet_at(std::string_view octets, std::size_t at) { return static_cast<unsigned char>(octets[at]); }

// run takes the octets in front that are in the class, which is a template's so that its test is inlined.
template <bool (*InClass)(int)>
std::string_view run(Cursor& in) {
  const std::string_view rest = in.rest();
  std::size_t size = 0;
  while (size < rest.size() && InClass(octet_at(rest, size))) ++size;
  in.skip(size);
  return rest.substr(0, size);
}

// plus reads the "+" of a non-synchronizing literal, if one is there.
std::expected<bool, Error> plus(Cursor& in, const Profile& profile, std::uint64_t octets, Name rule) {
  if (in.peek() != '+') return false;
  const bool any_size = profile.has(Extension::LiteralPlus);
  if (!any_size && !profile.has(Extension::LiteralMinus)) return in.fail(rule, "\"}\"");
  // Note: L9. The ABNF has no directions; its comment and section 4.3 have.
  if (profile.from_server) return in.fail(rule, "\"}\": no non-synchronizing literal comes from a server", "L9");
  // Note: L10. The framer consumes such a literal all the same.
  if (!any_size && octets > kMostLiteralMinus) {
    return in.fail(rule, "\"}\": a non-synchronizing literal has at most 4096 octets", "L10");
  }
  in.skip(1);
  return true;
}

// simple_quoted takes a quoted string that is written without escapes and UTF-8, as nearly all are, past all rules
// on the way to it. With a Trace they are not passed by.
bool simple_quoted(Cursor& in, String& value) {
  if (in.trace() != nullptr || in.peek() != '"') return false;
  const std::string_view rest = in.rest();
  std::size_t end = 1;
  while (end < rest.size() && is_in_plain_quoted(octet_at(rest, end))) ++end;
  if (end == rest.size() || rest[end] != '"') return false;
  value = String::unchecked(rest.substr(1, end - 1), StringForm::Quoted);
  in.skip(end + 1);
  return true;
}

// simple_nstring is the same for nil and such a string.
bool simple_nstring(Cursor& in, NString& value) {
  if (in.trace() == nullptr && in.rest().starts_with("NIL")) {
    in.skip(3);
    value.reset();
    return true;
  }
  return simple_quoted(in, value.emplace());
}

// string_or_run is a string, or one octet or more of the class, and nothing else: `rule`.
template <bool (*InClass)(int)>
std::expected<String, Error> string_or_run(Cursor& in, const Profile& profile, Name rule, Name expected) {
  Attempt attempt(in, rule);
  if (in.peek() == '"' || in.peek() == '{') {
    IMAPSPEC_TRY(const String value, string(in, profile));
    return attempt.accept(value);
  }
  const std::string_view octets = run<InClass>(in);
  if (octets.empty()) return attempt.fail(expected);
  return attempt.accept(String::unchecked(octets, StringForm::Atom));
}

// Unescaped walks over the value of a string without building it.
class Unescaped {
 public:
  explicit Unescaped(const String& string) : rest_(string.octets()), quoted_(string.form() == StringForm::Quoted) {}

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

std::size_t LiteralOctets::wrong(std::string_view octets) const {
  if (in_class == nullptr) return nul_too ? std::string_view::npos : octets.find('\0');
  const auto* const found =
      std::ranges::find_if_not(octets, [this](char octet) { return in_class(static_cast<unsigned char>(octet)); });
  return found == octets.end() ? std::string_view::npos : static_cast<std::size_t>(found - octets.begin());
}

// "{0}" CRLF at the end is pending too: whoever reads a synchronizing literal answers it first.
std::expected<std::string_view, Error> literal_content(Cursor& in, std::uint64_t size, const LiteralOctets& which,
                                                       Name rule) {
  if (!in.take('}')) return in.fail(rule, "\"}\"");
  IMAPSPEC_CHECK(crlf(in, rule));
  const std::string_view octets = in.rest().substr(0, std::min<std::uint64_t>(size, in.rest().size()));
  if (const std::size_t wrong = which.wrong(octets); wrong != std::string_view::npos) {
    return in.fail_at(in.offset() + wrong, rule, which.expected, which.resolution);
  }
  if (octets.size() < size || in.at_end()) return in.fail_pending(rule, "the octets of the literal");
  in.skip(octets.size());
  return octets;
}

std::string String::value() const {
  std::string value;
  value.reserve(octets_.size());
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
std::expected<AtomName, Error> atom(Cursor& in) {
  Attempt attempt(in, "atom");
  const std::string_view octets = run<is_atom_char>(in);
  if (octets.empty()) return attempt.fail("ATOM-CHAR");
  return attempt.accept(AtomName::unchecked(octets));
}

// astring = 1*ASTRING-CHAR / string
//
// Note: L2. NIL is an astring like any other.
std::expected<String, Error> astring(Cursor& in, const Profile& profile) {
  return string_or_run<is_astring_char>(in, profile, "astring", "ASTRING-CHAR or string");
}

// charset = atom / quoted
//
// Note: L23. Never a literal.
std::expected<String, Error> charset(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "charset");
  if (in.peek() == '"') {
    IMAPSPEC_TRY(const String value, quoted(in, profile));
    return attempt.accept(value);
  }
  if (!is_atom_char(in.peek())) return attempt.fail("atom or quoted");
  IMAPSPEC_TRY(const AtomName name, atom(in));
  return attempt.accept(String::unchecked(name, StringForm::Atom));
}

// string = quoted / literal
std::expected<String, Error> string(Cursor& in, const Profile& profile) {
  if (String simple; simple_quoted(in, simple)) return simple;
  Attempt attempt(in, "string");
  if (in.peek() == '"') {
    IMAPSPEC_TRY(const String value, quoted(in, profile));
    return attempt.accept(value);
  }
  if (in.peek() != '{') return attempt.fail("quoted or literal");
  IMAPSPEC_TRY(const String value, literal(in, profile));
  return attempt.accept(value);
}

// quoted = DQUOTE *QUOTED-CHAR DQUOTE
std::expected<String, Error> quoted(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "quoted");
  if (!in.take('"')) return attempt.fail("DQUOTE");
  const std::size_t start = in.offset();
  while (true) {
    run<is_in_plain_quoted>(in);
    const std::string_view octets = in.since(start);
    if (in.take('"')) return attempt.accept(String::unchecked(octets, StringForm::Quoted));
    IMAPSPEC_TRY([[maybe_unused]] const std::string_view special, quoted_char(in, profile.has_utf8_quoted(), "quoted"));
  }
}

// QUOTED-CHAR = <any TEXT-CHAR except quoted-specials> /
//               "\" quoted-specials / UTF8-2 / UTF8-3 / UTF8-4
//
// Note: L4, L5. Controls other than NUL, CR and LF are TEXT-CHARs; UTF-8 is not in RFC 3501.
// uQUOTED-CHAR of RFC 6855 has it, but only in strings.
std::expected<std::string_view, Error> quoted_char(Cursor& in, bool utf8, Name rule) {
  const std::size_t start = in.offset();
  const int octet = in.peek();
  if (octet == '\\') {
    if (in.peek(1) != '"' && in.peek(1) != '\\') return in.fail_at(start + 1, rule, "quoted-specials");
    in.skip(2);
  } else if (is_plain_quoted_char(octet)) {
    in.skip(1);
  } else if (octet >= 0x80 && utf8) {
    const Utf8Char character = utf8_char(in.rest());
    if (character.octets == 0) return in.fail_at(start + character.fitting, rule, "well-formed UTF-8");
    in.skip(character.octets);
  } else {
    return in.fail(rule, "QUOTED-CHAR or DQUOTE");
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
// Note: L13. The number is 32 bits wide in RFC 3501.
std::expected<String, Error> literal(Cursor& in, const Profile& profile, const LiteralOctets& which) {
  Attempt attempt(in, "literal");
  if (!in.take('{')) return attempt.fail("\"{\"");
  IMAPSPEC_TRY(const std::uint64_t size, wide_number(in, profile));
  IMAPSPEC_TRY(const bool non_sync, plus(in, profile, size, "literal"));
  IMAPSPEC_TRY(const std::string_view octets, literal_content(in, size, which, "literal"));
  return attempt.accept(String::unchecked(octets, non_sync ? StringForm::LiteralNonSync : StringForm::Literal));
}

// literal8 = "~{" number64 "}" CRLF *OCTET
//              ; <number64> represents the number of OCTETs
//              ; in the response string.
//
// Note: L8. NUL is allowed and "+" is not: only BINARY has it, where non-synchronizing literals are
// allowed (RFC 4466 section 3, RFC 7888 section 6). L13. RFC 3516 has a number.
std::expected<String, Error> literal8(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "literal8");
  if (!in.take('~')) return attempt.fail("\"~{\"");
  if (!in.take('{')) return attempt.fail("\"{\"");
  IMAPSPEC_TRY(const std::uint64_t size, wide_number(in, profile));
  bool non_sync = false;
  if (profile.has_added(Extension::Binary)) {
    IMAPSPEC_TRY(non_sync, plus(in, profile, size, "literal8"));
  }
  IMAPSPEC_TRY(const std::string_view octets, literal_content(in, size, {.nul_too = true}, "literal8"));
  return attempt.accept(String::unchecked(octets, non_sync ? StringForm::Literal8NonSync : StringForm::Literal8));
}

// nil = "NIL"
bool nil(Cursor& in) {
  if (in.peek() != 'N' && in.peek() != 'n') return false;
  Attempt attempt(in, "nil");
  return in.take_word("NIL", "nil") && attempt.accept(true);
}

// nstring = string / nil
//
// Note: L2, L3. A bare atom is no nstring, and "" is not NIL.
std::expected<NString, Error> nstring(Cursor& in, const Profile& profile) {
  if (NString simple; simple_nstring(in, simple)) return simple;
  Attempt attempt(in, "nstring");
  if (in.peek() == '"' || in.peek() == '{') {
    IMAPSPEC_TRY(const String value, string(in, profile));
    return attempt.accept(NString(value));
  }
  if (nil(in)) return attempt.accept(NString());
  return attempt.fail("string or NIL");
}

// list-mailbox = 1*list-char / string
std::expected<String, Error> list_mailbox(Cursor& in, const Profile& profile) {
  return string_or_run<is_list_char>(in, profile, "list-mailbox", "list-char or string");
}

// tag = 1*<any ASTRING-CHAR except "+">
std::expected<Tag, Error> tag(Cursor& in) {
  Attempt attempt(in, "tag");
  const std::string_view octets = run<is_tag_char>(in);
  if (octets.empty()) return attempt.fail("an ASTRING-CHAR other than \"+\"");
  return attempt.accept(Tag::unchecked(octets));
}

std::expected<String, Error> astring(Cursor& in, const Profile& profile, Name rule) {
  Attempt attempt(in, rule);
  IMAPSPEC_TRY(const String value, astring(in, profile));
  return attempt.accept(value);
}

std::expected<String, Error> string(Cursor& in, const Profile& profile, Name rule) {
  if (String simple; simple_quoted(in, simple)) return simple;
  Attempt attempt(in, rule);
  IMAPSPEC_TRY(const String value, string(in, profile));
  return attempt.accept(value);
}

std::expected<NString, Error> nstring(Cursor& in, const Profile& profile, Name rule) {
  if (NString simple; simple_nstring(in, simple)) return simple;
  Attempt attempt(in, rule);
  IMAPSPEC_TRY(const NString value, nstring(in, profile));
  return attempt.accept(value);
}

// Note: L16. Neither CR nor LF alone ends anything.
std::expected<void, Error> crlf(Cursor& in, Name rule) {
  if (in.peek() != '\r') return in.fail(rule, "CRLF");
  if (in.peek(1) != '\n') return in.fail_at(in.offset() + 1, rule, kLfAfterCr);
  in.skip(2);
  return {};
}

}  // namespace imapspec::parser
