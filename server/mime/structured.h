// Header fields that have a value with parameters.
//
// RFC 2045 section 5.1, RFC 2183 section 2
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace imapspec::server::mime {

// Parameter is a name in upper case and its value. What RFC 2231 made of them (continuations,
// charsets) stays as it was written: that is how BODYSTRUCTURE shows it.
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

// parse_tokens reads a list such as Content-Language (RFC 3282 section 2); comments are left out.
std::vector<std::string> parse_tokens(std::string_view field_value);

// parameter is the value of the first parameter of that name (in upper case), or empty.
std::string_view parameter(const std::vector<Parameter>& parameters, std::string_view name);

}  // namespace imapspec::server::mime
