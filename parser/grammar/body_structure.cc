#include "parser/grammar/body_structure.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <new>

#include "parser/core/ascii.h"
#include "parser/grammar/char_class.h"
#include "parser/grammar/number.h"

namespace imapspec::parser {

namespace {

constexpr Name kTooDeep = "fewer nested levels";

// Note: part() calls itself, a hundred levels deep by default. What it calls for a single part is
// kept out of its frame by noinline: GCC would inline it all and make each level 1.4 KiB.

std::expected<const Body*, Error> part(Cursor& in, const Profile& profile, bool extensible);

// What of a single part is read depends on its media type; what the type is, on how it is written.
enum class Media { Basic, Text, Message };

bool begins_nstring(int octet) { return octet == '"' || octet == '{' || octet == 'N' || octet == 'n'; }

// Whether the octets begin with `word`, quotes included.
bool begins(std::string_view octets, std::string_view word) {
  return equal_ignoring_case(octets.substr(0, word.size()), word);
}

// body-fld-param = "(" string SP string *(SP string SP string) ")" /
//                  nil
//
// Note: T31. Neither "()" nor a value of NIL is in the grammar.
std::expected<List<BodyParameter>, Error> body_fld_param(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "body-fld-param");
  ListBuilder<BodyParameter> parameters(in.arena());
  if (nil(in)) return attempt.accept(parameters.list());
  if (!in.take('(')) return attempt.fail("\"(\" or NIL");
  do {
    BodyParameter next;
    IMAPSPEC_TRY(next.name, string(in, profile));
    if (!in.take(' ')) return attempt.fail("SP");
    IMAPSPEC_TRY(next.value, string(in, profile));
    parameters.push(next);
  } while (in.take(' '));
  if (!in.take(')')) return attempt.fail("SP or \")\"");
  return attempt.accept(parameters.list());
}

// body-fld-dsp = "(" string SP body-fld-param ")" / nil
std::expected<std::optional<BodyDisposition>, Error> body_fld_dsp(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "body-fld-dsp");
  if (nil(in)) return attempt.accept(std::optional<BodyDisposition>());
  if (!in.take('(')) return attempt.fail("\"(\" or NIL");
  BodyDisposition disposition;
  IMAPSPEC_TRY(disposition.type, string(in, profile));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(disposition.parameters, body_fld_param(in, profile));
  if (!in.take(')')) return attempt.fail("\")\"");
  return attempt.accept(std::optional(disposition));
}

// body-fld-lang = nstring / "(" string *(SP string) ")"
//
// Note: T35. The list holds strings, not nstrings, and at least one.
std::expected<List<String>, Error> body_fld_lang(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "body-fld-lang");
  ListBuilder<String> languages(in.arena());
  if (in.take('(')) {
    do {
      IMAPSPEC_TRY(const String language, string(in, profile));
      languages.push(language);
    } while (in.take(' '));
    if (!in.take(')')) return attempt.fail("SP or \")\"");
  } else {
    IMAPSPEC_TRY(const NString language, nstring(in, profile));
    if (language) languages.push(*language);
  }
  return attempt.accept(languages.list());
}

// body-extension = nstring / number / number64 /
//                   "(" body-extension *(SP body-extension) ")"
//
// Note: T34. Each number is a number64; RFC 3501 has numbers only.
std::expected<void, Error> body_extension(Cursor& in, const Profile& profile, BodyExtensionItem& item) {
  Attempt attempt(in, "body-extension");
  if (is_digit(in.peek())) {
    item.kind = BodyExtensionItem::Kind::Number;
    IMAPSPEC_TRY(item.number, wide_number(in, profile));
    return attempt.accept();
  }
  if (in.peek() != '(') {
    IMAPSPEC_TRY(item.text, nstring(in, profile));
    return attempt.accept();
  }
  const Cursor::Nesting nesting(in);
  if (!nesting.ok()) return in.fail_limit("body-extension", kTooDeep);
  in.skip(1);
  item.kind = BodyExtensionItem::Kind::Group;
  ListBuilder<BodyExtensionItem> items(in.arena());
  do {
    IMAPSPEC_CHECK(body_extension(in, profile, items.add()));
  } while (in.take(' '));
  if (!in.take(')')) return attempt.fail("SP or \")\"");
  item.items = items.list();
  return attempt.accept();
}

// body-ext-1part = body-fld-md5 [SP body-fld-dsp [SP body-fld-lang
//                  [SP body-fld-loc *(SP body-extension)]]]
// body-ext-mpart = body-fld-param [SP body-fld-dsp [SP body-fld-lang
//                  [SP body-fld-loc *(SP body-extension)]]]
//                    ; MUST NOT be returned on non-extensible
//                    ; "BODY" fetch
//
// From the SP in front of it, which is a piece of `outer`; nothing is read where there is none.
// body-fld-md5 = nstring
// body-fld-loc = nstring
[[gnu::noinline]] std::expected<void, Error> body_ext(Cursor& in, const Profile& profile, bool extensible, Name outer,
                                                      Body& body) {
  if (in.peek() != ' ') return {};
  // Note: T36.
  if (!extensible) return in.fail(outer, "\")\": BODY has no extension data", "T36");
  in.skip(1);
  Attempt attempt(in, body.multipart ? Name("body-ext-mpart") : Name("body-ext-1part"));
  BodyExtension& extension = body.extension;
  if (body.multipart) {
    IMAPSPEC_TRY(body.parameters, body_fld_param(in, profile));
  } else {
    IMAPSPEC_TRY(extension.md5, nstring(in, profile, "body-fld-md5"));
  }
  extension.fields = 1;
  if (!in.take(' ')) return attempt.accept();
  IMAPSPEC_TRY(extension.disposition, body_fld_dsp(in, profile));
  extension.fields = 2;
  if (!in.take(' ')) return attempt.accept();
  IMAPSPEC_TRY(extension.languages, body_fld_lang(in, profile));
  extension.fields = 3;
  if (!in.take(' ')) return attempt.accept();
  IMAPSPEC_TRY(extension.location, nstring(in, profile, "body-fld-loc"));
  extension.fields = 4;
  ListBuilder<BodyExtensionItem> items(in.arena());
  while (in.take(' ')) IMAPSPEC_CHECK(body_extension(in, profile, items.add()));
  extension.items = items.list();
  return attempt.accept();
}

// media-subtype = string
std::expected<String, Error> media_subtype(Cursor& in, const Profile& profile) {
  return string(in, profile, "media-subtype");
}

// The media type that begins here, as far as it matters.
//
// Note: T29. media-basic matches every type, so the type decides before the fields are read: TEXT is never
// basic, nor MESSAGE/RFC822 and MESSAGE/GLOBAL (of which RFC 3501 has only the first).
Media media_here(const Cursor& in, const Profile& profile) {
  const std::string_view rest = in.rest();
  if (begins(rest, "\"TEXT\"")) return Media::Text;
  if (begins(rest, "\"MESSAGE\" \"RFC822\"")) return Media::Message;
  return profile.rev2 && begins(rest, "\"MESSAGE\" \"GLOBAL\"") ? Media::Message : Media::Basic;
}

// A string whose quoted octets stand here: those that a media type is made of have no escapes.
String quoted_word(Cursor& in, std::size_t size) {
  const std::string_view octets = in.rest().substr(1, size);
  in.skip(size + 2);
  return String::unchecked(octets, StringForm::Quoted);
}

// media-text = DQUOTE "TEXT" DQUOTE SP media-subtype
// media-message = DQUOTE "MESSAGE" DQUOTE SP
//                 DQUOTE ("RFC822" / "GLOBAL") DQUOTE
std::expected<void, Error> media_text_or_message(Cursor& in, const Profile& profile, Media media, Body& body) {
  if (media == Media::Text) {
    Attempt attempt(in, "media-text");
    body.type = quoted_word(in, 4);
    if (!in.take(' ')) return attempt.fail("SP");
    IMAPSPEC_TRY(body.subtype, media_subtype(in, profile));
    return attempt.accept();
  }
  Attempt attempt(in, "media-message");
  body.type = quoted_word(in, 7);
  in.skip(1);
  body.subtype = quoted_word(in, 6);
  return attempt.accept();
}

// media-basic = ((DQUOTE ("APPLICATION" / "AUDIO" / "IMAGE" /
//               "FONT" / "MESSAGE" / "MODEL" / "VIDEO" ) DQUOTE)
//               / string)
//               SP media-subtype
//
// Note: T30. media-text and media-message are quoted. As literals these types would be basic, and are refused.
std::expected<void, Error> media_basic(Cursor& in, const Profile& profile, Body& body) {
  static constexpr auto kKnown =
      std::to_array<std::string_view>({"APPLICATION", "AUDIO", "IMAGE", "FONT", "MESSAGE", "MODEL", "VIDEO"});
  const auto is = [](const String& string, std::string_view word) {
    return equal_ignoring_case(string.octets(), word);
  };
  Attempt attempt(in, "media-basic");
  IMAPSPEC_TRY(body.type, string(in, profile));
  if (in.trace() != nullptr && body.type.form() == StringForm::Quoted &&
      std::ranges::any_of(kKnown, [&](std::string_view word) { return is(body.type, word); })) {
    in.trace()->flatten();
  }
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(body.subtype, media_subtype(in, profile));
  if (is(body.type, "TEXT")) return attempt.fail("another type: TEXT is quoted", "T30");
  if (is(body.type, "MESSAGE") && (is(body.subtype, "RFC822") || (profile.rev2 && is(body.subtype, "GLOBAL")))) {
    return attempt.fail("another type: MESSAGE and its subtype are quoted", "T30");
  }
  return attempt.accept();
}

// body-fld-enc = (DQUOTE ("7BIT" / "8BIT" / "BINARY" / "BASE64"/
//                "QUOTED-PRINTABLE") DQUOTE) / string
//
// Note: T32. The encoding is never NIL.
std::expected<String, Error> body_fld_enc(Cursor& in, const Profile& profile) {
  static constexpr auto kKnown =
      std::to_array<std::string_view>({"7BIT", "8BIT", "BINARY", "BASE64", "QUOTED-PRINTABLE"});
  Attempt attempt(in, "body-fld-enc");
  IMAPSPEC_TRY(const String encoding, string(in, profile));
  if (in.trace() != nullptr && encoding.form() == StringForm::Quoted &&
      std::ranges::any_of(kKnown,
                          [&](std::string_view word) { return equal_ignoring_case(encoding.octets(), word); })) {
    in.trace()->flatten();
  }
  return attempt.accept(encoding);
}

// body-fld-octets = number
std::expected<std::uint32_t, Error> body_fld_octets(Cursor& in) {
  Attempt attempt(in, "body-fld-octets");
  IMAPSPEC_TRY(const std::uint32_t octets, number(in));
  return attempt.accept(octets);
}

// body-fields = body-fld-param SP body-fld-id SP body-fld-desc SP
//               body-fld-enc SP body-fld-octets
//
// body-fld-id = nstring
// body-fld-desc = nstring
std::expected<void, Error> body_fields(Cursor& in, const Profile& profile, Body& body) {
  Attempt attempt(in, "body-fields");
  IMAPSPEC_TRY(body.parameters, body_fld_param(in, profile));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(body.id, nstring(in, profile, "body-fld-id"));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(body.description, nstring(in, profile, "body-fld-desc"));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(body.encoding, body_fld_enc(in, profile));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(body.octets, body_fld_octets(in));
  return attempt.accept();
}

// The media type, body-fields and the SP that more fields follow, if they do: pieces of `rule`.
[[gnu::noinline]] std::expected<void, Error> media_and_fields(Cursor& in, const Profile& profile, Media media,
                                                              Name rule, Body& body) {
  IMAPSPEC_CHECK(media == Media::Basic ? media_basic(in, profile, body)
                                       : media_text_or_message(in, profile, media, body));
  IMAPSPEC_CHECK(sp(in, rule));
  IMAPSPEC_CHECK(body_fields(in, profile, body));
  if (media == Media::Basic || in.take(' ')) return {};
  return in.fail(rule, "SP", in.peek() == ')' ? Name("T29") : Name());
}

// body-fld-lines = number64
//
// RFC 3501 has number.
[[gnu::noinline]] std::expected<void, Error> body_fld_lines(Cursor& in, const Profile& profile, Body& body) {
  Attempt attempt(in, "body-fld-lines");
  IMAPSPEC_TRY(body.lines, wide_number(in, profile));
  return attempt.accept();
}

[[gnu::noinline]] std::expected<void, Error> part_envelope(Cursor& in, const Profile& profile, Body& body) {
  IMAPSPEC_TRY(const Envelope read, envelope(in, profile));
  body.envelope = new (in.arena().allocate<Envelope>(1)) Envelope(read);
  return {};
}

// body-type-basic = media-basic SP body-fields
//                     ; MESSAGE subtype MUST NOT be "RFC822" or
//                     ; "GLOBAL"
// body-type-msg = media-message SP body-fields SP envelope
//                 SP body SP body-fld-lines
// body-type-text = media-text SP body-fields SP body-fld-lines
std::expected<void, Error> body_type(Cursor& in, const Profile& profile, bool extensible, Body& body) {
  const Media media = media_here(in, profile);
  const Name rule = media == Media::Basic  ? Name("body-type-basic")
                    : media == Media::Text ? Name("body-type-text")
                                           : Name("body-type-msg");
  Attempt attempt(in, rule);
  IMAPSPEC_CHECK(media_and_fields(in, profile, media, rule, body));
  // Note: T29. As body-type-basic it would have ended with the octets, and extension data would follow.
  if (media != Media::Basic && extensible && begins_nstring(in.peek())) {
    return attempt.fail(media == Media::Text ? Name("body-fld-lines") : Name("envelope"), "T29");
  }
  if (media == Media::Message) {
    IMAPSPEC_CHECK(part_envelope(in, profile, body));
    if (!in.take(' ')) return attempt.fail("SP");
    IMAPSPEC_TRY(const Body* inside, part(in, profile, extensible));
    body.parts = {inside, 1};
    if (!in.take(' ')) return attempt.fail("SP");
  }
  if (media != Media::Basic) IMAPSPEC_CHECK(body_fld_lines(in, profile, body));
  return attempt.accept();
}

// body-type-1part = (body-type-basic / body-type-msg / body-type-text)
//                   [SP body-ext-1part]
std::expected<void, Error> body_type_1part(Cursor& in, const Profile& profile, bool extensible, Body& body) {
  Attempt attempt(in, "body-type-1part");
  IMAPSPEC_CHECK(body_type(in, profile, extensible, body));
  IMAPSPEC_CHECK(body_ext(in, profile, extensible, "body-type-1part", body));
  return attempt.accept();
}

// body-type-mpart = 1*body SP media-subtype
//                   [SP body-ext-mpart]
//
// Note: T33. There is no SP between bodies, and a multipart without any cannot be written.
std::expected<void, Error> body_type_mpart(Cursor& in, const Profile& profile, bool extensible, Body& body) {
  Attempt attempt(in, "body-type-mpart");
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
  if (!in.take(' ')) return attempt.fail("\"(\" or SP");
  IMAPSPEC_TRY(body.subtype, media_subtype(in, profile));
  IMAPSPEC_CHECK(body_ext(in, profile, extensible, "body-type-mpart", body));
  return attempt.accept();
}

// The body itself. It is built in the arena, because a Body is large and these calls nest.
std::expected<const Body*, Error> part(Cursor& in, const Profile& profile, bool extensible) {
  const Cursor::Nesting nesting(in);
  if (!nesting.ok()) return in.fail_limit("body", kTooDeep);
  Attempt attempt(in, "body");
  if (!in.take('(')) return attempt.fail("\"(\"");
  Body* const body = new (in.arena().allocate<Body>(1)) Body();
  IMAPSPEC_CHECK(in.peek() == '(' ? body_type_mpart(in, profile, extensible, *body)
                                  : body_type_1part(in, profile, extensible, *body));
  if (!in.take(')')) return attempt.fail(extensible ? Name("SP or \")\"") : Name("\")\""));
  return attempt.accept(body);
}

}  // namespace

bool operator==(const BodyExtensionItem& a, const BodyExtensionItem& b) {
  return a.kind == b.kind && a.text == b.text && a.number == b.number && a.items == b.items;
}

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
