#include "parser/grammar/body_structure.h"

#include <cstddef>
#include <new>

#include "parser/core/ascii.h"
#include "parser/core/keyword.h"
#include "parser/grammar/number.h"

namespace imapspec::parser {

namespace {

constexpr Name kTooDeep = "fewer nested levels";

// Note: part() calls itself, a hundred levels deep by default. What it calls for a single part is
// kept out of its frame by noinline: GCC would inline it all and make each level 1.4 KiB.

std::expected<const Body*, Error> part(Cursor& in, const Profile& profile, bool extensible);

// What of a single part is read depends on its media type; what the type is, on how it is written.
enum class Media { Basic, Text, Message };

// An escape can only stand for DQUOTE or "\\", which no word here has: the octets tell.
bool is(const String& string, std::string_view word) { return equal_ignoring_case(string.octets, word); }

// number64, which RFC 3501 does not have
std::expected<std::uint64_t, Error> wide_number(Cursor& in, const Profile& profile) {
  if (profile.rev2) return number64(in);
  return number(in);
}

// nil, where another alternative of `rule` was not recognized
std::expected<void, Error> nil_or(Cursor& in, Name rule, Name expected) {
  if (in.take_word("NIL")) return {};
  return ends_inside(in.rest(), "NIL") ? in.fail_word(rule, "NIL") : in.fail(rule, expected);
}

// body-fld-param = "(" string SP string *(SP string SP string) ")" /
//                  nil
//
// Note: trap T31. Neither "()" nor a value of NIL is in the grammar.
std::expected<List<BodyParameter>, Error> body_fld_param(Cursor& in, const Profile& profile) {
  ListBuilder<BodyParameter> parameters(in.arena());
  if (in.peek() != '(') {
    if (auto nil = nil_or(in, "body-fld-param", "\"(\" or NIL"); !nil) return std::unexpected(nil.error());
    return parameters.list();
  }
  Attempt attempt(in, "body-fld-param");
  in.skip(1);
  do {
    BodyParameter next;
    IMAPSPEC_TRY(next.name, string(in, profile));
    if (!in.take(' ')) return in.fail("body-fld-param", "SP");
    IMAPSPEC_TRY(next.value, string(in, profile));
    parameters.push(next);
  } while (in.take(' '));
  if (!in.take(')')) return in.fail("body-fld-param", "SP or \")\"");
  return attempt.accept(parameters.list());
}

// body-fld-dsp = "(" string SP body-fld-param ")" / nil
std::expected<std::optional<BodyDisposition>, Error> body_fld_dsp(Cursor& in, const Profile& profile) {
  if (in.peek() != '(') {
    if (auto nil = nil_or(in, "body-fld-dsp", "\"(\" or NIL"); !nil) return std::unexpected(nil.error());
    return std::nullopt;
  }
  Attempt attempt(in, "body-fld-dsp");
  in.skip(1);
  BodyDisposition disposition;
  IMAPSPEC_TRY(disposition.type, string(in, profile));
  if (!in.take(' ')) return in.fail("body-fld-dsp", "SP");
  IMAPSPEC_TRY(disposition.parameters, body_fld_param(in, profile));
  if (!in.take(')')) return in.fail("body-fld-dsp", "\")\"");
  return attempt.accept(std::optional(disposition));
}

// body-fld-lang = nstring / "(" string *(SP string) ")"
//
// Note: trap T35. The list holds strings, not nstrings, and at least one.
std::expected<List<String>, Error> body_fld_lang(Cursor& in, const Profile& profile) {
  ListBuilder<String> languages(in.arena());
  if (in.peek() != '(') {
    IMAPSPEC_TRY(const NString language, nstring(in, profile));
    if (language) languages.push(*language);
    return languages.list();
  }
  Attempt attempt(in, "body-fld-lang");
  in.skip(1);
  do {
    IMAPSPEC_TRY(const String language, string(in, profile));
    languages.push(language);
  } while (in.take(' '));
  if (!in.take(')')) return in.fail("body-fld-lang", "SP or \")\"");
  return attempt.accept(languages.list());
}

// body-extension = nstring / number / number64 /
//                   "(" body-extension *(SP body-extension) ")"
//
// Nothing is known of what these mean, so they are read and not kept.
// Note: trap T34. Each number is a number64; RFC 3501 has numbers only.
std::expected<void, Error> body_extension(Cursor& in, const Profile& profile) {
  if (in.peek() >= '0' && in.peek() <= '9') {
    IMAPSPEC_TRY([[maybe_unused]] const std::uint64_t value, wide_number(in, profile));
    return {};
  }
  if (in.peek() != '(') {
    IMAPSPEC_TRY([[maybe_unused]] const NString value, nstring(in, profile));
    return {};
  }
  const Cursor::Nesting nesting(in);
  if (!nesting.ok()) return in.fail_limit("body-extension", kTooDeep);
  Attempt attempt(in, "body-extension");
  in.skip(1);
  do {
    if (auto value = body_extension(in, profile); !value) return value;
  } while (in.take(' '));
  if (!in.take(')')) return in.fail("body-extension", "SP or \")\"");
  return attempt.accept(std::expected<void, Error>());
}

// body-ext-1part = body-fld-md5 [SP body-fld-dsp [SP body-fld-lang
//                  [SP body-fld-loc *(SP body-extension)]]]
// body-ext-mpart = body-fld-param [SP body-fld-dsp [SP body-fld-lang
//                  [SP body-fld-loc *(SP body-extension)]]]
//                    ; MUST NOT be returned on non-extensible
//                    ; "BODY" fetch
//
// From the SP in front of it; nothing is read where there is none.
// body-fld-md5 = nstring
// body-fld-loc = nstring
[[gnu::noinline]] std::expected<void, Error> body_ext(Cursor& in, const Profile& profile, bool extensible, Body& body) {
  if (in.peek() != ' ') return {};
  // Note: trap T36.
  if (!extensible) return in.fail("body", "\")\": BODY has no extension data");
  in.skip(1);
  BodyExtension& extension = body.extension;
  if (body.multipart) {
    IMAPSPEC_TRY(body.parameters, body_fld_param(in, profile));
  } else {
    IMAPSPEC_TRY(extension.md5, nstring(in, profile));
  }
  extension.fields = 1;
  if (!in.take(' ')) return {};
  IMAPSPEC_TRY(extension.disposition, body_fld_dsp(in, profile));
  extension.fields = 2;
  if (!in.take(' ')) return {};
  IMAPSPEC_TRY(extension.languages, body_fld_lang(in, profile));
  extension.fields = 3;
  if (!in.take(' ')) return {};
  IMAPSPEC_TRY(extension.location, nstring(in, profile));
  extension.fields = 4;
  while (in.take(' ')) {
    if (auto value = body_extension(in, profile); !value) return value;
  }
  return {};
}

// media-basic = ((DQUOTE ("APPLICATION" / "AUDIO" / "IMAGE" /
//               "FONT" / "MESSAGE" / "MODEL" / "VIDEO" ) DQUOTE)
//               / string)
//               SP media-subtype
// media-message = DQUOTE "MESSAGE" DQUOTE SP
//                 DQUOTE ("RFC822" / "GLOBAL") DQUOTE
// media-text = DQUOTE "TEXT" DQUOTE SP media-subtype
// media-subtype = string
//
// Note: trap T29. media-basic matches every type, so the type decides before the fields are read:
// TEXT is never basic, nor MESSAGE/RFC822 and MESSAGE/GLOBAL (of which RFC 3501 has only the first).
// Note: trap T30. media-text and media-message are quoted; as literals these types are refused.
[[gnu::noinline]] std::expected<Media, Error> media(Cursor& in, const Profile& profile, Body& body) {
  const std::size_t type_at = in.offset();
  IMAPSPEC_TRY(body.type, string(in, profile));
  const bool text = is(body.type, "TEXT");
  const bool message = is(body.type, "MESSAGE");
  if (text && body.type.form != StringForm::Quoted) return in.fail_at(type_at, "media-text", "a quoted \"TEXT\"");
  if (!in.take(' ')) return in.fail("body", "SP");
  const std::size_t subtype_at = in.offset();
  IMAPSPEC_TRY(body.subtype, string(in, profile));
  if (text) return Media::Text;
  if (!message || !(is(body.subtype, "RFC822") || (profile.rev2 && is(body.subtype, "GLOBAL")))) return Media::Basic;
  if (body.type.form != StringForm::Quoted) return in.fail_at(type_at, "media-message", "a quoted \"MESSAGE\"");
  if (body.subtype.form != StringForm::Quoted) return in.fail_at(subtype_at, "media-message", "a quoted subtype");
  return Media::Message;
}

// body-fields = body-fld-param SP body-fld-id SP body-fld-desc SP
//               body-fld-enc SP body-fld-octets
//
// body-fld-id = nstring
// body-fld-desc = nstring
// body-fld-enc = (DQUOTE ("7BIT" / "8BIT" / "BINARY" / "BASE64"/
//                "QUOTED-PRINTABLE") DQUOTE) / string
// body-fld-octets = number
//
// Note: trap T32. The encoding is never NIL.
[[gnu::noinline]] std::expected<void, Error> body_fields(Cursor& in, const Profile& profile, Body& body) {
  IMAPSPEC_TRY(body.parameters, body_fld_param(in, profile));
  if (!in.take(' ')) return in.fail("body-fields", "SP");
  IMAPSPEC_TRY(body.id, nstring(in, profile));
  if (!in.take(' ')) return in.fail("body-fields", "SP");
  IMAPSPEC_TRY(body.description, nstring(in, profile));
  if (!in.take(' ')) return in.fail("body-fields", "SP");
  IMAPSPEC_TRY(body.encoding, string(in, profile));
  if (!in.take(' ')) return in.fail("body-fields", "SP");
  IMAPSPEC_TRY(body.octets, number(in));
  return {};
}

// body-fld-lines = number64
//
// From the SP in front of it. RFC 3501 has number.
[[gnu::noinline]] std::expected<void, Error> body_fld_lines(Cursor& in, const Profile& profile, Body& body) {
  if (!in.take(' ')) return in.fail("body-fld-lines", "SP");
  IMAPSPEC_TRY(body.lines, wide_number(in, profile));
  return {};
}

// From the SP in front of it.
[[gnu::noinline]] std::expected<void, Error> part_envelope(Cursor& in, const Profile& profile, Body& body) {
  if (!in.take(' ')) return in.fail("body-type-msg", "SP");
  IMAPSPEC_TRY(const Envelope read, envelope(in, profile));
  body.envelope = new (in.arena().allocate<Envelope>(1)) Envelope(read);
  return {};
}

// body-type-1part = (body-type-basic / body-type-msg / body-type-text)
//                   [SP body-ext-1part]
// body-type-basic = media-basic SP body-fields
//                     ; MESSAGE subtype MUST NOT be "RFC822" or
//                     ; "GLOBAL"
// body-type-msg = media-message SP body-fields SP envelope
//                 SP body SP body-fld-lines
// body-type-text = media-text SP body-fields SP body-fld-lines
std::expected<void, Error> body_type_1part(Cursor& in, const Profile& profile, bool extensible, Body& body) {
  IMAPSPEC_TRY(const Media kind, media(in, profile, body));
  if (!in.take(' ')) return in.fail("body", "SP");
  if (auto fields = body_fields(in, profile, body); !fields) return fields;
  if (kind == Media::Message) {
    if (auto read = part_envelope(in, profile, body); !read) return read;
    if (!in.take(' ')) return in.fail("body-type-msg", "SP");
    IMAPSPEC_TRY(const Body* inside, part(in, profile, extensible));
    body.parts = {inside, 1};
  }
  if (kind != Media::Basic) {
    if (auto lines = body_fld_lines(in, profile, body); !lines) return lines;
  }
  return body_ext(in, profile, extensible, body);
}

// body-type-mpart = 1*body SP media-subtype
//                   [SP body-ext-mpart]
//
// Note: trap T33. There is no SP between bodies, and a multipart without any cannot be written.
std::expected<void, Error> body_type_mpart(Cursor& in, const Profile& profile, bool extensible, Body& body) {
  body.multipart = true;
  ListBuilder<const Body*> parts(in.arena());
  do {
    IMAPSPEC_TRY(const Body* next, part(in, profile, extensible));
    parts.push(next);
  } while (in.peek() == '(');
  const List<const Body*> read = parts.list();
  Body* const together = in.arena().allocate<Body>(read.size());
  for (std::size_t i = 0; i < read.size(); ++i) new (together + i) Body(*read[i]);
  body.parts = {together, read.size()};
  if (!in.take(' ')) return in.fail("body-type-mpart", "\"(\" or SP");
  IMAPSPEC_TRY(body.subtype, string(in, profile));
  return body_ext(in, profile, extensible, body);
}

// The body itself. It is built in the arena, because a Body is large and these calls nest.
std::expected<const Body*, Error> part(Cursor& in, const Profile& profile, bool extensible) {
  const Cursor::Nesting nesting(in);
  if (!nesting.ok()) return in.fail_limit("body", kTooDeep);
  Attempt attempt(in, "part");
  if (!in.take('(')) return in.fail("body", "\"(\"");
  Body* const body = new (in.arena().allocate<Body>(1)) Body();
  auto read = in.peek() == '(' ? body_type_mpart(in, profile, extensible, *body)
                               : body_type_1part(in, profile, extensible, *body);
  if (!read) return std::unexpected(read.error());
  if (!in.take(')')) return in.fail("body", extensible ? Name("SP or \")\"") : Name("\")\""));
  return attempt.accept(body);
}

}  // namespace

bool operator==(const Body& a, const Body& b) {
  const bool same_envelope =
      a.envelope == nullptr || b.envelope == nullptr ? a.envelope == b.envelope : *a.envelope == *b.envelope;
  return a.multipart == b.multipart && a.parts == b.parts && a.type == b.type && a.subtype == b.subtype &&
         a.parameters == b.parameters && a.id == b.id && a.description == b.description && a.encoding == b.encoding &&
         a.octets == b.octets && same_envelope && a.lines == b.lines && a.extension == b.extension;
}

// body = "(" (body-type-1part / body-type-mpart) ")"
std::expected<Body, Error> body(Cursor& in, const Profile& profile, bool extensible) {
  IMAPSPEC_TRY(const Body* read, part(in, profile, extensible));
  return *read;
}

}  // namespace imapspec::parser
