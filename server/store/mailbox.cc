#include "server/store/mailbox.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace imapspec::server {

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
  message->flags_version = version_;
  return messages_.emplace_back(std::move(message));
}

void Mailbox::set_flags(Message& message, const FlagNames& flags) {
  if (message.flags == flags) return;
  changed();
  learn(flags);
  message.flags = flags;
  message.flags_version = version_;
}

void Mailbox::expunge(const std::function<bool(const Message&)>& doomed) {
  const auto removed = std::remove_if(messages_.begin(), messages_.end(), [&doomed](const MessagePtr& message) {
    message->expunged = doomed(*message);
    return message->expunged;
  });
  if (removed == messages_.end()) return;
  messages_.erase(removed, messages_.end());
  changed();
}

void Mailbox::set_uid_validity(std::uint32_t uid_validity) {
  uid_validity_ = uid_validity;
  changed();
}

void Mailbox::forget_expunged_uids() {
  uid_next_ = messages_.empty() ? 1 : static_cast<std::uint32_t>(messages_.back()->uid) + 1;
}

void Mailbox::changed() {
  ++version_;
  ++*changes_;
}

void Mailbox::learn(const FlagNames& flags) {
  for (const std::string& name : flags.names()) {
    if (is_keyword(name) && !well_known_keywords().has(name)) keywords_.add(name);
  }
}

}  // namespace imapspec::server
