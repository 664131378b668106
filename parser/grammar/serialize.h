// Values to octets.
#pragma once

#include <string>

#include "parser/grammar/command.h"
#include "parser/grammar/response.h"

namespace imapspec::parser {

// serialize appends the unit with its CRLF to `out`. Strings are written in the form they carry,
// so a parsed unit in its shortest spelling comes back unchanged; keywords are in upper case,
// but what a value carries as text (flags, capabilities, response codes, options) stays as it is.
// The caller chooses forms that can hold the value (see make_string).
void serialize(const Response& response, std::string& out);
void serialize(const Command& command, std::string& out);

// make_string views `value` in the shortest form that can carry it as a `string` (quoted or
// literal). Where quoting needs escapes, the escaped octets go into `arena`. `value` must
// outlive the result. No string can carry NUL: the caller sends such a value as literal8 or, where
// the rule has no literal8, not at all.
String make_string(std::string_view value, const Profile& profile, Arena& arena);

// make_astring is make_string that prefers an atom, but quotes NIL.
String make_astring(std::string_view value, const Profile& profile, Arena& arena);

}  // namespace imapspec::parser
