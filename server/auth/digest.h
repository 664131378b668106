// Hashes that SASL mechanisms compute with, by OpenSSL.
//
// RFC 2104; RFC 5802 section 2.2
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace imapspec::server {

enum class Hash : std::uint8_t { Md5, Sha1, Sha256 };

std::string digest(Hash hash, std::string_view text);

// hmac is HMAC(key, text).
std::string hmac(Hash hash, std::string_view key, std::string_view text);

// salted_password is Hi(password, salt, iterations), which takes its time by design.
std::string salted_password(Hash hash, std::string_view password, std::string_view salt, unsigned iterations);

}  // namespace imapspec::server
