// Pairs of alternatives that derive a common sentence.
//
// RFC 5234 section 3.2: alternatives are unordered, so that each such pair wants a decision
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "parser/abnf/derivation_table.h"
#include "parser/abnf/grammar.h"

namespace imapspec::abnf {

// Overlap is one pair of alternatives of one alternation, which are counted from 1.
struct Overlap {
  NodeId alternation = kNoNode;
  std::size_t first = 0;
  std::size_t second = 0;
  std::string witness;  // a short sentence that both derive
};

struct OverlapAnalysis {
  std::size_t alternations = 0;   // those that were looked at
  std::vector<Overlap> overlaps;  // by rule, place and numbers
};

// find_overlaps looks at each alternation but character classes. It derives `sentences` sentences for each
// alternative and asks `matches` about the others: what it finds is true, and what it does not
// find is likely not there.
OverlapAnalysis find_overlaps(const Grammar& grammar, const Matches& matches, std::uint64_t seed,
                              std::size_t sentences);

// alternation_name is the rule of the alternation and, if the rule has more than one, its number.
std::string alternation_name(const Grammar& grammar, NodeId alternation);

}  // namespace imapspec::abnf
