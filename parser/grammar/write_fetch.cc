// What fetch.h has, to octets.

#include "parser/grammar/write.h"

namespace imapspec::parser {

namespace {

// fetch_att_name is the keyword of an item, as far as the section if there is one.
std::string_view fetch_att_name(const FetchAtt& att) {
  switch (att.kind) {
    case FetchAtt::Kind::All:
      return "ALL";
    case FetchAtt::Kind::Fast:
      return "FAST";
    case FetchAtt::Kind::Full:
      return "FULL";
    case FetchAtt::Kind::Envelope:
      return "ENVELOPE";
    case FetchAtt::Kind::Flags:
      return "FLAGS";
    case FetchAtt::Kind::InternalDate:
      return "INTERNALDATE";
    case FetchAtt::Kind::Rfc822Size:
      return "RFC822.SIZE";
    case FetchAtt::Kind::Body:
      return "BODY";
    case FetchAtt::Kind::BodyStructure:
      return "BODYSTRUCTURE";
    case FetchAtt::Kind::Uid:
      return "UID";
    case FetchAtt::Kind::BodySection:
      return att.peek ? "BODY.PEEK" : "BODY";
    case FetchAtt::Kind::Binary:
      return att.peek ? "BINARY.PEEK" : "BINARY";
    case FetchAtt::Kind::BinarySize:
      return "BINARY.SIZE";
    case FetchAtt::Kind::Rfc822:
      return "RFC822";
    case FetchAtt::Kind::Rfc822Header:
      return "RFC822.HEADER";
    case FetchAtt::Kind::Rfc822Text:
      return "RFC822.TEXT";
    case FetchAtt::Kind::ModSequence:
      return "MODSEQ";
  }
  return "";
}

bool is_macro(FetchAtt::Kind kind) {
  return kind == FetchAtt::Kind::All || kind == FetchAtt::Kind::Fast || kind == FetchAtt::Kind::Full;
}

void write_section_item(std::string_view name, const MsgAtt& item, Writer& out) {
  out.word(name);
  write(item.section, out);
  if (item.origin) {
    out.octet('<');
    out.number(*item.origin);
    out.octet('>');
  }
  out.sp();
}

void write_item(std::string_view name, Writer& out) {
  out.word(name);
  out.sp();
}

}  // namespace

void write(const FetchAtt& att, Writer& out) {
  using Kind = FetchAtt::Kind;
  out.word(fetch_att_name(att));
  if (att.kind != Kind::BodySection && att.kind != Kind::Binary && att.kind != Kind::BinarySize) return;
  write(att.section, out);
  if (!att.partial) return;
  out.octet('<');
  out.number(att.partial->first);
  out.octet('.');
  out.nz_number(att.partial->count);
  out.octet('>');
}

// The macros have to stand without parentheses, and one item may.
void write(const List<FetchAtt>& atts, Writer& out) {
  if (atts.size() == 1 && (is_macro(atts.front().kind) || !out.other("("))) return write(atts.front(), out);
  write_parenthesized(atts, out);
}

void write(const MsgAtt& item, Writer& out) {
  switch (item.kind) {
    case MsgAtt::Kind::Flags:
      write_item("FLAGS", out);
      return write_parenthesized(item.flags, out);
    case MsgAtt::Kind::Envelope:
      write_item("ENVELOPE", out);
      return write(*item.envelope, out);
    case MsgAtt::Kind::InternalDate:
      write_item("INTERNALDATE", out);
      return write(item.internal_date, out);
    case MsgAtt::Kind::Rfc822Size:
      write_item("RFC822.SIZE", out);
      return out.number(item.number);
    case MsgAtt::Kind::Body:
      write_item("BODY", out);
      return write(*item.body, out);
    case MsgAtt::Kind::BodyStructure:
      write_item("BODYSTRUCTURE", out);
      return write(*item.body, out);
    case MsgAtt::Kind::BodySection:
      write_section_item("BODY", item, out);
      return out.nstring(item.data);
    case MsgAtt::Kind::Binary:
      write_section_item("BINARY", item, out);
      return out.nstring(item.data, StringRule::StringOrLiteral8);
    case MsgAtt::Kind::BinarySize:
      write_section_item("BINARY.SIZE", item, out);
      return out.number(item.number);
    case MsgAtt::Kind::Uid:
      write_item("UID", out);
      return write(item.uid, out);
    case MsgAtt::Kind::Rfc822:
      write_item("RFC822", out);
      return out.nstring(item.data);
    case MsgAtt::Kind::Rfc822Header:
      write_item("RFC822.HEADER", out);
      return out.nstring(item.data);
    case MsgAtt::Kind::Rfc822Text:
      write_item("RFC822.TEXT", out);
      return out.nstring(item.data);
    case MsgAtt::Kind::ModSequence:
      write_item("MODSEQ", out);
      out.octet('(');
      out.number(item.number);
      return out.octet(')');
  }
}

}  // namespace imapspec::parser
