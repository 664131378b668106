// Capabilities as CAPABILITY, ENABLE and ENABLED carry them.
//
// RFC 9051 sections 6.1.1, 7.2.2, 9: capability-data
#pragma once

#include <expected>
#include <string_view>

#include "parser/core/cursor.h"
#include "parser/core/list.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/word.h"

namespace imapspec::parser {

// auth-type = atom
std::expected<AtomName, Error> auth_type(Cursor& in);

// 1*(SP capability) or *(SP capability), a piece of `rule`; at least one where `required`
std::expected<List<AtomName>, Error> capabilities(Cursor& in, bool required, Name rule);

// capability-data, from the octet after "CAPABILITY": the list has to name the profile's revision
std::expected<List<AtomName>, Error> capability_data(Cursor& in, const Profile& profile);

// contains_capability looks a capability up, ASCII letters in either case.
bool contains_capability(List<AtomName> list, std::string_view name);

}  // namespace imapspec::parser
