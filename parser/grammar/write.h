// The pieces that commands and responses are made of, to octets.
//
// RFC 9051 section 9
#pragma once

#include <cstdint>
#include <string_view>

#include "parser/core/list.h"
#include "parser/grammar/body_structure.h"
#include "parser/grammar/date_time.h"
#include "parser/grammar/envelope.h"
#include "parser/grammar/fetch.h"
#include "parser/grammar/flag.h"
#include "parser/grammar/list.h"
#include "parser/grammar/mailbox.h"
#include "parser/grammar/number.h"
#include "parser/grammar/search.h"
#include "parser/grammar/section.h"
#include "parser/grammar/sequence_set.h"
#include "parser/grammar/status.h"
#include "parser/grammar/string.h"
#include "parser/grammar/writer.h"

namespace imapspec::parser {

// Each write appends its value as the rule has it; where only the name of the type does not tell the
// rule, that is said.

inline void write(SequenceNumber number, Writer& out) { out.nz_number(static_cast<NzNumber>(number)); }
inline void write(Uid uid, Writer& out) { out.nz_number(static_cast<NzNumber>(uid)); }
inline void write(std::string_view octets, Writer& out) { out.octets(octets); }
inline void write(const Flag& flag, Writer& out) { out.word(flag); }
inline void write(StatusAtt att, Writer& out) { out.word(status_att_name(att)); }
void write(const Mailbox& mailbox, Writer& out);
void write(const SequenceSet& set, Writer& out);  // sequence-set, uid-set
void write(const Date& date, Writer& out);
void write(const DateTime& date_time, Writer& out);
void write(const Section& section, Writer& out);
void write(const FetchAtt& att, Writer& out);
void write(const List<FetchAtt>& atts, Writer& out);  // of FETCH
void write(const MsgAtt& item, Writer& out);
void write(const Envelope& envelope, Writer& out);
void write(const Body& body, Writer& out);
void write(const ListArguments& arguments, Writer& out);
void write(const MailboxList& list, Writer& out);
void write(const NamespaceResponse& response, Writer& out);
void write(const StatusData& status, Writer& out);
void write(const SearchProgram& program, Writer& out);  // with the SP in front of it
void write(const Esearch& esearch, Writer& out);        // from the octet after "ESEARCH"

// write_astring appends an astring, write_string a string.
inline void write_astring(const String& string, Writer& out) { out.string(string, StringRule::Astring); }
inline void write_string(const String& string, Writer& out) { out.string(string, StringRule::String); }

// write_keyword appends "*" SP and the word that a response begins with.
inline void write_keyword(std::string_view keyword, Writer& out) {
  out.octets("* ");
  out.word(keyword);
}

// write_joined appends the elements with SP between them, each by `write_one(element, out)`.
template <class T, class WriteOne>
void write_joined(const List<T>& list, Writer& out, WriteOne write_one) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out.sp();
    write_one(list[i], out);
  }
}

// write_parenthesized appends "(" [element *(SP element)] ")".
template <class T, class WriteOne>
void write_parenthesized(const List<T>& list, Writer& out, WriteOne write_one) {
  out.octet('(');
  write_joined(list, out, write_one);
  out.octet(')');
}

template <class T>
void write_parenthesized(const List<T>& list, Writer& out) {
  write_parenthesized(list, out, [](const T& element, Writer& to) { write(element, to); });
}

// write_nil_or appends NIL, or what `write_value()` does between parentheses.
template <class WriteValue>
void write_nil_or(bool nil, Writer& out, WriteValue write_value) {
  if (nil) return out.word("NIL");
  out.octet('(');
  write_value();
  out.octet(')');
}

}  // namespace imapspec::parser
