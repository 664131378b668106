// The parts of a message, by octet ranges.
//
// RFC 2045, RFC 2046; RFC 9051 section 6.4.5.1
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/mime/header.h"
#include "server/mime/structured.h"

namespace imapspec::server::mime {

// Part is a message or a body part. All views are of the message's octets, and the body begins
// where the header ends.
struct Part {
  std::string_view header;  // with the blank line
  std::string_view body;
  std::string type;              // in upper case
  std::string subtype;           // in upper case
  bool type_is_default = false;  // there is no Content-Type that can be read
  std::uint64_t lines = 0;       // line ends in the body
  std::vector<Part> parts;       // of a multipart, at least one; of message/rfc822 the message inside

  [[nodiscard]] bool is_multipart() const { return type == "MULTIPART"; }
  [[nodiscard]] bool is_message() const { return type == "MESSAGE" && !parts.empty(); }
};

// parse_message reads a message's structure, in one pass. What lies beyond kLimits is not taken
// apart: a part that is too deep is a leaf, and the last part that there is room for takes all
// the rest.
//
// Note: a line that is a boundary of two multiparts, one inside the other, is the outer one's.
// RFC 2046 section 5.1.1 forbids it anywhere inside that one's parts.
Part parse_message(std::string_view octets);

// structure_fields are those that structures are made of: the fields in the first kLimits.header
// octets.
std::vector<Field> structure_fields(std::string_view header);

// content_type is the Content-Type field, or nullopt where there is none that can be read.
std::optional<Structured> content_type(const std::vector<Field>& fields);

// transfer_encoding is the Content-Transfer-Encoding in upper case, "7BIT" where there is none.
std::string transfer_encoding(const std::vector<Field>& fields);

// Found is what a part number refers to.
struct Found {
  const Part* part = nullptr;  // nullptr where there is no such part
  bool of_multipart = false;   // it is one of a multipart's, with a MIME header of its own
};

// find_part follows part numbers, of which there is at least one (section 6.4.5.1).
Found find_part(const Part& message, const std::vector<std::uint32_t>& numbers);

}  // namespace imapspec::server::mime
