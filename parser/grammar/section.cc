#include "parser/grammar/section.h"

#include <algorithm>
#include <array>

#include "parser/core/keyword.h"
#include "parser/grammar/char_class.h"
#include "parser/grammar/number.h"

namespace imapspec::parser {

namespace {

// Note: T39. The longest keyword: "HEADER.FIELDS.NOT" is never "HEADER".
constexpr auto kSectionTexts = std::to_array<Keyword<SectionText>>({
    {"HEADER", SectionText::Header},
    {"HEADER.FIELDS", SectionText::HeaderFields},
    {"HEADER.FIELDS.NOT", SectionText::HeaderFieldsNot},
    {"TEXT", SectionText::Text},
    {"MIME", SectionText::Mime},
});

// header-list = "(" header-fld-name *(SP header-fld-name) ")"
// header-fld-name = astring
std::expected<List<String>, Error> header_list(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "header-list");
  if (!in.take('(')) return attempt.fail("\"(\"");
  ListBuilder<String> fields(in.arena());
  do {
    IMAPSPEC_TRY(const String field, astring(in, profile, "header-fld-name"));
    fields.push(field);
  } while (in.take(' '));
  if (!in.take(')')) return attempt.fail("SP or \")\"");
  return attempt.accept(fields.list());
}

// section-msgtext = "HEADER" /
//                   "HEADER.FIELDS" [".NOT"] SP header-list /
//                   "TEXT"
//
// The keyword has been read, which began at `start`.
std::expected<void, Error> section_msgtext(Cursor& in, const Profile& profile, std::size_t start, Section& result) {
  Attempt attempt(in, "section-msgtext", start);
  if (result.text == SectionText::HeaderFields || result.text == SectionText::HeaderFieldsNot) {
    if (!in.take(' ')) return attempt.fail("SP");
    IMAPSPEC_TRY(result.fields, header_list(in, profile));
  }
  return attempt.accept();
}

// section-text = section-msgtext / "MIME"
std::expected<void, Error> section_text(Cursor& in, const Profile& profile, Section& result) {
  Attempt attempt(in, "section-text");
  IMAPSPEC_TRY(result.text, keyword(in, kSectionTexts, "section-text", "HEADER, HEADER.FIELDS, TEXT or MIME"));
  if (result.text != SectionText::Mime) IMAPSPEC_CHECK(section_msgtext(in, profile, attempt.start(), result));
  return attempt.accept();
}

// section-part = nz-number *("." nz-number)
//
// Ends in front of a "." that no digit follows, where a section-text can stand.
std::expected<List<NzNumber>, Error> section_part(Cursor& in) {
  Attempt attempt(in, "section-part");
  ListBuilder<NzNumber> part(in.arena());
  while (true) {
    IMAPSPEC_TRY(const NzNumber number, nz_number(in));
    part.push(number);
    if (in.peek() != '.' || !is_digit(in.peek(1))) return attempt.accept(part.list());
    in.skip(1);
  }
}

// section-spec = section-msgtext / (section-part ["." section-text])
//
// Note: T39. "MIME" is the header of a part, so it needs one in front.
std::expected<void, Error> section_spec(Cursor& in, const Profile& profile, Section& result) {
  Attempt attempt(in, "section-spec");
  if (is_digit(in.peek())) {
    IMAPSPEC_TRY(result.part, section_part(in));
    if (in.take('.')) {
      if (!is_alpha(in.peek())) return attempt.fail("section-text or nz-number");
      IMAPSPEC_CHECK(section_text(in, profile, result));
    } else if (in.peek() != ']') {
      return attempt.fail("\".\" or \"]\"");
    }
  } else {
    IMAPSPEC_TRY(result.text, keyword(in, kSectionTexts, "section-spec", "section-part, HEADER, HEADER.FIELDS or TEXT",
                                      [](SectionText text) { return text != SectionText::Mime; }));
    IMAPSPEC_CHECK(section_msgtext(in, profile, attempt.start(), result));
  }
  return attempt.accept();
}

}  // namespace

// The names of header fields ignore case (RFC 5322), as the rest of a section does.
bool operator==(const Section& a, const Section& b) {
  return a.part == b.part && a.text == b.text &&
         std::equal(a.fields.begin(), a.fields.end(), b.fields.begin(), b.fields.end(),
                    [](const String& x, const String& y) { return equal_ignoring_case(x.value(), y.value()); });
}

// section = "[" [section-spec] "]"
std::expected<Section, Error> section(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "section");
  Section result;
  if (!in.take('[')) return attempt.fail("\"[\"");
  if (is_digit(in.peek()) || is_alpha(in.peek())) IMAPSPEC_CHECK(section_spec(in, profile, result));
  if (!in.take(']')) return attempt.fail("section-spec or \"]\"");
  return attempt.accept(result);
}

// section-binary = "[" [section-part] "]"
std::expected<Section, Error> section_binary(Cursor& in) {
  Attempt attempt(in, "section-binary");
  Section result;
  if (!in.take('[')) return attempt.fail("\"[\"");
  if (is_digit(in.peek())) {
    IMAPSPEC_TRY(result.part, section_part(in));
    if (in.peek() == '.') return attempt.fail_at(in.offset() + 1, "nz-number");
    if (!in.take(']')) return attempt.fail("\".\" or \"]\"");
  } else if (!in.take(']')) {
    return attempt.fail("section-part or \"]\"");
  }
  return attempt.accept(result);
}

// partial = "<" number64 "." nz-number64 ">"
//             ; Partial FETCH request. 0-based offset of
//             ; the first octet, followed by the number of
//             ; octets in the fragment.
//
// Note: T40. "<0.0>" is an error. RFC 3501 has 32-bit numbers here.
std::expected<Partial, Error> partial(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "partial");
  Partial result;
  if (!in.take('<')) return attempt.fail("\"<\"");
  IMAPSPEC_TRY(result.first, wide_number(in, profile));
  if (!in.take('.')) return attempt.fail("\".\"");
  if (profile.rev2) {
    IMAPSPEC_TRY(result.count, nz_number64(in));
  } else {
    IMAPSPEC_TRY(result.count, nz_number(in));
  }
  if (!in.take('>')) return attempt.fail("\">\"");
  return attempt.accept(result);
}

}  // namespace imapspec::parser
