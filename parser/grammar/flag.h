// Message flags.
//
// RFC 9051 sections 2.3.2, 9: flag, flag-list, flag-perm, flag-fetch
#pragma once

#include <expected>
#include <string_view>

#include "parser/core/cursor.h"
#include "parser/core/list.h"
#include "parser/grammar/char_class.h"
#include "parser/grammar/word.h"

namespace imapspec::parser {

struct FlagRule {
  static constexpr std::string_view kDefault = "\\Seen";
  static constexpr bool kExact = false;
  static constexpr bool matches(std::string_view octets) {
    if (octets == "\\*") return true;
    return is_all(octets.starts_with('\\') ? octets.substr(1) : octets, is_atom_char);
  }
};

// Flag is a flag as written, with the backslash of a system flag. Case does not matter. It is a
// flag-fetch or a flag-perm: "\Recent" and "\*" are among them.
using Flag = Word<FlagRule>;

// FlagKeyword is a flag without a backslash.
using FlagKeyword = AtomName;

// flag = "\Answered" / ... / flag-keyword / flag-extension; never "\Recent"
std::expected<Flag, Error> flag(Cursor& in);

// flag-extension = "\" atom
std::expected<Flag, Error> flag_extension(Cursor& in);

// flag-keyword = atom
std::expected<FlagKeyword, Error> flag_keyword(Cursor& in);

// flag-fetch = flag / obsolete-flag-recent
std::expected<Flag, Error> flag_fetch(Cursor& in);

// flag-perm = flag / "\*"
std::expected<Flag, Error> flag_perm(Cursor& in);

// flag-list = "(" [flag *(SP flag)] ")"
std::expected<List<Flag>, Error> flag_list(Cursor& in);

}  // namespace imapspec::parser
