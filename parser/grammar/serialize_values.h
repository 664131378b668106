// The pieces that commands and responses share, to octets.
//
// RFC 9051 section 9
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "parser/core/list.h"
#include "parser/grammar/date_time.h"
#include "parser/grammar/flag.h"
#include "parser/grammar/mailbox.h"
#include "parser/grammar/number.h"
#include "parser/grammar/section.h"
#include "parser/grammar/sequence_set.h"
#include "parser/grammar/status.h"
#include "parser/grammar/string.h"

namespace imapspec::parser {

// Each write appends its value to `out`, in the spelling that its rule names first.

void write(std::uint64_t number, std::string& out);
inline void write(SequenceNumber number, std::string& out) { write(static_cast<std::uint64_t>(number), out); }
inline void write(Uid uid, std::string& out) { write(static_cast<std::uint64_t>(uid), out); }
inline void write(std::string_view octets, std::string& out) { out += octets; }
inline void write(const Flag& flag, std::string& out) { out += flag.name; }
void write(const String& string, std::string& out);
void write(const NString& string, std::string& out);  // NIL for nullopt
inline void write(const Mailbox& mailbox, std::string& out) { write(mailbox.name, out); }
void write(const SequenceSet& set, std::string& out);
void write(const Date& date, std::string& out);           // date-text, without quotes
void write(const DateTime& date_time, std::string& out);  // date-time, with quotes
void write(const Section& section, std::string& out);     // with its brackets
inline void write(StatusAtt att, std::string& out) { out += status_att_name(att); }

// write_joined appends the elements with `separator` between them.
template <class T>
void write_joined(const List<T>& list, std::string_view separator, std::string& out) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out += separator;
    write(list[i], out);
  }
}

// write_parenthesized appends "(" [element *(SP element)] ")".
template <class T>
void write_parenthesized(const List<T>& list, std::string& out) {
  out += '(';
  write_joined(list, " ", out);
  out += ')';
}

}  // namespace imapspec::parser
