#include "runner/monitor/mailbox_knowledge.h"

#include <utility>

namespace imapspec::runner {
namespace {

// More is not remembered: a server that never ends must not fill the memory.
constexpr std::size_t kMostMailboxes = 1'000;
constexpr std::size_t kLongestName = 4'096;
constexpr std::size_t kMostMessages = 20'000;

}  // namespace

std::uint64_t MailboxKnowledge::now() {
  const std::scoped_lock lock(mutex_);
  return ++clock_;
}

MailboxKnowledge::Mailbox* MailboxKnowledge::find_or_add(const MailboxName& mailbox) {
  const auto found = mailboxes_.find(mailbox);
  if (found != mailboxes_.end()) return &found->second;
  const bool room = mailboxes_.size() < kMostMailboxes && mailbox.name.size() <= kLongestName;
  return room ? &mailboxes_[mailbox] : nullptr;
}

std::optional<std::uint64_t> MailboxKnowledge::heard_before(const std::optional<Heard>& known, std::uint64_t asked_at) {
  return known && known->at <= asked_at ? std::optional(known->value) : std::nullopt;
}

std::optional<std::uint64_t> MailboxKnowledge::tell(std::optional<Heard>& known, std::uint64_t value,
                                                    std::uint64_t asked_at) {
  const auto before = heard_before(known, asked_at);
  const bool shrank = before && value < *before;
  if (!known || value > known->value || shrank) known = Heard{.value = value, .at = ++clock_};
  return shrank ? before : std::nullopt;
}

std::optional<std::uint64_t> MailboxKnowledge::tell_uid_validity(const MailboxName& mailbox, std::uint32_t value,
                                                                 std::uint64_t asked_at) {
  const std::scoped_lock lock(mutex_);
  Mailbox* known = find_or_add(mailbox);
  if (known == nullptr) return std::nullopt;
  if (known->uid_validity && known->uid_validity->value != value) known->highest_mod_sequence.reset();
  return tell(known->uid_validity, value, asked_at);
}

std::optional<std::uint64_t> MailboxKnowledge::tell_uid_next(const MailboxName& mailbox, std::uint32_t value,
                                                             std::uint32_t uid_validity, std::uint64_t asked_at) {
  const std::scoped_lock lock(mutex_);
  Mailbox* known = find_or_add(mailbox);
  if (known == nullptr) return std::nullopt;
  if (known->uid_next_validity != uid_validity) {
    // An answer that was long on its way may be of a mailbox that is gone.
    if (known->uid_next && uid_validity < known->uid_next_validity) return std::nullopt;
    known->uid_next.reset();
    known->uid_next_validity = uid_validity;
  }
  return tell(known->uid_next, value, asked_at);
}

std::optional<std::uint64_t> MailboxKnowledge::tell_highest_mod_sequence(const MailboxName& mailbox,
                                                                         std::uint64_t value, std::uint64_t asked_at) {
  const std::scoped_lock lock(mutex_);
  Mailbox* known = find_or_add(mailbox);
  return known == nullptr ? std::nullopt : tell(known->highest_mod_sequence, value, asked_at);
}

std::optional<std::uint64_t> MailboxKnowledge::uid_validity(const MailboxName& mailbox, std::uint64_t asked_at) {
  const std::scoped_lock lock(mutex_);
  const auto found = mailboxes_.find(mailbox);
  return found == mailboxes_.end() ? std::nullopt : heard_before(found->second.uid_validity, asked_at);
}

std::optional<std::uint64_t> MailboxKnowledge::uid_next(const MailboxName& mailbox, std::uint32_t uid_validity,
                                                        std::uint64_t asked_at) {
  const std::scoped_lock lock(mutex_);
  const auto found = mailboxes_.find(mailbox);
  if (found == mailboxes_.end() || found->second.uid_next_validity != uid_validity) return std::nullopt;
  return heard_before(found->second.uid_next, asked_at);
}

void MailboxKnowledge::forget_contents(const MailboxName& mailbox) {
  const std::scoped_lock lock(mutex_);
  const auto found = mailboxes_.find(mailbox);
  if (found == mailboxes_.end()) return;
  found->second.uid_validity.reset();
  found->second.uid_next.reset();
  found->second.highest_mod_sequence.reset();
}

void MailboxKnowledge::forget_user(const std::string& user) {
  const std::scoped_lock lock(mutex_);
  auto mailbox = mailboxes_.lower_bound({.user = user, .name = {}});
  while (mailbox != mailboxes_.end() && mailbox->first.user == user) {
    messages_ -= mailbox->second.messages.size();
    mailbox = mailboxes_.erase(mailbox);
  }
}

void MailboxKnowledge::forget_all() {
  const std::scoped_lock lock(mutex_);
  mailboxes_.clear();
  messages_ = 0;
}

MailboxKnowledge::Look MailboxKnowledge::look(const MailboxName& mailbox, std::uint32_t uid_validity,
                                              std::uint32_t uid) {
  std::unique_lock lock(mutex_);
  Mailbox* known = find_or_add(mailbox);
  if (known == nullptr) return {};
  if (known->messages_validity != uid_validity) {
    messages_ -= known->messages.size();
    known->messages.clear();
    known->messages_validity = uid_validity;
  }
  auto found = known->messages.find(uid);
  if (found == known->messages.end()) {
    if (messages_ >= kMostMessages) return {};
    found = known->messages.try_emplace(uid).first;
    ++messages_;
  }
  return {.held = std::move(lock), .facts = &found->second};
}

}  // namespace imapspec::runner
