// Numbers and what they number.
//
// RFC 9051 sections 2.3.1, 4.2, 9
#pragma once

#include <cstdint>
#include <expected>

#include "parser/core/cursor.h"
#include "parser/grammar/profile.h"

namespace imapspec::parser {

// SequenceNumber and Uid are two types: one must never stand for the other.
enum class SequenceNumber : std::uint32_t {};
enum class Uid : std::uint32_t {};

// number = 1*DIGIT, 0 <= n < 4,294,967,296
std::expected<std::uint32_t, Error> number(Cursor& in);

// nz-number = digit-nz *DIGIT, 0 < n < 4,294,967,296
std::expected<std::uint32_t, Error> nz_number(Cursor& in);

// number64 = 1*DIGIT, 0 <= n <= 9,223,372,036,854,775,807
std::expected<std::uint64_t, Error> number64(Cursor& in);

// wide_number is number64, or number where only RFC 3501 is in force.
std::expected<std::uint64_t, Error> wide_number(Cursor& in, const Profile& profile);

// nz-number64 = digit-nz *DIGIT, 0 < n <= 9,223,372,036,854,775,807
std::expected<std::uint64_t, Error> nz_number64(Cursor& in);

}  // namespace imapspec::parser
