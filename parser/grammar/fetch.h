// What FETCH asks for and what it answers.
//
// RFC 9051 sections 6.4.5, 7.5.2, 9: fetch-att, msg-att
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <variant>

#include "parser/core/cursor.h"
#include "parser/core/list.h"
#include "parser/grammar/body_structure.h"
#include "parser/grammar/date_time.h"
#include "parser/grammar/envelope.h"
#include "parser/grammar/flag.h"
#include "parser/grammar/number.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/section.h"
#include "parser/grammar/string.h"

namespace imapspec::parser {

// FetchAtt is one fetch-att, or one of the macros ALL, FAST and FULL, which stand alone.
struct FetchAtt {
  enum class Kind : std::uint8_t {
    All,
    Fast,
    Full,
    Envelope,
    Flags,
    InternalDate,
    Rfc822Size,
    Body,
    BodyStructure,
    Uid,
    BodySection,
    Binary,
    BinarySize,
    Rfc822,
    Rfc822Header,
    Rfc822Text,   // RFC 3501 only
    ModSequence,  // CONDSTORE
  };
  Kind kind = Kind::Flags;
  bool peek = false;               // BodySection and Binary
  Section section;                 // BodySection, Binary and BinarySize
  std::optional<Partial> partial;  // BodySection and Binary
  friend bool operator==(const FetchAtt&, const FetchAtt&) = default;
};

// MsgAtt is one item of a FETCH response.
struct MsgAtt {
  enum class Kind : std::uint8_t {
    Flags,
    Envelope,
    InternalDate,
    Rfc822Size,
    Body,
    BodyStructure,
    BodySection,
    Binary,
    BinarySize,
    Uid,
    Rfc822,
    Rfc822Header,
    Rfc822Text,   // RFC 3501 only
    ModSequence,  // CONDSTORE
  };
  Kind kind = Kind::Flags;
  List<Flag> flags;
  const parser::Envelope* envelope = nullptr;
  const parser::Body* body = nullptr;  // Body and BodyStructure
  DateTime internal_date;
  Number64 number;  // Rfc822Size, BinarySize, ModSequence
  parser::Uid uid{};
  Section section;                      // BodySection, Binary, BinarySize
  std::optional<std::uint32_t> origin;  // "<origin>" of BodySection, in octets
  NString data;                         // BodySection, Binary and the Rfc822 texts
  friend bool operator==(const MsgAtt& a, const MsgAtt& b);
};

// fetch-att, one or a parenthesized list or a macro: a piece of fetch
std::expected<List<FetchAtt>, Error> fetch_atts(Cursor& in, const Profile& profile);

// msg-att = "(" (msg-att-dynamic / msg-att-static) *(SP ...) ")"
std::expected<List<MsgAtt>, Error> msg_att(Cursor& in, const Profile& profile);

}  // namespace imapspec::parser
