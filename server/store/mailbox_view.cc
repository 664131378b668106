#include "server/store/mailbox_view.h"

#include <algorithm>
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

std::uint32_t MailboxView::recent() const {
  return static_cast<std::uint32_t>(std::ranges::count(entries_, true, &Entry::recent));
}

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

News MailboxView::take_news(bool with_expunges) {
  News news;
  if (mod_sequence_ == mailbox_->mod_sequence()) return news;
  if (uid_validity_ != mailbox_->uid_validity()) {
    uid_validity_ = mailbox_->uid_validity();
    news.uid_validity = uid_validity_;
    saved_.clear();
  }
  const std::uint32_t recent_before = recent();
  std::vector<Entry> kept;
  kept.reserve(entries_.size());
  for (Entry& entry : entries_) {
    if (!entry.message->expunged) {
      kept.push_back(std::move(entry));
    } else if (with_expunges) {
      news.expunged.push_back(parser::sequence_number(static_cast<std::uint32_t>(kept.size()) + 1));
      add_uid(news.vanished, static_cast<std::uint32_t>(entry.message->uid));
    } else {
      news.held = std::min(news.held.value_or(entry.message->mod_sequence), entry.message->mod_sequence);
      kept.push_back(std::move(entry));
    }
  }
  const std::uint32_t last = kept.empty() ? largest_uid() : static_cast<std::uint32_t>(kept.back().message->uid);
  entries_ = std::move(kept);
  if (!news.expunged.empty()) {
    std::erase_if(saved_, [this](std::uint32_t uid) { return !number_of(uid); });
  }
  for (const MessagePtr& message : mailbox_->messages()) {
    if (static_cast<std::uint32_t>(message->uid) <= last) continue;
    add(message);
    news.exists = size();
  }
  if (news.exists && !read_only_) mailbox_->claim_recent();
  if (recent() != recent_before) news.recent = recent();
  news.keywords = take_keywords();
  for (std::uint32_t number = 1; number <= size(); ++number) {
    if (!knows_flags(parser::sequence_number(number)) && !message(parser::sequence_number(number)).expunged) {
      news.changed.push_back(parser::sequence_number(number));
      told_flags(parser::sequence_number(number));
    }
  }
  if (!news.held) mod_sequence_ = mailbox_->mod_sequence();
  return news;
}

}  // namespace imapspec::server
