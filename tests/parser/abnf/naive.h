// The meaning of a grammar by definition, for short octets: slow, and nothing but.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "parser/abnf/grammar.h"
#include "parser/abnf/octet_set.h"

namespace imapspec::abnf::test {

// Naive knows which rules match which octets of a text of at most 30, as the least relation that the definitions are
// true of. Nothing but the rules that `from` refers to, directly or not, is looked at.
class Naive {
 public:
  Naive(const Grammar& grammar, std::string_view text, NodeId from);

  // matches: the node matches the text as a whole.
  [[nodiscard]] bool matches() const { return matches(from_, 0, text_.size()); }

  // matches: a node that `from` is made of matches a part of the text.
  [[nodiscard]] bool matches(NodeId node, std::size_t begin, std::size_t end) const {
    return has(ends(node, begin), end);
  }

  // viable: some continuation of the text would match.
  [[nodiscard]] bool viable() const { return viable(from_, 0); }

 private:
  // Positions, by bit.
  using Positions = std::uint32_t;
  static bool has(Positions positions, std::size_t position) { return (positions >> position & 1) != 0; }
  static Positions only(std::size_t position) { return Positions{1} << position; }

  // The positions where a node may end that begins at `begin`.
  [[nodiscard]] Positions ends(NodeId node, std::size_t begin) const;
  [[nodiscard]] Positions ends_of_all(NodeId node, Positions begins) const;
  [[nodiscard]] Positions ends_of_repetition(const Node& node, std::size_t begin) const;
  [[nodiscard]] Positions ends_of_concatenation(const Node& node, std::size_t children, std::size_t begin) const;
  [[nodiscard]] Positions ends_of_counted(const Node& concatenation, std::size_t counted, std::size_t begin) const;
  [[nodiscard]] bool viable(NodeId node, std::size_t begin) const;
  [[nodiscard]] bool viable_after(NodeId node, Positions begins) const;
  [[nodiscard]] bool viable_repetition(const Node& node, std::size_t begin) const;
  [[nodiscard]] bool viable_concatenation(const Node& node, std::size_t begin) const;
  [[nodiscard]] bool viable_counted(const Node& concatenation, std::size_t counted, std::size_t begin) const;
  [[nodiscard]] bool productive(NodeId node) const;
  [[nodiscard]] bool equal(char octet, char letter, bool case_sensitive) const;
  [[nodiscard]] std::uint64_t value(std::size_t begin, std::size_t end) const;
  [[nodiscard]] std::size_t count_of(const Node& concatenation, std::size_t counted) const;

  const Grammar& grammar_;
  std::string_view text_;
  NodeId from_;
  OctetSets sets_;
  std::vector<RuleId> rules_;
  std::vector<std::vector<Positions>> ends_;  // by rule and begin
  std::vector<Positions> viable_;             // by rule
  std::vector<bool> productive_;              // by rule
  std::map<NodeId, std::unique_ptr<Naive>> excluded_;
};

}  // namespace imapspec::abnf::test
