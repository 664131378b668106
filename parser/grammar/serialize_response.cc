#include <variant>

#include "parser/grammar/serialize.h"
#include "parser/grammar/write.h"

namespace imapspec::parser {

namespace {

// ---- resp-text

template <class T>
void piece(const T& value, Writer& out) {
  out.sp();
  parser::write(value, out);
}

// append-uid = uniqueid, where a set of one is never a range
void write_append_uid(const SequenceSet& uids, Writer& out) {
  if (uids.ranges().size() == 1) {
    const SeqRange& range = uids.ranges().front();
    if (range.first.number && range.first == range.last) {
      out.nz_number(*range.first.number);
      if (!out.other(":", Extension::Multiappend)) return;
      out.octet(':');
      return out.nz_number(*range.last.number);
    }
  }
  write(uids, out);
}

// The members of a code that this grammar knows; one without its number is unknown to the profile.
void write_arguments(const ResponseCode& code, Writer& out) {
  if (code.is("CAPABILITY")) {
    for (const std::string_view capability : code.capabilities) piece(capability, out);
  } else if (code.is("PERMANENTFLAGS")) {
    out.sp();
    write_parenthesized(code.flags, out);
  } else if (code.is("BADCHARSET")) {
    if (code.charsets.empty()) return;
    out.sp();
    write_parenthesized(code.charsets, out,
                        [](const String& charset, Writer& to) { to.string(charset, StringRule::CodeCharset); });
  } else if (code.number && (code.is("UIDNEXT") || code.is("UIDVALIDITY") || code.is("UNSEEN"))) {
    out.sp();
    out.nz_number(*code.number);
  } else if (code.number && code.is("APPENDUID")) {
    out.sp();
    out.nz_number(*code.number);
    out.sp();
    write_append_uid(code.uids, out);
  } else if (code.number && code.is("COPYUID")) {
    out.sp();
    out.nz_number(*code.number);
    piece(code.source, out);
    piece(code.uids, out);
  } else if (code.is("HIGHESTMODSEQ") && code.mod_sequence) {
    out.sp();
    out.number(*code.mod_sequence);
  } else if (code.is("MODIFIED") && code.modified) {
    piece(*code.modified, out);
  } else if (!code.arguments.empty()) {
    piece(code.arguments, out);
  }
}

void write(const RespText& text, Writer& out) {
  if (text.code) {
    out.octet('[');
    out.word(text.code->name);
    write_arguments(*text.code, out);
    out.octets("] ");
  }
  out.octets(text.text);
}

// ---- the responses

void write(const StatusResponse& status, Writer& out) {
  out.octets(status.tag ? status.tag->octets() : "*");
  out.sp();
  out.word(status_name(status.status));
  out.sp();
  write(status.text, out);
}

void write(const ContinueReq& request, Writer& out) {
  out.octets("+ ");
  out.octets(request.octets);
}

// A keyword and what follows it.
template <class T>
void write_data(std::string_view keyword, const T& value, Writer& out) {
  write_keyword(keyword, out);
  piece(value, out);
}

void write_words(std::string_view keyword, const List<AtomName>& words, Writer& out) {
  write_keyword(keyword, out);
  for (const std::string_view word : words) piece(word, out);
}

void write(const CapabilityData& data, Writer& out) { write_words("CAPABILITY", data.capabilities, out); }
void write(const EnableData& data, Writer& out) { write_words("ENABLED", data.capabilities, out); }

void write(const FlagsData& data, Writer& out) {
  write_keyword("FLAGS", out);
  out.sp();
  write_parenthesized(data.flags, out);
}

void write(const ListData& data, Writer& out) { write_data(data.lsub ? "LSUB" : "LIST", data.list, out); }

void write_numbers(const List<NzNumber>& numbers, Writer& out) {
  for (const NzNumber number : numbers) {
    out.sp();
    out.nz_number(number);
  }
}

void write(const SearchData& data, Writer& out) {
  write_keyword("SEARCH", out);
  write_numbers(data.numbers, out);
  if (!data.mod_sequence) return;
  out.octets(" (");
  out.word("MODSEQ");
  out.sp();
  out.number(*data.mod_sequence);
  out.octet(')');
}

void write_count(std::uint32_t count, std::string_view keyword, Writer& out) {
  out.octets("* ");
  out.number(count);
  out.sp();
  out.word(keyword);
}

void write(const Exists& data, Writer& out) { write_count(data.count, "EXISTS", out); }
void write(const Recent& data, Writer& out) { write_count(data.count, "RECENT", out); }

void write_message(SequenceNumber number, std::string_view keyword, Writer& out) {
  out.octet('*');
  piece(number, out);
  out.sp();
  out.word(keyword);
}

void write(const Expunge& data, Writer& out) { write_message(data.number, "EXPUNGE", out); }

void write(const Fetch& data, Writer& out) {
  write_message(data.number, "FETCH", out);
  out.sp();
  write_parenthesized(data.items, out);
}

// What has a rule of its own behind its keyword.
struct WriteResponse {
  Writer& out;

  void operator()(const NamespaceResponse& data) const { write_data("NAMESPACE", data, out); }
  void operator()(const StatusData& data) const { write_data("STATUS", data, out); }
  void operator()(const Esearch& data) const {
    write_keyword("ESEARCH", out);
    parser::write(data, out);
  }
  template <class T>
  void operator()(const T& data) const {
    write(data, out);
  }
};

void write_unit(const Response& response, Writer& out) {
  std::visit(WriteResponse{out}, response);
  out.crlf();
}

}  // namespace

void serialize(const Response& response, std::string& out) {
  Writer writer(out);
  write_unit(response, writer);
}

void serialize(const Response& response, Spelling& spelling, std::string& out) {
  Writer writer(out, spelling);
  write_unit(response, writer);
}

}  // namespace imapspec::parser
