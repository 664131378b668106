// What a client says of SASL: base64 and the lines that carry it.
//
// RFC 9051 sections 6.2.2 and 9, RFC 4959
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string_view>

#include "parser/core/cursor.h"
#include "parser/grammar/char_class.h"
#include "parser/grammar/word.h"

namespace imapspec::parser {

struct Base64Rule {
  static constexpr std::string_view kDefault = "";
  static constexpr bool kExact = true;
  static constexpr bool matches(std::string_view octets) {
    if (octets.size() % 4 != 0) return false;
    if (octets.ends_with('=')) octets.remove_suffix(octets.ends_with("==") ? 2 : 1);
    return octets.empty() || is_all(octets, is_base64_char);
  }
};

// Base64 is base64 as written. What is left over in its last octet may be any bits.
using Base64 = Word<Base64Rule>;

struct InitialResponseRule {
  static constexpr std::string_view kDefault = "=";
  static constexpr bool kExact = true;
  static constexpr bool matches(std::string_view octets) {
    return octets == "=" || (!octets.empty() && Base64Rule::matches(octets));
  }
};

// InitialResponse is an initial-resp as written, "=" for an empty one.
using InitialResponse = Word<InitialResponseRule>;

// initial-resp = (base64 / "="), as written
std::expected<InitialResponse, Error> initial_resp(Cursor& in);

// authenticate-data = base64 CRLF; the client's cancel "*" yields nullopt (section 6.2.2)
std::expected<std::optional<Base64>, Error> authenticate_data(Cursor& in);

}  // namespace imapspec::parser
