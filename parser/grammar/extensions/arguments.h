// Arguments that extensions share, with the SP in front of them.
//
// RFC 9051 section 9
#pragma once

#include <concepts>
#include <cstdint>
#include <expected>

#include "parser/core/cursor.h"
#include "parser/grammar/mailbox.h"
#include "parser/grammar/number.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/string.h"
#include "parser/grammar/write.h"

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
inline std::expected<Number64, Error> sp_number64(Cursor& in, Name rule) {
  if (!in.take(' ')) return in.fail(rule, "SP");
  return number64(in);
}

// write_argument appends SP and the value; a string is an astring, a number a number64.
template <class T>
void write_argument(const T& value, Writer& out) {
  out.sp();
  if constexpr (std::convertible_to<T, std::uint64_t>) {
    out.number(value);
  } else {
    write(value, out);
  }
}
inline void write_argument(const String& string, Writer& out) {
  out.sp();
  write_astring(string, out);
}

}  // namespace imapspec::parser
