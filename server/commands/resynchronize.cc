#include "server/commands/resynchronize.h"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace imapspec::server {

namespace {

// intersection is of ascending ranges that do not touch.
std::vector<UidRange> intersection(const std::vector<UidRange>& a, const std::vector<UidRange>& b) {
  std::vector<UidRange> common;
  for (auto at_a = a.begin(), at_b = b.begin(); at_a != a.end() && at_b != b.end();) {
    const std::uint32_t first = std::max(at_a->first, at_b->first);
    const std::uint32_t last = std::min(at_a->second, at_b->second);
    if (first <= last) common.emplace_back(first, last);
    (at_a->second < at_b->second ? at_a : at_b)++;
  }
  return common;
}

std::vector<UidRange> without_visible(const std::vector<UidRange>& uids, const MailboxView& view) {
  std::vector<UidRange> left;
  for (auto [first, last] : uids) {
    for (std::uint32_t at = view.first_at_or_after(first); at <= view.size(); ++at) {
      const auto uid = static_cast<std::uint32_t>(view.message(parser::sequence_number(at)).uid);
      if (uid > last) break;
      if (uid > first) left.emplace_back(first, uid - 1);
      first = uid + 1;
    }
    if (first <= last) left.emplace_back(first, last);
  }
  return left;
}

// Ascending yields the numbers of a set one by one, as long as they ascend.
class Ascending {
 public:
  explicit Ascending(const parser::SequenceSet& set) : ranges_(set.ranges()) {}

  std::optional<std::uint32_t> next() {
    if (last_ < end_) return ++last_;
    if (at_ == ranges_.size()) return std::nullopt;
    const parser::SeqRange& range = ranges_[at_++];
    const std::uint32_t first = range.first.or_largest(0);
    end_ = range.last.or_largest(0);
    if (first <= last_ || end_ < first) return std::nullopt;
    last_ = first;
    return last_;
  }

 private:
  parser::List<parser::SeqRange> ranges_;
  std::size_t at_ = 0;
  std::uint32_t last_ = 0;
  std::uint32_t end_ = 0;
};

}  // namespace

void send_earlier(Context& context, std::uint64_t mod_sequence, const NumberSet& wanted, std::uint32_t above) {
  const MailboxView& view = *context.view;
  auto vanished = intersection(view.mailbox().vanished_since(mod_sequence), wanted.ranges());
  if (above != 0) vanished = intersection(vanished, {{above + 1, view.mailbox().uid_next()}});
  context.send_vanished(without_visible(vanished, view), true);
}

std::vector<parser::SequenceNumber> missed_changes(const MailboxView& view, std::uint64_t mod_sequence,
                                                   const NumberSet& wanted) {
  std::vector<parser::SequenceNumber> changed;
  for (std::uint32_t at = 1; at <= view.size(); ++at) {
    const parser::SequenceNumber number = parser::sequence_number(at);
    const Message& message = view.message(number);
    if (message.mod_sequence > mod_sequence && wanted.contains(static_cast<std::uint32_t>(message.uid))) {
      changed.push_back(number);
    }
  }
  return changed;
}

std::uint32_t last_match(const parser::SeqMatchData& match, const MailboxView& view) {
  Ascending numbers(match.sequences);
  Ascending uids(match.uids);
  std::uint32_t last = 0;
  for (;;) {
    const auto number = numbers.next();
    const auto uid = uids.next();
    if (!number || !uid || *number > view.size()) return last;
    if (static_cast<std::uint32_t>(view.message(parser::sequence_number(*number)).uid) == *uid) last = *uid;
  }
}

}  // namespace imapspec::server
