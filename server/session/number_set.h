// Sets of sequence numbers and UIDs, between how they are written and what they mean.
//
// RFC 9051 section 9: sequence-set, uid-set
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "parser/core/arena.h"
#include "parser/grammar/sequence_set.h"
#include "server/faults/faults.h"

namespace imapspec::server {

// NumberSet is the ranges of a sequence-set, sorted and merged, so that looking a number up
// does not depend on how often the client repeated itself.
class NumberSet {
 public:
  // "*" stands for `largest`. Not for "$".
  NumberSet(const parser::SequenceSet& set, std::uint32_t largest, const FaultSet& faults);

  [[nodiscard]] bool contains(std::uint32_t number) const;
  // ranges are ascending and do not touch.
  [[nodiscard]] const std::vector<std::pair<std::uint32_t, std::uint32_t>>& ranges() const { return ranges_; }

 private:
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges_;
};

// sequence_set_of writes numbers, at least one, as a set in their order, with a range for each ascending run.
// Its ranges live in `arena`.
parser::SequenceSet sequence_set_of(const std::vector<std::uint32_t>& numbers, parser::Arena& arena);
// sequence_set_of writes ranges, at least one.
parser::SequenceSet sequence_set_of(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& numbers,
                                    parser::Arena& arena);

}  // namespace imapspec::server
