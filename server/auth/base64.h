// Base64 as AUTHENTICATE sends it.
//
// RFC 9051 sections 6.2.2, 9; RFC 4648 sections 3.5, 4
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace imapspec::server {

// decode_base64 is strict: the alphabet, whole groups, padding only at the end, and no bits in it,
// so that no two texts stand for the same octets. nullopt for all else.
std::optional<std::string> decode_base64(std::string_view text);

std::string encode_base64(std::string_view octets);

}  // namespace imapspec::server
