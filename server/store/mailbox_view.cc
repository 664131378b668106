#include "server/store/mailbox_view.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace imapspec::server {

namespace {

std::size_t index_of(parser::SequenceNumber number) { return std::size_t{static_cast<std::uint32_t>(number)} - 1; }

}  // namespace

MailboxView::MailboxView(std::shared_ptr<Mailbox> mailbox, bool read_only)
    : mailbox_(std::move(mailbox)),
      read_only_(read_only),
      mod_sequence_(mailbox_->mod_sequence()),
      uid_validity_(mailbox_->uid_validity()),
      keywords_(mailbox_->keywords().size()) {
  entries_.reserve(mailbox_->messages().size());
  for (const MessagePtr& message : mailbox_->messages()) add(message);
  if (!read_only_) mailbox_->claim_recent();
}

void MailboxView::add(const MessagePtr& message) {
  const bool recent = static_cast<std::uint32_t>(message->uid) >= mailbox_->recent_from();
  entries_.push_back({message, message->mod_sequence, recent});
  if (recent) ++recent_;
}

const MessagePtr& MailboxView::message_pointer(parser::SequenceNumber number) const {
  return entries_[index_of(number)].message;
}

std::uint32_t MailboxView::first_at_or_after(std::uint32_t uid) const {
  const auto at = std::lower_bound(entries_.begin(), entries_.end(), uid, [](const Entry& entry, std::uint32_t want) {
    return static_cast<std::uint32_t>(entry.message->uid) < want;
  });
  return static_cast<std::uint32_t>(at - entries_.begin()) + 1;
}

std::optional<parser::SequenceNumber> MailboxView::number_of(std::uint32_t uid) const {
  const std::uint32_t at = first_at_or_after(uid);
  if (at > size() || static_cast<std::uint32_t>(message(parser::sequence_number(at)).uid) != uid) return std::nullopt;
  return parser::sequence_number(at);
}

std::uint32_t MailboxView::largest_uid() const {
  return entries_.empty() ? 0 : static_cast<std::uint32_t>(entries_.back().message->uid);
}

bool MailboxView::is_recent(parser::SequenceNumber number) const { return entries_[index_of(number)].recent; }

bool MailboxView::knows_flags(parser::SequenceNumber number) const {
  const Entry& entry = entries_[index_of(number)];
  return entry.mod_sequence == entry.message->mod_sequence;
}

void MailboxView::told_flags(parser::SequenceNumber number) {
  Entry& entry = entries_[index_of(number)];
  entry.mod_sequence = entry.message->mod_sequence;
}

bool MailboxView::take_keywords() {
  const bool more = keywords_ != mailbox_->keywords().size();
  keywords_ = mailbox_->keywords().size();
  return more;
}

std::vector<std::uint32_t> MailboxView::suspects() const {
  std::vector<std::uint32_t> numbers;
  if (const auto changed = mailbox_->changed_since(mod_sequence_)) {
    for (const std::uint32_t uid : *changed) {
      if (const auto number = number_of(uid)) numbers.push_back(static_cast<std::uint32_t>(*number));
    }
  } else {
    numbers.resize(entries_.size());
    std::iota(numbers.begin(), numbers.end(), 1U);
  }
  return numbers;
}

void MailboxView::remove(const std::vector<std::uint32_t>& numbers) {
  if (numbers.empty()) return;
  auto next = numbers.begin();
  std::size_t kept = *next - 1;
  for (std::size_t at = kept; at < entries_.size(); ++at) {
    if (next != numbers.end() && *next == at + 1) {
      if (entries_[at].recent) --recent_;
      ++next;
    } else {
      entries_[kept++] = std::move(entries_[at]);
    }
  }
  entries_.resize(kept);
  std::erase_if(saved_, [this](std::uint32_t uid) { return !number_of(uid); });
}

News MailboxView::take_news(bool with_expunges) {
  News news;
  if (mod_sequence_ == mailbox_->mod_sequence()) return news;
  if (uid_validity_ != mailbox_->uid_validity()) {
    uid_validity_ = mailbox_->uid_validity();
    news.uid_validity = uid_validity_;
    saved_.clear();
  }
  const std::uint32_t recent_before = recent();
  std::vector<std::uint32_t> gone;
  for (const std::uint32_t number : suspects()) {
    Entry& entry = entries_[number - 1];
    const parser::SequenceNumber told = parser::sequence_number(number - static_cast<std::uint32_t>(gone.size()));
    if (!entry.message->expunged) {
      if (entry.mod_sequence != entry.message->mod_sequence) news.changed.push_back(told);
      entry.mod_sequence = entry.message->mod_sequence;
    } else if (with_expunges) {
      gone.push_back(number);
      news.expunged.push_back(told);
      add_uid(news.vanished, static_cast<std::uint32_t>(entry.message->uid));
    } else {
      news.held = std::min(news.held.value_or(entry.message->mod_sequence), entry.message->mod_sequence);
    }
  }
  // Where all of them go, their UIDs still were before those of what arrives.
  const std::uint32_t last_before = largest_uid();
  remove(gone);
  const std::uint32_t last = entries_.empty() ? last_before : largest_uid();
  const auto& messages = mailbox_->messages();
  const auto arrived = std::upper_bound(
      messages.begin(), messages.end(), last,
      [](std::uint32_t uid, const MessagePtr& message) { return uid < static_cast<std::uint32_t>(message->uid); });
  for (auto at = arrived; at != messages.end(); ++at) {
    add(*at);
    news.exists = size();
  }
  if (news.exists && !read_only_) mailbox_->claim_recent();
  if (recent() != recent_before) news.recent = recent();
  news.keywords = take_keywords();
  if (!news.held) mod_sequence_ = mailbox_->mod_sequence();
  return news;
}

}  // namespace imapspec::server
