// A user's mailboxes and subscriptions.
//
// RFC 9051 sections 6.3.4 to 6.3.8, RFC 9208
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "server/session/limits.h"
#include "server/store/mailbox.h"
#include "server/store/quota.h"

namespace imapspec::server {

// NameError is why a mailbox name could not be created, deleted or renamed.
enum class NameError : std::uint8_t {
  AlreadyExists,
  NonExistent,
  HasChildren,  // \Noselect, and there are names below it
  Invalid,      // no mailbox can have that name
  Inbox,        // INBOX is always there
  Limit,
};

// Account holds the names. Every superior of a name is a name too: a mailbox, or \Noselect.
class Account {
 public:
  using MailboxPtr = std::shared_ptr<Mailbox>;
  // Factory makes an empty mailbox with a UIDVALIDITY greater than all before it, or a copy for its store.
  using Factory = std::function<MailboxPtr(const Mailbox* original)>;

  // The limits outlive the account.
  Account(Factory factory, const Limits& limits);
  // An account that begins as one of another store, whose mailboxes it copies when they are found first.
  Account(const Account& beginning, Factory factory, const Limits& limits);

  // names is every name, canonical; the mailbox is null where the name is \Noselect.
  [[nodiscard]] const std::map<std::string, MailboxPtr, std::less<>>& names() const { return names_; }
  [[nodiscard]] const std::set<std::string, std::less<>>& subscriptions() const { return subscriptions_; }

  // find yields the mailbox of that name, null where there is none that can be selected.
  [[nodiscard]] MailboxPtr find(std::string_view name) const;
  [[nodiscard]] bool has_inferiors(std::string_view name) const;

  // create makes the mailbox and its missing superiors; a trailing delimiter is ignored.
  std::expected<void, NameError> create(std::string_view name);
  // remove deletes a mailbox; with inferiors its name stays as \Noselect. Sessions that have it
  // selected keep it (RFC 2180 section 3.2).
  std::expected<void, NameError> remove(std::string_view name);
  // rename moves a name and its inferiors; of INBOX only the messages move (section 6.3.6).
  std::expected<void, NameError> rename(std::string_view from, std::string_view to);
  // last_uid_validity is that of the last mailbox that was deleted or renamed away from `name`,
  // or 0.
  [[nodiscard]] std::uint32_t last_uid_validity(std::string_view name) const;

  // set_special_uses says what a mailbox is for, wherever it is renamed to; false where there is no such mailbox or
  // attribute. It is for who configures the server.
  bool set_special_uses(std::string_view name, const FlagNames& attributes);

  // set_quota limits what all mailboxes hold together; at first there is no limit. It is for who configures the server,
  // and for SETQUOTA.
  void set_quota(const Quota& quota) { quota_ = quota; }
  [[nodiscard]] const Quota& quota() const { return quota_; }
  // usage counts copies of a message as often as they are there.
  [[nodiscard]] Usage usage() const;
  // within_quota says whether messages can be added, of so many octets together.
  [[nodiscard]] bool within_quota(const Usage& added) const;

  // clear removes all mailboxes but INBOX, all messages, all subscriptions and the quota. It is for who configures the
  // server.
  void clear();

  // subscribe takes any name; false at the limit.
  bool subscribe(std::string_view name);
  void unsubscribe(std::string_view name);

 private:
  // check says whether `name` can be put into use, with its superiors.
  [[nodiscard]] std::expected<void, NameError> check(std::string_view name) const;
  // own makes a mailbox of another store this account's.
  const MailboxPtr& own(MailboxPtr& mailbox) const;
  void put(const std::string& name, MailboxPtr mailbox);
  void retire(const std::string& name, const Mailbox& mailbox);

  Factory factory_;
  const Limits* limits_;
  // Which mailboxes were copied already, nobody can see.
  mutable std::map<std::string, MailboxPtr, std::less<>> names_;
  Quota quota_;
  std::set<std::string, std::less<>> subscriptions_;
  std::map<std::string, std::uint32_t, std::less<>> retired_;  // name -> last UIDVALIDITY it had
};

}  // namespace imapspec::server
