// Values to octets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parser/grammar/command.h"
#include "parser/grammar/response.h"
#include "parser/grammar/spelling.h"

namespace imapspec::parser {

// serialize appends the unit with its CRLF to `out`, in the canonical spelling or in that of
// `spelling`. The canonical one is the shortest, with keywords in upper case; strings are written in the
// form they carry, and what a value carries as text (flags, capabilities, response codes, options) stays
// as it is. A greeting is a Response. The caller chooses forms that can hold the value (see make_string).
void serialize(const Response& response, std::string& out);
void serialize(const Command& command, std::string& out);
void serialize(const AuthenticateData& data, std::string& out);
void serialize(IdleDone done, std::string& out);
void serialize(const Response& response, Spelling& spelling, std::string& out);
void serialize(const Command& command, Spelling& spelling, std::string& out);
void serialize(const AuthenticateData& data, Spelling& spelling, std::string& out);
void serialize(IdleDone done, Spelling& spelling, std::string& out);

// serialize_faithful appends the unit as `source` has it, from which it was parsed: the same octets,
// up to the first place where the value was changed and in the canonical spelling from there on.
template <class Unit>
void serialize_faithful(const Unit& unit, std::string_view source, std::string& out) {
  Faithful spelling(source);
  serialize(unit, spelling, out);
}

// Spelled is a unit in one of its spellings, and where to cut it into several writes: offsets,
// ascending, none at either end.
struct Spelled {
  std::string octets;
  std::vector<std::size_t> splits;
};

// serialize_adversarial makes `out` the spelling that `seed` chooses among those that the grammar of
// `profile`, with its direction, admits. All of them are read as the same value.
template <class Unit>
void serialize_adversarial(const Unit& unit, const Profile& profile, std::uint64_t seed, Spelled& out) {
  Adversarial spelling(profile, seed);
  out.octets.clear();
  serialize(unit, spelling, out.octets);
  out.splits = spelling.splits(out.octets);
}

// make_string views `value` in the shortest form that can carry it as a `string` (quoted or
// literal). Where quoting needs escapes, the escaped octets go into `arena`. `value` must
// outlive the result. A value with NUL is a literal8, which only the data of BINARY can be: where
// the rule has none the caller does not send it.
String make_string(std::string_view value, const Profile& profile, Arena& arena);

// make_astring is make_string that prefers an atom, but quotes NIL.
String make_astring(std::string_view value, const Profile& profile, Arena& arena);

}  // namespace imapspec::parser
