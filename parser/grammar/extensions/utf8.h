// UTF8=ACCEPT: messages for APPEND whose header has UTF-8.
//
// RFC 6855 section 4
#pragma once

#include <expected>

#include "parser/core/cursor.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/string.h"
#include "parser/grammar/writer.h"

namespace imapspec::parser {

// utf8-literal = "UTF8" SP "(" literal8 ")", from the octet after "UTF8"
std::expected<String, Error> utf8_literal(Cursor& in, const Profile& profile);

// write_utf8_literal appends all of it.
void write_utf8_literal(const String& octets, Writer& out);

}  // namespace imapspec::parser
