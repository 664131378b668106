// What a client says of SASL: base64 and the lines that carry it.
//
// RFC 9051 sections 6.2.2 and 9, RFC 4959
#pragma once

#include <expected>
#include <optional>
#include <string_view>

#include "parser/core/cursor.h"

namespace imapspec::parser {

// initial-resp = (base64 / "="), as written
std::expected<std::string_view, Error> initial_resp(Cursor& in);

// authenticate-data = base64 CRLF; the client's cancel "*" yields nullopt (section 6.2.2)
std::expected<std::optional<std::string_view>, Error> authenticate_data(Cursor& in);

}  // namespace imapspec::parser
