#include "parser/grammar/sequence_set.h"

#include <algorithm>

#include "parser/grammar/number.h"

namespace imapspec::parser {

namespace {

// seq-number = nz-number / "*"
std::expected<SeqNumber, Error> seq_number(Cursor& in) {
  if (in.take('*')) return SeqNumber{std::nullopt};
  if (const int octet = in.peek(); octet < '1' || octet > '9') return in.fail("seq-number", "nz-number or \"*\"");
  IMAPSPEC_TRY(const std::uint32_t number, nz_number(in));
  return SeqNumber{number};
}

// uniqueid = nz-number
//              ; Strictly ascending
std::expected<SeqNumber, Error> uniqueid(Cursor& in) {
  IMAPSPEC_TRY(const std::uint32_t number, nz_number(in));
  return SeqNumber{number};
}

// seq-range = seq-number ":" seq-number
// uid-range = (uniqueid ":" uniqueid)
//
// Note: T27. The order does not matter and is kept.
template <class Bound>
std::expected<SeqRange, Error> range(Cursor& in, Bound bound) {
  IMAPSPEC_TRY(const SeqNumber first, bound(in));
  if (!in.take(':')) return SeqRange{first, first};
  IMAPSPEC_TRY(const SeqNumber last, bound(in));
  return SeqRange{first, last};
}

// One or more ranges with "," between them.
template <class Bound>
std::expected<SequenceSet, Error> ranges(Cursor& in, Bound bound) {
  Attempt attempt(in, "ranges");
  ListBuilder<SeqRange> ranges(in.arena());
  do {
    IMAPSPEC_TRY(const SeqRange next, range(in, bound));
    ranges.push(next);
  } while (in.take(','));
  return attempt.accept(SequenceSet{ranges.list(), false});
}

}  // namespace

bool SequenceSet::contains(std::uint32_t number, std::uint32_t largest) const {
  return std::any_of(ranges.begin(), ranges.end(), [&](const SeqRange& range) {
    const std::uint32_t first = range.first.number.value_or(largest);
    const std::uint32_t last = range.last.number.value_or(largest);
    return std::min(first, last) <= number && number <= std::max(first, last);
  });
}

// sequence-set = (seq-number / seq-range) ["," sequence-set]
// sequence-set =/ seq-last-command
// seq-last-command = "$"
//
// Note: T25. The ABNF admits "1,$"; RFC 5182 has "$" only alone, and so has this.
std::expected<SequenceSet, Error> sequence_set(Cursor& in) {
  if (in.take('$')) return SequenceSet{{}, true};
  return ranges(in, seq_number);
}

// uid-set = (uniqueid / uid-range) *("," uid-set)
//
// Note: T26, T27. Read as one flat list: the rule as written derives one set in very many ways.
std::expected<SequenceSet, Error> uid_set(Cursor& in) { return ranges(in, uniqueid); }

}  // namespace imapspec::parser
