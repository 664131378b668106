// What search.h has, to octets.

#include <array>
#include <cstddef>

#include "parser/core/ascii.h"
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
    case Kind::ModSequence:
      break;
  }
  return "";
}

void write(const SearchKey& key, Writer& out) {
  if (key.kind == Kind::SequenceSet) return parser::write(key.set, out);
  if (key.kind == Kind::ModSequence) return parser::write(*key.mod_sequence, out);
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

void write_return_option(const SearchReturnOption& option, Writer& out) {
  out.word(option.name);
  if (option.value.empty()) return;
  out.sp();
  out.octets(option.value);
}

// The result items of an ESEARCH response, which stand in any order.
struct EsearchItem {
  std::string_view label;
  std::string_view beginning;  // SP label SP
  bool (*present)(const Esearch&);
  void (*write_value)(const Esearch&, Writer&);
};

constexpr auto kEsearchItems = std::to_array<EsearchItem>({
    {"MIN", " MIN ", [](const Esearch& e) { return e.min.has_value(); },
     [](const Esearch& e, Writer& out) { out.nz_number(*e.min); }},
    {"MAX", " MAX ", [](const Esearch& e) { return e.max.has_value(); },
     [](const Esearch& e, Writer& out) { out.nz_number(*e.max); }},
    {"ALL", " ALL ", [](const Esearch& e) { return e.all.has_value(); },
     [](const Esearch& e, Writer& out) { parser::write(*e.all, out); }},
    {"COUNT", " COUNT ", [](const Esearch& e) { return e.count.has_value(); },
     [](const Esearch& e, Writer& out) { out.number(*e.count); }},
    {"MODSEQ", " MODSEQ ", [](const Esearch& e) { return e.mod_sequence.has_value(); },
     [](const Esearch& e, Writer& out) { out.number(*e.mod_sequence); }},
});

// EsearchItems writes the items one by one, the unknown ones in their own order.
class EsearchItems {
 public:
  explicit EsearchItems(const Esearch& esearch) : esearch_(&esearch) {
    for (std::size_t i = 0; i < kEsearchItems.size(); ++i) pending_[i] = kEsearchItems[i].present(esearch);
  }

  void write_all(Writer& out) {
    while (true) {
      if (const std::size_t item = next_item(out); item < kEsearchItems.size()) {
        write_item(item, out);
      } else if (extra_ < esearch_->extra.size()) {
        write_extra(out);
      } else {
        return;
      }
    }
  }

 private:
  // The one among kEsearchItems that comes next, or their number when an unknown one does.
  std::size_t next_item(Writer& out) const {
    std::size_t first = kEsearchItems.size();
    for (std::size_t i = kEsearchItems.size(); i-- > 0;) {
      if (pending_[i]) first = i;
    }
    for (std::size_t i = first; i < kEsearchItems.size(); ++i) {
      if (pending_[i] && out.other(kEsearchItems[i].beginning)) return i;
    }
    const bool may_wait = extra_ < esearch_->extra.size() && !repeats_pending(esearch_->extra[extra_].label);
    return first < kEsearchItems.size() && may_wait && out.other(" ") ? kEsearchItems.size() : first;
  }

  // An item that is there twice is an unknown one the second time: it must stay the second.
  [[nodiscard]] bool repeats_pending(std::string_view label) const {
    for (std::size_t i = 0; i < kEsearchItems.size(); ++i) {
      if (pending_[i] && equal_ignoring_case(label, kEsearchItems[i].label)) return true;
    }
    return false;
  }

  void write_item(std::size_t item, Writer& out) {
    pending_[item] = false;
    out.sp();
    out.word(kEsearchItems[item].label);
    out.sp();
    kEsearchItems[item].write_value(*esearch_, out);
  }

  void write_extra(Writer& out) {
    const Esearch::Extra& extra = esearch_->extra[extra_++];
    out.sp();
    out.octets(extra.label);
    out.sp();
    out.octets(extra.value);
  }

  const Esearch* esearch_;
  std::array<bool, kEsearchItems.size()> pending_{};
  std::size_t extra_ = 0;
};

}  // namespace

void write(const SearchProgram& program, Writer& out) {
  if (program.returns) {
    out.sp();
    out.word("RETURN");
    out.sp();
    write_parenthesized(*program.returns, out, write_return_option);
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
    out.string(*esearch.tag, StringRule::TagString);
    out.octet(')');
  }
  if (esearch.uid) {
    out.sp();
    out.word("UID");
  }
  EsearchItems(esearch).write_all(out);
}

}  // namespace imapspec::parser
