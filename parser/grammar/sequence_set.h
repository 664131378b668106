// Sets of sequence numbers or UIDs.
//
// RFC 9051 section 9: sequence-set, uid-set
#pragma once

#include <cstdint>
#include <expected>
#include <optional>

#include "parser/core/cursor.h"
#include "parser/core/list.h"
#include "parser/grammar/profile.h"

namespace imapspec::parser {

// SeqNumber is a number, or "*" (nullopt), the largest in use.
struct SeqNumber {
  std::optional<std::uint32_t> number;
  friend bool operator==(const SeqNumber&, const SeqNumber&) = default;
};

// SeqRange is a seq-number (first == last) or a seq-range, in the order written.
struct SeqRange {
  SeqNumber first;
  SeqNumber last;
  friend bool operator==(const SeqRange&, const SeqRange&) = default;
};

// SequenceSet is ranges in the order written, or "$" (`saved`, with no ranges).
struct SequenceSet {
  List<SeqRange> ranges;
  bool saved = false;

  // contains says whether `number` is in the set, where "*" stands for `largest`. Not for "$".
  [[nodiscard]] bool contains(std::uint32_t number, std::uint32_t largest) const;
  friend bool operator==(const SequenceSet&, const SequenceSet&) = default;
};

// sequence-set = (seq-number / seq-range) ["," sequence-set]; "$" only alone (RFC 5182)
//
// In a Trace it is one node, without those that the rule's recursion would give.
std::expected<SequenceSet, Error> sequence_set(Cursor& in, const Profile& profile);

// uniqueid = nz-number
std::expected<std::uint32_t, Error> uniqueid(Cursor& in);

// uid-set = (uniqueid / uid-range) *("," uid-set); as flat as a sequence-set
std::expected<SequenceSet, Error> uid_set(Cursor& in);

}  // namespace imapspec::parser
