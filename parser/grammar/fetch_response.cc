#include <array>
#include <new>

#include "parser/core/keyword.h"
#include "parser/grammar/extensions/hooks.h"
#include "parser/grammar/fetch.h"
#include "parser/grammar/fetch_gate.h"
#include "parser/grammar/sequence_set.h"

namespace imapspec::parser {

namespace {

using Kind = MsgAtt::Kind;

// The words that items begin with. BODY goes on with "[" or SP, which tells its two items apart.
constexpr std::array<Keyword<Kind>, 12> kItems{{{"FLAGS", Kind::Flags},
                                                {"UID", Kind::Uid},
                                                {"BODY", Kind::Body},
                                                {"RFC822.SIZE", Kind::Rfc822Size},
                                                {"INTERNALDATE", Kind::InternalDate},
                                                {"ENVELOPE", Kind::Envelope},
                                                {"BODYSTRUCTURE", Kind::BodyStructure},
                                                {"BINARY", Kind::Binary},
                                                {"BINARY.SIZE", Kind::BinarySize},
                                                {"RFC822", Kind::Rfc822},
                                                {"RFC822.HEADER", Kind::Rfc822Header},
                                                {"RFC822.TEXT", Kind::Rfc822Text}}};

// "(" [flag-fetch *(SP flag-fetch)] ")"
std::expected<List<Flag>, Error> flags(Cursor& in) {
  if (!in.take('(')) return in.fail("msg-att-dynamic", "\"(\"");
  ListBuilder<Flag> list(in.arena());
  if (in.take(')')) return list.list();
  do {
    IMAPSPEC_TRY(const Flag next, flag_fetch(in));
    list.push(next);
  } while (in.take(' '));
  if (!in.take(')')) return in.fail("msg-att-dynamic", "SP or \")\"");
  return list.list();
}

// section ["<" number ">"], from the octet after "BODY"
//
// Note: T40. The origin is a number, 32 bits wide, while a request's is a number64.
std::expected<void, Error> section_and_origin(Cursor& in, const Profile& profile, MsgAtt& item) {
  IMAPSPEC_TRY(item.section, section(in, profile));
  if (!in.take('<')) return {};
  IMAPSPEC_TRY(item.origin, number(in));
  if (!in.take('>')) return in.fail("msg-att-static", "\">\"");
  return {};
}

// What stands between an item's word and the SP in front of its value.
std::expected<void, Error> item_section(Cursor& in, const Profile& profile, MsgAtt& item) {
  if (item.kind == Kind::Body && in.peek() == '[') {
    item.kind = Kind::BodySection;
    return section_and_origin(in, profile, item);
  }
  if (item.kind == Kind::Binary || item.kind == Kind::BinarySize) {
    // Note: T38. No origin is in the grammar of RFC 9051, nor in that of RFC 3516, though the
    // text of both has one (erratum 7246).
    IMAPSPEC_TRY(item.section, section_binary(in));
  }
  return {};
}

std::expected<void, Error> envelope_of(Cursor& in, const Profile& profile, MsgAtt& item) {
  IMAPSPEC_TRY(const Envelope read, envelope(in, profile));
  item.envelope = new (in.arena().allocate<Envelope>(1)) Envelope(read);
  return {};
}

std::expected<void, Error> body_of(Cursor& in, const Profile& profile, MsgAtt& item) {
  IMAPSPEC_TRY(const Body read, body(in, profile, item.kind == Kind::BodyStructure));
  item.body = new (in.arena().allocate<Body>(1)) Body(read);
  return {};
}

// The value, from the octet after the SP.
std::expected<void, Error> item_value(Cursor& in, const Profile& profile, MsgAtt& item) {
  switch (item.kind) {
    case Kind::Flags: {
      IMAPSPEC_TRY(item.flags, flags(in));
      return {};
    }
    case Kind::Envelope:
      return envelope_of(in, profile, item);
    case Kind::InternalDate: {
      IMAPSPEC_TRY(item.internal_date, date_time(in));
      return {};
    }
    case Kind::Rfc822Size: {
      IMAPSPEC_TRY(item.number, wide_number(in, profile));
      return {};
    }
    case Kind::Body:
    case Kind::BodyStructure:
      return body_of(in, profile, item);
    case Kind::BinarySize: {
      IMAPSPEC_TRY(item.number, number(in));
      return {};
    }
    case Kind::ModSequence:  // its hook reads it
      break;
    case Kind::Uid: {
      IMAPSPEC_TRY(const NzNumber uid, uniqueid(in));
      item.uid = Uid{uid};
      return {};
    }
    case Kind::Binary: {
      // Note: L8, T38. Only here may a server send literal8.
      if (in.peek() == '~') {
        IMAPSPEC_TRY(item.data, literal8(in, profile));
        return {};
      }
      [[fallthrough]];
    }
    case Kind::BodySection:
    case Kind::Rfc822:
    case Kind::Rfc822Header:
    case Kind::Rfc822Text: {
      IMAPSPEC_TRY(item.data, nstring(in, profile));
      return {};
    }
  }
  return {};
}

// msg-att-dynamic = "FLAGS" SP "(" [flag-fetch *(SP flag-fetch)] ")"
//                     ; MAY change for a message
// msg-att-static = "ENVELOPE" SP envelope /
//                  "INTERNALDATE" SP date-time /
//                  "RFC822.SIZE" SP number64 /
//                  "BODY" ["STRUCTURE"] SP body /
//                  "BODY" section ["<" number ">"] SP nstring /
//                  "BINARY" section-binary SP (nstring / literal8) /
//                  "BINARY.SIZE" section-binary SP number /
//                  "UID" SP uniqueid
//                    ; MUST NOT change for a message
//
// Fills `read` where it stands in the list: it is large, and most of it stays empty.
std::expected<void, Error> item(Cursor& in, const Profile& profile, MsgAtt& read) {
  const std::size_t start = in.offset();
  const auto kind =
      keyword(in, kItems, "msg-att", "a FETCH data item", [&](Kind each) { return is_in(each, profile); });
  if (!kind) return extension_msg_att(in, profile, kind.error(), read);
  read.kind = *kind;
  Attempt attempt(in, read.kind == Kind::Flags ? Name("msg-att-dynamic") : Name("msg-att-static"), start);
  IMAPSPEC_CHECK(item_section(in, profile, read));
  if (!in.take(' ')) return attempt.fail(read.kind == Kind::Body ? Name("SP or section") : Name("SP"));
  IMAPSPEC_CHECK(item_value(in, profile, read));
  return attempt.accept();
}

template <class T>
bool same(const T* a, const T* b) {
  return a == nullptr || b == nullptr ? a == b : *a == *b;
}

}  // namespace

bool operator==(const MsgAtt& a, const MsgAtt& b) {
  return a.kind == b.kind && a.flags == b.flags && same(a.envelope, b.envelope) && same(a.body, b.body) &&
         a.internal_date == b.internal_date && a.number == b.number && a.uid == b.uid && a.section == b.section &&
         a.origin == b.origin && a.data == b.data;
}

// msg-att = "(" (msg-att-dynamic / msg-att-static)
//            *(SP (msg-att-dynamic / msg-att-static)) ")"
//
// Note: T60. Any order will do, and an item may stand twice. T41: there is at least one.
std::expected<List<MsgAtt>, Error> msg_att(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "msg-att");
  if (!in.take('(')) return attempt.fail("\"(\"");
  ListBuilder<MsgAtt> items(in.arena());
  do {
    IMAPSPEC_CHECK(item(in, profile, items.add()));
  } while (in.take(' '));
  if (!in.take(')')) return attempt.fail("SP or \")\"");
  return attempt.accept(items.list());
}

}  // namespace imapspec::parser
