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
  if (!in.take('(')) return in.fail("header-list", "\"(\"");
  ListBuilder<String> fields(in.arena());
  do {
    IMAPSPEC_TRY(const String field, astring(in, profile));
    fields.push(field);
  } while (in.take(' '));
  if (!in.take(')')) return in.fail("header-list", "SP or \")\"");
  return fields.list();
}

// section-msgtext = "HEADER" /
//                   "HEADER.FIELDS" [".NOT"] SP header-list /
//                   "TEXT"
// section-text = section-msgtext / "MIME"
//
// "MIME" only where `of_part`: it needs a part to be the header of.
std::expected<void, Error> section_text(Cursor& in, const Profile& profile, bool of_part, Section& result) {
  IMAPSPEC_TRY(result.text,
               keyword(in, kSectionTexts, of_part ? Name("section-text") : Name("section-msgtext"),
                       of_part ? Name("HEADER, HEADER.FIELDS, TEXT or MIME") : Name("HEADER, HEADER.FIELDS or TEXT"),
                       [of_part](SectionText text) { return of_part || text != SectionText::Mime; }));
  if (result.text == SectionText::HeaderFields || result.text == SectionText::HeaderFieldsNot) {
    if (!in.take(' ')) return in.fail("section-msgtext", "SP");
    IMAPSPEC_TRY(result.fields, header_list(in, profile));
  }
  return {};
}

// section-part = nz-number *("." nz-number)
//
// Stops after a "." that no digit follows, where a section-text can stand. `more` tells.
std::expected<List<std::uint32_t>, Error> section_part(Cursor& in, bool& more) {
  ListBuilder<std::uint32_t> part(in.arena());
  do {
    IMAPSPEC_TRY(const std::uint32_t number, nz_number(in));
    part.push(number);
    more = in.take('.');
  } while (more && is_digit(in.peek()));
  return part.list();
}

}  // namespace

// The names of header fields ignore case (RFC 5322), as the rest of a section does.
bool operator==(const Section& a, const Section& b) {
  return a.part == b.part && a.text == b.text &&
         std::equal(a.fields.begin(), a.fields.end(), b.fields.begin(), b.fields.end(),
                    [](const String& x, const String& y) { return equal_ignoring_case(x.value(), y.value()); });
}

// section = "[" [section-spec] "]"
// section-spec = section-msgtext / (section-part ["." section-text])
std::expected<Section, Error> section(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "section");
  Section result;
  if (!in.take('[')) return in.fail("section", "\"[\"");
  if (is_digit(in.peek())) {
    bool more = false;
    IMAPSPEC_TRY(result.part, section_part(in, more));
    if (more) {
      if (auto text = section_text(in, profile, true, result); !text) return std::unexpected(text.error());
    }
  } else if (is_alpha(in.peek())) {
    if (auto text = section_text(in, profile, false, result); !text) return std::unexpected(text.error());
  }
  if (!in.take(']')) return in.fail("section", "section-spec or \"]\"");
  return attempt.accept(result);
}

// section-binary = "[" [section-part] "]"
std::expected<Section, Error> section_binary(Cursor& in) {
  Attempt attempt(in, "section-binary");
  Section result;
  if (!in.take('[')) return in.fail("section-binary", "\"[\"");
  if (is_digit(in.peek())) {
    bool more = false;
    IMAPSPEC_TRY(result.part, section_part(in, more));
    if (more) return in.fail("section-part", "digit-nz");
  }
  if (!in.take(']')) return in.fail("section-binary", "section-part or \"]\"");
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
  if (!in.take('<')) return in.fail("partial", "\"<\"");
  if (profile.rev2) {
    IMAPSPEC_TRY(result.first, number64(in));
  } else {
    IMAPSPEC_TRY(result.first, number(in));
  }
  if (!in.take('.')) return in.fail("partial", "\".\"");
  if (profile.rev2) {
    IMAPSPEC_TRY(result.count, nz_number64(in));
  } else {
    IMAPSPEC_TRY(result.count, nz_number(in));
  }
  if (!in.take('>')) return in.fail("partial", "\">\"");
  return attempt.accept(result);
}

}  // namespace imapspec::parser
