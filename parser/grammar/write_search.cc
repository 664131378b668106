// What search.h has, to octets.

#include "parser/grammar/write.h"

namespace imapspec::parser {

namespace {

using Kind = SearchKey::Kind;

std::string_view search_key_name(Kind kind) {
  switch (kind) {
    case Kind::All:
      return "ALL";
    case Kind::Answered:
      return "ANSWERED";
    case Kind::Deleted:
      return "DELETED";
    case Kind::Flagged:
      return "FLAGGED";
    case Kind::Seen:
      return "SEEN";
    case Kind::Draft:
      return "DRAFT";
    case Kind::Unanswered:
      return "UNANSWERED";
    case Kind::Undeleted:
      return "UNDELETED";
    case Kind::Unflagged:
      return "UNFLAGGED";
    case Kind::Unseen:
      return "UNSEEN";
    case Kind::Undraft:
      return "UNDRAFT";
    case Kind::New:
      return "NEW";
    case Kind::Old:
      return "OLD";
    case Kind::Recent:
      return "RECENT";
    case Kind::Bcc:
      return "BCC";
    case Kind::Body:
      return "BODY";
    case Kind::Cc:
      return "CC";
    case Kind::From:
      return "FROM";
    case Kind::Subject:
      return "SUBJECT";
    case Kind::Text:
      return "TEXT";
    case Kind::To:
      return "TO";
    case Kind::Header:
      return "HEADER";
    case Kind::Before:
      return "BEFORE";
    case Kind::On:
      return "ON";
    case Kind::Since:
      return "SINCE";
    case Kind::SentBefore:
      return "SENTBEFORE";
    case Kind::SentOn:
      return "SENTON";
    case Kind::SentSince:
      return "SENTSINCE";
    case Kind::Larger:
      return "LARGER";
    case Kind::Smaller:
      return "SMALLER";
    case Kind::Keyword:
      return "KEYWORD";
    case Kind::Unkeyword:
      return "UNKEYWORD";
    case Kind::Uid:
      return "UID";
    case Kind::Not:
      return "NOT";
    case Kind::Or:
      return "OR";
    case Kind::SequenceSet:
    case Kind::And:
      break;
  }
  return "";
}

void write(const SearchKey& key, Writer& out) {
  if (key.kind == Kind::SequenceSet) return parser::write(key.set, out);
  if (key.kind == Kind::And) {
    return write_parenthesized(key.keys, out, [](const SearchKey& inner, Writer& to) { write(inner, to); });
  }
  out.word(search_key_name(key.kind));
  switch (key.kind) {
    case Kind::Header:
      out.sp();
      out.string(key.field, StringRule::Astring, Letters::AnyCase);
      [[fallthrough]];
    case Kind::Bcc:
    case Kind::Body:
    case Kind::Cc:
    case Kind::From:
    case Kind::Subject:
    case Kind::Text:
    case Kind::To:
      out.sp();
      return write_astring(key.text, out);
    case Kind::Before:
    case Kind::On:
    case Kind::Since:
    case Kind::SentBefore:
    case Kind::SentOn:
    case Kind::SentSince:
      out.sp();
      return parser::write(key.date, out);
    case Kind::Larger:
    case Kind::Smaller:
      out.sp();
      return out.number(key.number);
    case Kind::Keyword:
    case Kind::Unkeyword:
      out.sp();
      return parser::write(key.keyword, out);
    case Kind::Uid:
      out.sp();
      return parser::write(key.set, out);
    default:
      for (const SearchKey& inner : key.keys) {  // NOT and OR; the others have none
        out.sp();
        write(inner, out);
      }
  }
}

std::string_view return_option_name(SearchReturnOption option) {
  switch (option) {
    case SearchReturnOption::Min:
      return "MIN";
    case SearchReturnOption::Max:
      return "MAX";
    case SearchReturnOption::All:
      return "ALL";
    case SearchReturnOption::Count:
      return "COUNT";
    case SearchReturnOption::Save:
      return "SAVE";
  }
  return "";
}

// The items that have no label of their own in Esearch come last.
void write_item(std::string_view label, Writer& out, auto write_value) {
  out.sp();
  out.word(label);
  out.sp();
  write_value();
}

}  // namespace

void write(const SearchProgram& program, Writer& out) {
  if (program.returns) {
    out.sp();
    out.word("RETURN");
    out.sp();
    write_parenthesized(*program.returns, out,
                        [](SearchReturnOption option, Writer& to) { to.word(return_option_name(option)); });
  }
  if (program.charset) {
    out.sp();
    out.word("CHARSET");
    out.sp();
    out.string(*program.charset, StringRule::Charset);
  }
  for (const SearchKey& key : program.keys) {
    out.sp();
    write(key, out);
  }
}

void write(const Esearch& esearch, Writer& out) {
  if (esearch.tag) {
    out.octets(" (");
    out.word("TAG");
    out.sp();
    write_astring(*esearch.tag, out);
    out.octet(')');
  }
  if (esearch.uid) {
    out.sp();
    out.word("UID");
  }
  if (esearch.min) write_item("MIN", out, [&] { out.nz_number(*esearch.min); });
  if (esearch.max) write_item("MAX", out, [&] { out.nz_number(*esearch.max); });
  if (esearch.all) write_item("ALL", out, [&] { write(*esearch.all, out); });
  if (esearch.count) write_item("COUNT", out, [&] { out.number(*esearch.count); });
  for (const Esearch::Extra& extra : esearch.extra) {
    out.sp();
    out.octets(extra.label);
    out.sp();
    out.octets(extra.value);
  }
}

}  // namespace imapspec::parser
