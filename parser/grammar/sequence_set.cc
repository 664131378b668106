#include "parser/grammar/sequence_set.h"

#include <algorithm>

#include "parser/grammar/number.h"

namespace imapspec::parser {

namespace {

// seq-number = nz-number / "*"
std::expected<SeqNumber, Error> seq_number(Cursor& in) {
  Attempt attempt(in, "seq-number");
  if (in.take('*')) return attempt.accept(SeqNumber{std::nullopt});
  if (const int octet = in.peek(); octet < '1' || octet > '9') return attempt.fail("nz-number or \"*\"");
  IMAPSPEC_TRY(const NzNumber number, nz_number(in));
  return attempt.accept(SeqNumber{number});
}

std::expected<SeqNumber, Error> unique_number(Cursor& in) {
  IMAPSPEC_TRY(const NzNumber number, uniqueid(in));
  return SeqNumber{number};
}

// seq-range = seq-number ":" seq-number
// uid-range = (uniqueid ":" uniqueid)
//
// Note: T27. The order does not matter and is kept.
template <class Bound>
std::expected<SeqRange, Error> range(Cursor& in, Bound bound, Name rule) {
  const std::size_t start = in.offset();
  IMAPSPEC_TRY(const SeqNumber first, bound(in));
  if (in.peek() != ':') return SeqRange{first, first};
  Attempt attempt(in, rule, start);
  in.skip(1);
  IMAPSPEC_TRY(const SeqNumber last, bound(in));
  return attempt.accept(SeqRange{first, last});
}

}  // namespace

bool SequenceSet::contains(std::uint32_t number, std::uint32_t largest) const {
  return std::any_of(ranges_.begin(), ranges_.end(), [&](const SeqRange& range) {
    const std::uint32_t first = range.first.or_largest(largest);
    const std::uint32_t last = range.last.or_largest(largest);
    return std::min(first, last) <= number && number <= std::max(first, last);
  });
}

// sequence-set = (seq-number / seq-range) ["," sequence-set]
// sequence-set =/ seq-last-command
// seq-last-command = "$"
//
// Note: T25. The ABNF admits "1,$"; RFC 5182 has "$" only alone, and so has this.
std::expected<SequenceSet, Error> sequence_set(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "sequence-set");
  if (in.peek() == '$' && profile.has(Extension::Searchres)) {
    Attempt saved(in, "seq-last-command");
    in.skip(1);
    return attempt.accept(saved.accept(SequenceSet::last_result()));
  }
  ListBuilder<SeqRange> ranges(in.arena());
  do {
    IMAPSPEC_TRY(const SeqRange next, range(in, seq_number, "seq-range"));
    ranges.push(next);
    if (in.peek() == ',' && in.peek(1) == '$' && profile.has(Extension::Searchres)) {
      return attempt.fail_at(in.offset() + 1, "seq-number: \"$\" stands alone", "T25");
    }
  } while (in.take(','));
  return attempt.accept(*SequenceSet::from(ranges.list()));
}

// uniqueid = nz-number
//              ; Strictly ascending
std::expected<NzNumber, Error> uniqueid(Cursor& in) {
  Attempt attempt(in, "uniqueid");
  IMAPSPEC_TRY(const NzNumber number, nz_number(in));
  return attempt.accept(number);
}

// uid-set = (uniqueid / uid-range) *("," uid-set)
//
// Note: T26, T27. Read as one flat list: the rule as written derives one set in very many ways.
std::expected<SequenceSet, Error> uid_set(Cursor& in) {
  Attempt attempt(in, "uid-set");
  ListBuilder<SeqRange> ranges(in.arena());
  do {
    IMAPSPEC_TRY(const SeqRange next, range(in, unique_number, "uid-range"));
    ranges.push(next);
  } while (in.take(','));
  return attempt.accept(*SequenceSet::from(ranges.list()));
}

}  // namespace imapspec::parser
