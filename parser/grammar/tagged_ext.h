// Values of extensions, whose form is known and whose meaning is not.
//
// RFC 9051 section 9, RFC 4466 section 4: tagged-ext-val, option-value
#pragma once

#include <expected>
#include <string_view>

#include "parser/core/cursor.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/word.h"

namespace imapspec::parser {

// tagged-ext-label = tagged-label-fchar *tagged-label-char
std::expected<Label, Error> tagged_ext_label(Cursor& in);

// tagged-ext-comp (or option-val-comp: `rule`), what stands between the parentheses of a value
//
// In a Trace it is one node for each pair of parentheses.
std::expected<void, Error> tagged_ext_comp(Cursor& in, const Profile& profile, Name rule);

// begins_tagged_ext_val says whether a tagged-ext-val can begin with `octet`.
bool begins_tagged_ext_val(int octet);

// tagged-ext-val, kept as written
std::expected<std::string_view, Error> tagged_ext_val(Cursor& in, const Profile& profile);

}  // namespace imapspec::parser
