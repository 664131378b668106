// The octets that BODY[...] and BINARY[...] name.
//
// RFC 9051 section 6.4.5.1
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "parser/core/arena.h"
#include "parser/grammar/section.h"
#include "server/faults/faults.h"
#include "server/mime/anatomy.h"

namespace imapspec::server {

// body_section yields the octets of a section, or nullopt where the message has no such part.
// They view the message, or live in `arena`.
std::optional<std::string_view> body_section(mime::Anatomy& message, const parser::Section& section,
                                             const FaultSet& faults, parser::Arena& arena);

// without_nul is what a string can carry (section 9, note 3): NUL becomes 0x80. BINARY has it as
// it is.
std::string_view without_nul(std::string_view octets, parser::Arena& arena);

// BinaryError is why a section cannot be decoded.
enum class BinaryError : std::uint8_t { NotALeaf, UnknownEncoding };

// binary_section yields the decoded octets of a leaf part, or nullopt where there is no such part.
std::expected<std::optional<std::string>, BinaryError> binary_section(mime::Anatomy& message,
                                                                      const parser::Section& section,
                                                                      const FaultSet& faults);

// partial_of cuts a partial out of a section's octets.
std::string_view partial_of(std::string_view octets, const parser::Partial& partial);

}  // namespace imapspec::server
