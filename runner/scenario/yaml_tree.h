// A YAML file as a tree with places, in the narrow YAML that our files are written in.
//
// Anchors, aliases, tags, duplicate keys, keys that are no text and further documents are errors.
// What YAML itself would do silently with them is never what the author of a scenario meant.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runner/scenario/loader.h"

namespace imapspec::runner {

// The limits of one file.
inline constexpr std::size_t kMaxFileOctets = 1U << 20;
inline constexpr std::size_t kMaxLineOctets = 64U << 10;  // yaml-cpp holds all tokens of a line at once
inline constexpr std::size_t kMaxNesting = 20;
inline constexpr std::size_t kMaxNodes = 10'000;

// YamlNode is a value with its place.
struct YamlNode {
  enum class Kind : std::uint8_t { Null, Scalar, Sequence, Map };
  enum class Style : std::uint8_t { Plain, SingleQuoted, DoubleQuoted, Block, Folded };
  Kind kind = Kind::Null;
  Style style = Style::Plain;   // of a Scalar
  std::string text;             // of a Scalar
  std::vector<YamlNode> items;  // of a Sequence; of a Map the values
  std::vector<YamlNode> keys;   // of a Map: Scalars, as many as items
  Where where;
  std::size_t offset = 0;  // of its first octet in the file
  bool moved = false;      // taken from another file, or changed: places inside of it are not known
  bool emptied = false;    // of a Sequence without items: it had some, and what is wrong with them is told
};

// YamlFile is the tree together with the octets that it was read from.
struct YamlFile {
  std::string octets;  // with LF at the ends of lines
  YamlNode root;
};

// read_yaml reads one document. `file` is the name to put into places.
std::expected<YamlFile, std::vector<LoadError>> read_yaml(std::string_view octets, const std::string& file);

// spans_lines says whether a quoted scalar continues on another line.
bool spans_lines(const YamlFile& file, const YamlNode& scalar);

// place_in yields where the octet at `offset` of a single-quoted or block scalar's text stands in
// the file; for other scalars, where the scalar begins.
Where place_in(const YamlFile& file, const YamlNode& scalar, std::size_t offset);

}  // namespace imapspec::runner
