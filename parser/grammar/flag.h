// Message flags.
//
// RFC 9051 sections 2.3.2, 9: flag, flag-list, flag-perm, flag-fetch
#pragma once

#include <expected>
#include <string_view>

#include "parser/core/ascii.h"
#include "parser/core/cursor.h"
#include "parser/core/list.h"

namespace imapspec::parser {

// Flag is a flag's name as written, with the backslash of a system flag. Case does not matter.
struct Flag {
  std::string_view name;
  friend bool operator==(const Flag& a, const Flag& b) { return equal_ignoring_case(a.name, b.name); }
};

// flag = "\Answered" / ... / flag-keyword / flag-extension; never "\Recent"
std::expected<Flag, Error> flag(Cursor& in);

// flag-extension = "\" atom
std::expected<Flag, Error> flag_extension(Cursor& in);

// flag-keyword = atom
std::expected<Flag, Error> flag_keyword(Cursor& in);

// flag-fetch = flag / obsolete-flag-recent
std::expected<Flag, Error> flag_fetch(Cursor& in);

// flag-perm = flag / "\*"
std::expected<Flag, Error> flag_perm(Cursor& in);

// flag-list = "(" [flag *(SP flag)] ")"
std::expected<List<Flag>, Error> flag_list(Cursor& in);

}  // namespace imapspec::parser
