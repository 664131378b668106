// Parts of a message as FETCH names them.
//
// RFC 9051 sections 6.4.5.1, 9: section, partial
#pragma once

#include <cstdint>
#include <expected>
#include <optional>

#include "parser/core/cursor.h"
#include "parser/core/list.h"
#include "parser/grammar/number.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/string.h"

namespace imapspec::parser {

// SectionText is which text of a message or part is meant; Whole is the empty section or a
// bare part number.
enum class SectionText : std::uint8_t { Whole, Header, HeaderFields, HeaderFieldsNot, Text, Mime };

struct Section {
  List<NzNumber> part;  // section-part; empty means the message itself
  SectionText text = SectionText::Whole;
  List<String> fields;  // header-list, for HeaderFields and HeaderFieldsNot
  friend bool operator==(const Section& a, const Section& b);
};

// Partial is "<first.count>", in octets.
struct Partial {
  Number64 first;
  NzNumber64 count;
  friend bool operator==(const Partial&, const Partial&) = default;
};

// section = "[" [section-spec] "]"
std::expected<Section, Error> section(Cursor& in, const Profile& profile);

// section-binary = "[" [section-part] "]"
std::expected<Section, Error> section_binary(Cursor& in);

// partial = "<" number64 "." nz-number64 ">"
std::expected<Partial, Error> partial(Cursor& in, const Profile& profile);

}  // namespace imapspec::parser
