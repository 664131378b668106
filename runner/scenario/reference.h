// References and escapes in wire text and in patterns: {name}, {name:form}, {name+1}, \xHH.
// docs/scenario-format.md, "Wire text" and "Patterns".
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace imapspec::runner {

// Piece is a run of octets, or one reference.
struct Piece {
  enum class Kind : std::uint8_t { Text, Reference };
  Kind kind = Kind::Text;
  std::string text;        // of Text: the octets, \xHH decoded
  std::string name;        // of Reference: empty for {:rule}, which binds nothing
  std::string form;        // of Reference: one of value_forms() or hole_rules(), empty for {name}
  int offset = 0;          // of Reference: what {name+1} or {name-1} adds to a captured number
  std::size_t column = 1;  // where the piece starts in the text, in octets from 1
  friend bool operator==(const Piece&, const Piece&) = default;
};

// ReferenceError is what is wrong, as a sentence, and where: in octets from 1.
struct ReferenceError {
  std::string message;
  std::size_t column = 1;
  friend bool operator==(const ReferenceError&, const ReferenceError&) = default;
};

// split_references takes a text apart. Neighbouring Text is one piece, and an empty text has none.
// Literal announcements, {5} and {5+}, are Text. Any other "{" has to begin a well-formed
// reference (a brace that is just an octet is written \x7B), and "\x" two hexadecimal digits.
// Which names are known is not its business.
//
// Note: names may hold "-" and digits, so {n-1} could be read as a name. It is always a
// subtraction: no name ends in "-" and digits, see is_name().
std::expected<std::vector<Piece>, ReferenceError> split_references(std::string_view text);

// value_forms are the ways to write a value: quoted, literal, literal+, raw.
std::span<const std::string_view> value_forms();

// hole_rules are the grammar rules that a hole {name:rule} can ask for.
std::span<const std::string_view> hole_rules();

// is_hole says whether the piece is {name:rule} or {:rule}.
bool is_hole(const Piece& piece);

// is_name accepts [a-z][a-z0-9-]* that does not end in "-" and digits.
bool is_name(std::string_view text);

// built_in_names are those that every scenario knows without binding them.
std::span<const std::string_view> built_in_names();

}  // namespace imapspec::runner
