#include "server/store/mailbox.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace imapspec::server {

Mailbox::Mailbox(const Mailbox& original, std::uint64_t& changes, const Limits& limits) : Mailbox(original) {
  for (MessagePtr& message : messages_) message = std::make_shared<Message>(*message);
  changes_ = &changes;
  limits_ = &limits;
}

bool Mailbox::has_room(std::size_t count) const {
  if (count > limits_->messages - std::min(messages_.size(), limits_->messages)) return false;
  return count < std::numeric_limits<std::uint32_t>::max() - uid_next_;
}

bool Mailbox::admits(const FlagNames& flags) const {
  std::size_t known = keywords_.size();
  for (const std::string& name : flags.names()) {
    if (is_keyword(name) && !well_known_keywords().has(name) && !keywords_.has(name)) ++known;
  }
  return known <= limits_->keywords;
}

const MessagePtr& Mailbox::append(std::shared_ptr<const std::string> octets, const FlagNames& flags,
                                  const parser::DateTime& internal_date) {
  changed();
  learn(flags);
  auto message = std::make_shared<Message>();
  message->uid = parser::Uid{parser::NzNumber::nearest(uid_next_++)};
  message->octets = std::move(octets);
  message->internal_date = internal_date;
  message->flags = flags;
  message->mod_sequence = mod_sequence_;
  log_.add(mod_sequence_, static_cast<std::uint32_t>(message->uid));
  octets_ += message->octets->size();
  return messages_.emplace_back(std::move(message));
}

const MessagePtr& Mailbox::append_out_of_turn(std::uint64_t session, std::shared_ptr<const std::string> octets,
                                              const FlagNames& flags, const parser::DateTime& internal_date) {
  const std::uint64_t before = std::exchange(last_session_, session);
  if (before == 0 || before == session) return append(std::move(octets), flags, internal_date);
  if (!left_out_) {
    left_out_ = uid_next_++;
    return append(std::move(octets), flags, internal_date);
  }
  const std::uint32_t next = std::exchange(uid_next_, *std::exchange(left_out_, std::nullopt));
  append(std::move(octets), flags, internal_date);
  uid_next_ = next;
  const auto place = std::ranges::upper_bound(messages_.begin(), messages_.end() - 1, messages_.back()->uid, {},
                                              [](const MessagePtr& message) { return message->uid; });
  std::rotate(place, messages_.end() - 1, messages_.end());
  return *place;
}

void Mailbox::set_flags(Message& message, const FlagNames& flags) {
  if (message.flags == flags) return;
  learn(flags);
  message.flags = flags;
  if (message.expunged) return;
  changed();
  message.mod_sequence = mod_sequence_;
  log_.add(mod_sequence_, static_cast<std::uint32_t>(message.uid));
}

void Mailbox::expunge(const std::function<bool(const Message&)>& doomed) {
  std::vector<UidRange> uids;
  std::erase_if(messages_, [&](const MessagePtr& message) {
    message->expunged = doomed(*message);
    if (!message->expunged) return false;
    message->mod_sequence = mod_sequence_ + 1;
    add_uid(uids, static_cast<std::uint32_t>(message->uid));
    log_.add(mod_sequence_ + 1, static_cast<std::uint32_t>(message->uid));
    octets_ -= message->octets->size();
    return true;
  });
  if (uids.empty()) return;
  changed();
  expunged_.add(uids, mod_sequence_);
}

std::vector<UidRange> Mailbox::vanished_since(std::uint64_t mod_sequence) const {
  if (auto remembered = expunged_.since(mod_sequence)) return *std::move(remembered);
  std::vector<UidRange> missing;
  std::uint32_t next = 1;
  for (const MessagePtr& message : messages_) {
    const auto uid = static_cast<std::uint32_t>(message->uid);
    if (uid > next) missing.emplace_back(next, uid - 1);
    next = uid + 1;
  }
  if (uid_next_ > next) missing.emplace_back(next, uid_next_ - 1);
  return missing;
}

void Mailbox::set_uid_validity(std::uint32_t uid_validity) {
  uid_validity_ = uid_validity;
  changed();
}

void Mailbox::forget_expunged_uids() {
  uid_next_ = messages_.empty() ? 1 : static_cast<std::uint32_t>(messages_.back()->uid) + 1;
}

void Mailbox::changed() {
  ++mod_sequence_;
  ++*changes_;
}

void Mailbox::learn(const FlagNames& flags) {
  for (const std::string& name : flags.names()) {
    if (is_keyword(name) && !well_known_keywords().has(name)) keywords_.add(name);
  }
}

}  // namespace imapspec::server
