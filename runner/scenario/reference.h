// References and escapes in wire text and in patterns: {name}, {name:form}, {name+1}, {#3}, \xHH.
// docs/scenario-format.md, "Wire text" and "Patterns".
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace imapspec::runner {

// kMostExpanded is how many octets the references of one step, or of one pattern, may come to: our own limit.
inline constexpr std::size_t kMostExpanded = 32U << 20;

// Piece is a run of octets, or one reference.
struct Piece {
  enum class Kind : std::uint8_t { Text, Reference };
  Kind kind = Kind::Text;
  std::string text;        // of Text: the octets, \xHH decoded
  std::string name;        // of Reference: empty for {:rule}, which binds nothing; "#3" for {#3}
  std::string form;        // of Reference: one of value_forms() or of the words of holes, empty for {name}
  std::string argument;    // of Reference: what follows the form, \xHH decoded: {n:number > 3}, {:contains fruit}
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

// hole_tests are the holes that take a value which the argument tells about: case, nocase, contains, prefix.
std::span<const std::string_view> hole_tests();

// hole_wildcards are any (a value or a list) and rest (what is left of a list).
std::span<const std::string_view> hole_wildcards();

// hole_directives say how the list compares in which they stand: only, ordered, unordered; or what becomes of the
// item behind them: ban, ignore.
std::span<const std::string_view> hole_directives();

// is_hole says whether the piece is one of the above: it takes something, and is for patterns only.
bool is_hole(const Piece& piece);

// Comparison is the argument of a hole for numbers: "> uid+1".
struct Comparison {
  enum class Sign : std::uint8_t { Less, LessOrEqual, Equal, NotEqual, GreaterOrEqual, Greater };
  Sign sign = Sign::Equal;
  std::string name;         // what it compares with, or empty
  std::int64_t number = 0;  // what it compares with, or what is added to `name`
};

// comparison reads the argument of a hole for numbers; nullopt where it is none.
std::optional<Comparison> comparison(std::string_view argument);

// is_name accepts [a-z][a-z0-9-]* that does not end in "-" and digits.
bool is_name(std::string_view text);

// built_in_names are those that every scenario knows without binding them.
std::span<const std::string_view> built_in_names();

}  // namespace imapspec::runner
