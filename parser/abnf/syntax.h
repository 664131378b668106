// The syntax of a grammar file: text to statements, whose references are names still.
//
// RFC 5234 section 4, RFC 7405 section 2, and the notation of parser/spec/README.md
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "parser/abnf/grammar.h"
#include "parser/abnf/reader.h"

namespace imapspec::abnf {

// Statement is what one rule of a file does to the grammar.
struct Statement {
  enum class Kind : std::uint8_t { Define, Extend, Replace, Remove };
  Kind kind = Kind::Define;
  std::string name;
  Place place;
  NodeId definition = 0;  // none for Remove
  std::optional<NumericRange> range;
  Place range_place;
  std::vector<Resolution> resolutions;
};

// Draft holds the statements of all files and their nodes. A Reference and a Counted name their
// rule in `text`; `rule` is not set yet.
struct Draft {
  std::vector<Statement> statements;
  std::vector<Node> nodes;
};

// read_syntax adds a source's statements and errors. `index` becomes the source of every Place.
void read_syntax(const Source& source, std::size_t index, Draft& draft, std::vector<ReadError>& errors);

}  // namespace imapspec::abnf
