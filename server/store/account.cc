#include "server/store/account.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "server/store/mailbox_name.h"

namespace imapspec::server {

Account::Account(Factory factory, const Limits& limits) : factory_(std::move(factory)), limits_(&limits) {
  names_["INBOX"] = factory_(nullptr);
}

Account::Account(const Account& beginning, Factory factory, const Limits& limits) : Account(beginning) {
  factory_ = std::move(factory);
  limits_ = &limits;
}

const Account::MailboxPtr& Account::own(MailboxPtr& mailbox) const {
  if (!mailbox->is_under(*limits_)) mailbox = factory_(mailbox.get());
  return mailbox;
}

Account::MailboxPtr Account::find(std::string_view name) const {
  const auto at = names_.find(canonical_name(name));
  return at == names_.end() || at->second == nullptr ? nullptr : own(at->second);
}

bool Account::has_inferiors(std::string_view name) const {
  const std::string prefix = std::string(name) + kDelimiter;
  const auto at = names_.lower_bound(prefix);
  return at != names_.end() && at->first.starts_with(prefix);
}

std::expected<void, NameError> Account::check(std::string_view name) const {
  if (!is_valid_name(name)) return std::unexpected(NameError::Invalid);
  if (name.size() > limits_->mailbox_name) return std::unexpected(NameError::Limit);
  const auto levels = static_cast<std::size_t>(std::count(name.begin(), name.end(), kDelimiter)) + 1;
  if (levels > limits_->mailbox_depth || names_.size() + levels > limits_->mailboxes)
    return std::unexpected(NameError::Limit);
  return {};
}

std::expected<void, NameError> Account::create(std::string_view name) {
  std::string canonical = canonical_name(name);
  if (canonical.size() > 1 && canonical.back() == kDelimiter) canonical.pop_back();
  if (const auto checked = check(canonical); !checked) return checked;
  if (find(canonical) != nullptr) return std::unexpected(NameError::AlreadyExists);
  put(canonical, factory_(nullptr));
  return {};
}

void Account::put(const std::string& name, MailboxPtr mailbox) {
  for (std::string_view above = superior_name(name); !above.empty(); above = superior_name(above)) {
    if (!names_.contains(above)) names_.emplace(above, factory_(nullptr));
  }
  // Names go in and out with the UIDVALIDITY they had: it has to grow for each name (section 2.3.1.1).
  if (const auto before = retired_.find(name);
      mailbox != nullptr && before != retired_.end() && before->second >= mailbox->uid_validity()) {
    own(mailbox)->set_uid_validity(factory_(nullptr)->uid_validity());
  }
  names_[name] = std::move(mailbox);
}

void Account::retire(const std::string& name, const Mailbox& mailbox) {
  std::uint32_t& last = retired_[name];
  last = std::max(last, mailbox.uid_validity());
}

std::expected<void, NameError> Account::remove(std::string_view name) {
  const std::string canonical = canonical_name(name);
  if (canonical == "INBOX") return std::unexpected(NameError::Inbox);
  const auto at = names_.find(canonical);
  if (at == names_.end()) return std::unexpected(NameError::NonExistent);
  const bool inferiors = has_inferiors(canonical);
  if (at->second == nullptr && inferiors) return std::unexpected(NameError::HasChildren);
  if (at->second != nullptr) retire(canonical, *at->second);
  if (inferiors) {
    at->second = nullptr;
  } else {
    names_.erase(at);
  }
  return {};
}

std::expected<void, NameError> Account::rename(std::string_view from, std::string_view to) {
  const std::string old_name = canonical_name(from);
  std::string new_name = canonical_name(to);
  if (new_name.size() > 1 && new_name.back() == kDelimiter) new_name.pop_back();
  const auto at = names_.find(old_name);
  if (at == names_.end()) return std::unexpected(NameError::NonExistent);
  if (const auto checked = check(new_name); !checked) return checked;
  if (names_.contains(new_name)) return std::unexpected(NameError::AlreadyExists);
  if (old_name == "INBOX") {
    put(new_name, factory_(nullptr));
    Mailbox& target = *names_[new_name];
    Mailbox& inbox = *own(at->second);
    for (const MessagePtr& message : inbox.messages()) {
      target.append(message->octets, message->flags, message->internal_date);
    }
    inbox.expunge([](const Message&) { return true; });
    return {};
  }
  // A name cannot move below itself.
  if (is_inferior(new_name, old_name)) return std::unexpected(NameError::Invalid);
  std::vector<std::pair<std::string, MailboxPtr>> moving;
  for (const auto& [name, mailbox] : names_) {
    if (name == old_name || is_inferior(name, old_name)) moving.emplace_back(name, mailbox);
  }
  for (const auto& [name, mailbox] : moving) {
    if (new_name.size() + name.size() - old_name.size() > limits_->mailbox_name)
      return std::unexpected(NameError::Limit);
  }
  for (const auto& [name, mailbox] : moving) {
    if (mailbox != nullptr) retire(name, *mailbox);
    names_.erase(name);
  }
  for (auto& [name, mailbox] : moving) put(new_name + name.substr(old_name.size()), std::move(mailbox));
  return {};
}

void Account::clear() {
  std::vector<std::string> names;
  // What lies below a name comes behind it.
  for (auto at = names_.rbegin(); at != names_.rend(); ++at) names.push_back(at->first);
  for (const std::string& name : names) {
    if (const MailboxPtr mailbox = find(name)) mailbox->expunge([](const Message&) { return true; });
    [[maybe_unused]] const auto removed = remove(name);  // INBOX stays
  }
  subscriptions_.clear();
  quota_ = {};
}

std::uint32_t Account::last_uid_validity(std::string_view name) const {
  const auto at = retired_.find(canonical_name(name));
  return at == retired_.end() ? 0 : at->second;
}

bool Account::set_special_uses(std::string_view name, const FlagNames& attributes) {
  static const FlagNames kKnown{"\\All", "\\Archive", "\\Drafts", "\\Flagged", "\\Junk", "\\Sent", "\\Trash"};
  const auto& names = attributes.names();
  const auto mailbox = find(name);
  if (mailbox == nullptr || !std::ranges::all_of(names, [](const auto& each) { return kKnown.has(each); }))
    return false;
  mailbox->set_special_uses(attributes);
  return true;
}

Usage Account::usage() const {
  Usage usage;
  for (const auto& [name, mailbox] : names_) {
    if (mailbox == nullptr) continue;
    usage.messages += mailbox->messages().size();
    usage.octets += mailbox->octets();
  }
  return usage;
}

bool Account::within_quota(const Usage& added) const {
  if (!quota_.storage && !quota_.messages) return true;
  const Usage used = usage();
  if (quota_.storage && storage_units(used.octets + added.octets) > *quota_.storage) return false;
  return !quota_.messages || used.messages + added.messages <= *quota_.messages;
}

bool Account::subscribe(std::string_view name) {
  const bool full = subscriptions_.size() >= limits_->subscriptions && !subscriptions_.contains(canonical_name(name));
  if (full || name.size() > limits_->mailbox_name) return false;
  subscriptions_.insert(canonical_name(name));
  return true;
}

void Account::unsubscribe(std::string_view name) { subscriptions_.erase(canonical_name(name)); }

}  // namespace imapspec::server
