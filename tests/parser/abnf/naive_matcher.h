// A second recogniser for tests, too simple to be wrong in the ways of the first, and too slow for use.
//
// RFC 5234
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "parser/abnf/grammar.h"

namespace imapspec::abnf::test {

// NaiveMatcher asks each node, at each offset, where it could end, until no answer changes.
class NaiveMatcher {
 public:
  explicit NaiveMatcher(const Grammar& grammar) : grammar_(&grammar) {}

  // matches says whether the node matches all of the octets.
  bool matches(NodeId node, std::string_view octets);

  // furthest is the offset that the last question reached: behind the longest beginning that any derivation has.
  [[nodiscard]] std::size_t furthest() const { return furthest_; }

 private:
  using Ends = std::set<std::size_t>;
  struct Answer {
    Ends ends;
    std::size_t round = 0;
  };

  Ends ends(NodeId node, std::size_t start);
  Ends find_ends(NodeId node, std::size_t start);
  Ends concatenation_ends(const Node& node, std::size_t start);
  Ends repetition_ends(const Node& node, std::size_t start);
  Ends text_ends(const Node& node, std::size_t start);
  [[nodiscard]] bool in_range(const Rule& rule, std::size_t start, std::size_t end) const;

  const Grammar* grammar_;
  std::string_view octets_;
  std::map<std::pair<NodeId, std::size_t>, Answer> answers_;
  std::size_t round_ = 0;
  bool changed_ = false;
  std::size_t furthest_ = 0;
};

}  // namespace imapspec::abnf::test
