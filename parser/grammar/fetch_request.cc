// The request half of fetch.h: what FETCH asks for.

#include <array>

#include "parser/core/keyword.h"
#include "parser/grammar/extensions/hooks.h"
#include "parser/grammar/fetch.h"
#include "parser/grammar/fetch_gate.h"

namespace imapspec::parser {

namespace {

using Kind = FetchAtt::Kind;

// Item is a keyword of FETCH and what may follow it.
struct Item {
  Kind kind = Kind::Flags;
  bool peek = false;
};

// Note: T36. The longest keyword: "BODYSTRUCTURE" and "BODY.PEEK" are never "BODY".
constexpr auto kItems = std::to_array<Keyword<Item>>({
    {"FLAGS", {Kind::Flags, false}},
    {"UID", {Kind::Uid, false}},
    {"ENVELOPE", {Kind::Envelope, false}},
    {"INTERNALDATE", {Kind::InternalDate, false}},
    {"RFC822.SIZE", {Kind::Rfc822Size, false}},
    {"BODY", {Kind::Body, false}},
    {"BODY.PEEK", {Kind::BodySection, true}},
    {"BODYSTRUCTURE", {Kind::BodyStructure, false}},
    {"BINARY", {Kind::Binary, false}},
    {"BINARY.PEEK", {Kind::Binary, true}},
    {"BINARY.SIZE", {Kind::BinarySize, false}},
    {"RFC822", {Kind::Rfc822, false}},
    {"RFC822.HEADER", {Kind::Rfc822Header, false}},
    {"RFC822.TEXT", {Kind::Rfc822Text, false}},
    {"ALL", {Kind::All, false}},
    {"FAST", {Kind::Fast, false}},
    {"FULL", {Kind::Full, false}},
});

bool is_macro(Kind kind) { return kind == Kind::All || kind == Kind::Fast || kind == Kind::Full; }

// What follows the word of an item.
std::expected<FetchAtt, Error> item_of(Cursor& in, const Profile& profile, const Item& item) {
  FetchAtt att;
  att.kind = item.kind;
  att.peek = item.peek;
  if (att.kind == Kind::Body && in.peek() == '[') att.kind = Kind::BodySection;
  if (att.kind == Kind::BodySection) {
    IMAPSPEC_TRY(att.section, section(in, profile));
  } else if (att.kind == Kind::Binary || att.kind == Kind::BinarySize) {
    IMAPSPEC_TRY(att.section, section_binary(in));
  }
  if ((att.kind == Kind::BodySection || att.kind == Kind::Binary) && in.peek() == '<') {
    IMAPSPEC_TRY(att.partial, partial(in, profile));
  }
  return att;
}

// fetch-att = "ENVELOPE" / "FLAGS" / "INTERNALDATE" /
//             "RFC822.SIZE" /
//             "BODY" ["STRUCTURE"] / "UID" /
//             "BODY" section [partial] /
//             "BODY.PEEK" section [partial] /
//             "BINARY" [".PEEK"] section-binary [partial] /
//             "BINARY.SIZE" section-binary
std::expected<FetchAtt, Error> fetch_att(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "fetch-att");
  const auto item = keyword(in, kItems, "fetch-att", "a FETCH data item", [&](const Item& candidate) {
    return !is_macro(candidate.kind) && is_in(candidate.kind, profile);
  });
  IMAPSPEC_TRY(const FetchAtt att, item ? item_of(in, profile, *item) : extension_fetch_att(in, profile, item.error()));
  return attempt.accept(att);
}

// "ALL" / "FULL" / "FAST" / fetch-att
//
// Until its word has been read, it is not known which.
std::expected<FetchAtt, Error> macro_or_fetch_att(Cursor& in, const Profile& profile) {
  const std::size_t start = in.offset();
  const auto item = keyword(in, kItems, "fetch", "ALL, FAST, FULL, \"(\" or a FETCH data item",
                            [&](const Item& candidate) { return is_in(candidate.kind, profile); });
  if (item && is_macro(item->kind)) return FetchAtt{item->kind, false, {}, {}};
  if (!item) {
    IMAPSPEC_TRY(const FetchAtt added, extension_fetch_att(in, profile, item.error()));
    Attempt attempt(in, "fetch-att", start);
    return attempt.accept(added);
  }
  Attempt attempt(in, "fetch-att", start);
  IMAPSPEC_TRY(const FetchAtt att, item_of(in, profile, *item));
  return attempt.accept(att);
}

}  // namespace

// What follows the set in
// fetch = "FETCH" SP sequence-set SP (
//         "ALL" / "FULL" / "FAST" /
//         fetch-att / "(" fetch-att *(SP fetch-att) ")")
//
// Note: T41. No macros in parentheses, and never nothing.
std::expected<List<FetchAtt>, Error> fetch_atts(Cursor& in, const Profile& profile) {
  Attempt attempt(in);
  ListBuilder<FetchAtt> atts(in.arena());
  if (in.take('(')) {
    do {
      IMAPSPEC_TRY(const FetchAtt att, fetch_att(in, profile));
      atts.push(att);
    } while (in.take(' '));
    if (!in.take(')')) return in.fail("fetch", "SP or \")\"");
  } else {
    IMAPSPEC_TRY(const FetchAtt att, macro_or_fetch_att(in, profile));
    atts.push(att);
  }
  return attempt.accept(atts.list());
}

}  // namespace imapspec::parser
