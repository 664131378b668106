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

// Keyword is one word, a string literal, and what it stands for.
template <class T>
struct Keyword {
  template <std::size_t N>
  consteval Keyword(const char (&literal)[N], T meaning) : name(literal), word(literal, N - 1), value(meaning) {}

  Name name;
  std::string_view word;
  T value;
};

// is_keyword_octet: letters, digits, "-" and ".", of which all of IMAP's keywords are made.
constexpr bool is_keyword_octet(char octet) {
  const char lower = to_lower(octet);
  return (lower >= 'a' && lower <= 'z') || (octet >= '0' && octet <= '9') || octet == '-' || octet == '.';
}

// keyword_run yields the octets in front of which a keyword could be made.
constexpr std::string_view keyword_run(std::string_view octets) {
  std::size_t size = 0;
  while (size < octets.size() && is_keyword_octet(octets[size])) ++size;
  return octets.substr(0, size);
}

// fail_keyword is the error where no word of `table` stands: at the first octet that fits none that
// `allowed` admits. It names the word that was broken off, if there is only one.
template <class T, std::size_t N, class Allowed>
std::unexpected<Error> fail_keyword(Cursor& in, const std::array<Keyword<T>, N>& table, Name rule, Name expected,
                                    Allowed allowed) {
  const std::size_t run = keyword_run(in.rest()).size();
  std::size_t most = 0;
  Name missed = expected;
  for (const Keyword<T>& entry : table) {
    if (!allowed(entry.value)) continue;
    const std::size_t shared = common_prefix(in.rest(), entry.word);
    if (shared < most) continue;
    missed = shared > most && shared == run && shared < entry.word.size() ? entry.name : expected;
    most = shared;
  }
  return in.fail_at(in.offset() + most, rule, missed);
}

// keyword reads one word of `table`, the longest that stands there: "BODYSTRUCTURE" is never
// "BODY". Words that `allowed` refuses do not exist.
template <class T, std::size_t N, class Allowed>
std::expected<T, Error> keyword(Cursor& in, const std::array<Keyword<T>, N>& table, Name rule, Name expected,
                                Allowed allowed) {
  const std::string_view word = keyword_run(in.rest());
  for (const Keyword<T>& entry : table) {
    if (entry.word.size() == word.size() && equal_ignoring_case(entry.word, word) && allowed(entry.value)) {
      in.take_keyword(word.size());
      return entry.value;
    }
  }
  return fail_keyword(in, table, rule, expected, allowed);
}

template <class T, std::size_t N>
std::expected<T, Error> keyword(Cursor& in, const std::array<Keyword<T>, N>& table, Name rule, Name expected) {
  return keyword(in, table, rule, expected, [](const T&) { return true; });
}

// keyword_in_front is keyword where the octets go on behind the word: no word of `table` begins another.
template <class T, std::size_t N>
std::expected<T, Error> keyword_in_front(Cursor& in, const std::array<Keyword<T>, N>& table, Name rule, Name expected) {
  for (const Keyword<T>& entry : table) {
    if (equal_ignoring_case(in.rest().substr(0, entry.word.size()), entry.word)) {
      in.skip(entry.word.size());
      return entry.value;
    }
  }
  return fail_keyword(in, table, rule, expected, [](const T&) { return true; });
}

}  // namespace imapspec::parser
