// Sets of sequence numbers or UIDs.
//
// RFC 9051 section 9: sequence-set, uid-set
#pragma once

#include <cstdint>
#include <expected>
#include <optional>

#include "parser/core/cursor.h"
#include "parser/core/list.h"
#include "parser/grammar/number.h"
#include "parser/grammar/profile.h"

namespace imapspec::parser {

// SeqNumber is a number, or "*" (nullopt), the largest in use.
struct SeqNumber {
  std::optional<NzNumber> number;

  // or_largest is the number, where "*" stands for `largest`.
  [[nodiscard]] constexpr std::uint32_t or_largest(std::uint32_t largest) const {
    return number ? std::uint32_t{*number} : largest;
  }
  friend bool operator==(const SeqNumber&, const SeqNumber&) = default;
};

// SeqRange is a seq-number (first == last) or a seq-range, in the order written.
struct SeqRange {
  SeqNumber first;
  SeqNumber last;
  friend bool operator==(const SeqRange&, const SeqRange&) = default;
};

// SequenceSet is ranges in the order written, at least one, or "$", what the last search saved. By default
// it is "1".
class SequenceSet {
 public:
  constexpr SequenceSet() = default;

  // from yields nullopt for no ranges.
  static constexpr std::optional<SequenceSet> from(List<SeqRange> ranges) {
    if (ranges.empty()) return std::nullopt;
    SequenceSet set;
    set.ranges_ = ranges;
    return set;
  }

  // last_result is "$".
  static constexpr SequenceSet last_result() {
    SequenceSet set;
    set.ranges_ = {};
    return set;
  }

  // ranges is empty for "$" only.
  [[nodiscard]] constexpr List<SeqRange> ranges() const { return ranges_; }
  [[nodiscard]] constexpr bool is_last_result() const { return ranges_.empty(); }

  // contains says whether `number` is in the set, where "*" stands for `largest`. Not for "$".
  [[nodiscard]] bool contains(std::uint32_t number, std::uint32_t largest) const;
  friend bool operator==(const SequenceSet&, const SequenceSet&) = default;

 private:
  static constexpr SeqRange kOne{{NzNumber(1)}, {NzNumber(1)}};
  List<SeqRange> ranges_{&kOne, 1};
};

// sequence-set = (seq-number / seq-range) ["," sequence-set]; "$" only alone (RFC 5182)
//
// In a Trace it is one node, without those that the rule's recursion would give.
std::expected<SequenceSet, Error> sequence_set(Cursor& in, const Profile& profile);

// uniqueid = nz-number
std::expected<NzNumber, Error> uniqueid(Cursor& in);

// uid-set = (uniqueid / uid-range) *("," uid-set); as flat as a sequence-set
std::expected<SequenceSet, Error> uid_set(Cursor& in);

}  // namespace imapspec::parser
