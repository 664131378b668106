// Header fields of a message or of a body part, by octet ranges.
//
// RFC 5322 section 2.2
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace imapspec::server::mime {

// Field is one header field; all views are of the header's octets.
struct Field {
  std::string_view name;
  std::string_view value;  // what follows the colon, folded as it was, without the last line end
  std::string_view whole;  // the field with its last line end
};

// is_blank says whether an octet is white space within a line (RFC 5322 section 2.2.2: WSP).
constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }

// header_octets is how many octets from the start of `entity` its header takes, with the blank
// line that ends it. Lines end in CRLF, or in LF alone where a client stored such.
std::size_t header_octets(std::string_view entity);

// fields yields the fields of a header in order; lines that are no field are left out.
std::vector<Field> fields(std::string_view header);

// field_value is the unfolded value of the first field of that name, without white space at its
// ends; ASCII case does not matter.
std::optional<std::string> field_value(const std::vector<Field>& fields, std::string_view name);

// unfold removes the line ends of folding and white space at the ends.
std::string unfold(std::string_view value);

// blank_line is the line end that closes a header, empty where the message has none.
std::string_view blank_line(std::string_view header);

}  // namespace imapspec::server::mime
