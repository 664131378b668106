// Keywords out of a table.
//
// RFC 9051 section 9, note 1: ASCII letters in either case
#pragma once

#include <array>
#include <cstddef>
#include <expected>
#include <string_view>

#include "parser/core/ascii.h"
#include "parser/core/cursor.h"

namespace imapspec::parser {

template <class T>
struct Keyword {
  std::string_view word;
  T value;
};

// is_keyword_octet: letters, digits, "-" and ".", of which all of IMAP's keywords are made.
constexpr bool is_keyword_octet(char octet) {
  const char lower = to_lower(octet);
  return (lower >= 'a' && lower <= 'z') || (octet >= '0' && octet <= '9') || octet == '-' || octet == '.';
}

// ends_inside says whether the octets end in at least one octet of what could still become `word`.
constexpr bool ends_inside(std::string_view rest, std::string_view word) {
  return !rest.empty() && rest.size() < word.size() && equal_ignoring_case(rest, word.substr(0, rest.size()));
}

// keyword reads one word of `table`, the longest that stands there: "BODYSTRUCTURE" is never
// "BODY". Words that `allowed` refuses do not exist. Incomplete when the octets end in what
// could still become one of the others.
template <class T, std::size_t N, class Allowed>
std::expected<T, Error> keyword(Cursor& in, const std::array<Keyword<T>, N>& table, Name rule, Name expected,
                                Allowed allowed) {
  const std::string_view rest = in.rest();
  std::size_t size = 0;
  while (size < rest.size() && is_keyword_octet(rest[size])) ++size;
  const std::string_view word = rest.substr(0, size);
  for (const Keyword<T>& entry : table) {
    if (entry.word.size() == size && equal_ignoring_case(entry.word, word) && allowed(entry.value)) {
      in.skip(size);
      return entry.value;
    }
  }
  if (size == rest.size()) {
    for (const Keyword<T>& entry : table) {
      if (ends_inside(word, entry.word) && allowed(entry.value)) return in.fail_at(in.octets().size(), rule, expected);
    }
  }
  return in.fail(rule, expected);
}

template <class T, std::size_t N>
std::expected<T, Error> keyword(Cursor& in, const std::array<Keyword<T>, N>& table, Name rule, Name expected) {
  return keyword(in, table, rule, expected, [](const T&) { return true; });
}

}  // namespace imapspec::parser
