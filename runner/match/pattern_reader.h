// Patterns as scenarios write them, made into trees.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "runner/match/pattern.h"
#include "runner/match/stand_in.h"

namespace imapspec::runner {

// PatternReader reads one pattern. What stands for a wildcard depends on the grammar at its place, which only the
// parser knows: the reader tries, from left to right, and goes by how far the parser gets.
class PatternReader {
 public:
  // `bindings` must outlive the reader. Without a profile, what any of them admits is right.
  PatternReader(const Bindings& bindings, const parser::Profile* profile);

  // read is Pattern::parse.
  std::expected<Pattern, std::string> read(std::string_view text);

 private:
  // Slot is a part of the pattern's line.
  struct Slot {
    enum class Kind : std::uint8_t { Text, Leaf, Value, Item, Rest };
    Kind kind = Kind::Text;
    std::string text;             // of Text
    Term term;                    // what to put into the tree, of the others
    std::vector<StandIn> chosen;  // one; of Rest as many as the list can take
  };

  // Failure is where the parser could not go on: an offset in the line.
  struct Failure {
    std::string message;
    std::size_t offset = 0;
  };

  std::expected<void, std::string> add(std::string_view text);
  std::expected<void, std::string> add_hole(const struct Piece& piece);
  std::expected<void, std::string> add_reference(const struct Piece& piece);
  void add_text(std::string_view text);
  [[nodiscard]] std::string line(const Slot* until = nullptr) const;
  std::expected<void, std::string> fit();
  bool fit_from(std::size_t at);
  bool choose(Slot& slot);
  std::expected<void, Failure> parse(const std::string& line);
  std::expected<void, Failure> parse_status(const std::string& line);
  std::expected<void, std::string> put_holes_in_place();

  const Bindings* bindings_;
  parser::Profile profile_;
  std::vector<Slot> slots_;
  std::size_t index_ = 0;  // of the next stand-in
  std::size_t parsed_octets_ = 0;
  std::size_t expanded_ = 0;  // octets of references
  Failure furthest_;          // of the lines that were whole, and of what no wildcard mends
  Pattern pattern_;
};

}  // namespace imapspec::runner
