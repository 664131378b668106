// Arguments that extensions share, with the SP in front of them.
//
// RFC 9051 section 9
#pragma once

#include <cstdint>
#include <expected>
#include <string>

#include "parser/core/cursor.h"
#include "parser/grammar/mailbox.h"
#include "parser/grammar/number.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/serialize_values.h"
#include "parser/grammar/string.h"

namespace imapspec::parser {

// SP mailbox, in `rule`
inline std::expected<Mailbox, Error> sp_mailbox(Cursor& in, const Profile& profile, Name rule) {
  if (!in.take(' ')) return in.fail(rule, "SP");
  return mailbox(in, profile);
}

// SP astring, in `rule`
inline std::expected<String, Error> sp_astring(Cursor& in, const Profile& profile, Name rule) {
  if (!in.take(' ')) return in.fail(rule, "SP");
  return astring(in, profile);
}

// SP number64, in `rule`
inline std::expected<std::uint64_t, Error> sp_number64(Cursor& in, Name rule) {
  if (!in.take(' ')) return in.fail(rule, "SP");
  return number64(in);
}

// write_argument appends SP and the value.
template <class T>
void write_argument(const T& value, std::string& out) {
  out += ' ';
  write(value, out);
}

}  // namespace imapspec::parser
