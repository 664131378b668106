// The parts of a message, by octet ranges.
//
// RFC 2045, RFC 2046; RFC 9051 section 6.4.5.1
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/mime/header.h"

namespace imapspec::server::mime {

// Parameter is a name in upper case and its value.
struct Parameter {
  std::string name;
  std::string value;
};

// Structured is a field such as Content-Type or Content-Disposition: a value with parameters.
struct Structured {
  std::string value;  // in upper case, "TEXT/PLAIN"
  std::vector<Parameter> parameters;
};

// parse_structured reads what it can of a field value; comments are left out.
Structured parse_structured(std::string_view field_value);

// Part is a message or a body part. All views are of the message's octets.
struct Part {
  std::string_view header;  // with the blank line
  std::string_view body;
  std::string type;     // in upper case
  std::string subtype;  // in upper case
  std::vector<Parameter> parameters;
  std::vector<Part> parts;  // of a multipart, at least one; of message/rfc822 the message inside

  [[nodiscard]] bool is_multipart() const { return type == "MULTIPART"; }
  [[nodiscard]] bool is_message() const { return type == "MESSAGE" && !parts.empty(); }
};

// parse_message reads a message's structure. Beyond 50 levels or 1000 parts everything is a
// leaf, so that time and memory are bounded by the octets.
Part parse_message(std::string_view octets);

// Found is what a part number refers to.
struct Found {
  const Part* part = nullptr;  // nullptr where there is no such part
  bool of_multipart = false;   // it is one of a multipart's, with a MIME header of its own
};

// find_part follows part numbers, of which there is at least one (section 6.4.5.1).
Found find_part(const Part& message, const std::vector<std::uint32_t>& numbers);

}  // namespace imapspec::server::mime
