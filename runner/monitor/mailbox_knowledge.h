// What the connections of a scenario were told of mailboxes, and must not be told otherwise.
//
// RFC 9051 section 2.3.1.1, RFC 7162 section 3.1.2.1
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "runner/monitor/message_facts.h"

namespace imapspec::runner {

// MailboxName is a mailbox of a user, as one connection spells it.
struct MailboxName {
  std::string user;  // empty: not known
  std::string name;
  friend auto operator<=>(const MailboxName&, const MailboxName&) = default;
};

// MailboxKnowledge is shared by the monitors of a scenario's connections. Thread-safe.
//
// Connections hear things in another order than the server says them. So each fact has the time at which it was
// heard, and what is told later counts against it only where it was asked for after that time.
class MailboxKnowledge {
 public:
  // now is a time of its own clock, which goes on with each call.
  std::uint64_t now();

  // Each tell_ compares with what was told before, and remembers. It yields the greater value that was heard
  // before `asked_at`, if there was one.
  std::optional<std::uint64_t> tell_uid_validity(const MailboxName& mailbox, std::uint32_t value,
                                                 std::uint64_t asked_at);
  // A UIDNEXT counts under its UIDVALIDITY only.
  std::optional<std::uint64_t> tell_uid_next(const MailboxName& mailbox, std::uint32_t value,
                                             std::uint32_t uid_validity, std::uint64_t asked_at);
  std::optional<std::uint64_t> tell_highest_mod_sequence(const MailboxName& mailbox, std::uint64_t value,
                                                         std::uint64_t asked_at);

  // uid_validity and uid_next are what was heard before `asked_at`.
  std::optional<std::uint64_t> uid_validity(const MailboxName& mailbox, std::uint64_t asked_at);
  std::optional<std::uint64_t> uid_next(const MailboxName& mailbox, std::uint32_t uid_validity, std::uint64_t asked_at);

  // forget_contents is for a mailbox that is made or removed: what has its name then begins anew.
  void forget_contents(const MailboxName& mailbox);

  // forget_user is for RENAME, and where it is not known what was made or removed: which mailbox has which name is no
  // longer known. forget_all is for a user who is not known.
  void forget_user(const std::string& user);
  void forget_all();

  // Look is what is known of one message, for as long as it is held; `facts` is nullptr where there is no room.
  struct Look {
    std::unique_lock<std::mutex> held;
    MessageFacts* facts = nullptr;
  };
  Look look(const MailboxName& mailbox, std::uint32_t uid_validity, std::uint32_t uid);

 private:
  struct Heard {
    std::uint64_t value = 0;
    std::uint64_t at = 0;
  };
  struct Mailbox {
    std::optional<Heard> uid_validity;
    std::optional<Heard> uid_next;
    std::uint32_t uid_next_validity = 0;  // the UIDVALIDITY that it was told with
    std::optional<Heard> highest_mod_sequence;
    std::uint32_t messages_validity = 0;
    std::unordered_map<std::uint32_t, MessageFacts> messages;  // by UID
  };

  Mailbox* find_or_add(const MailboxName& mailbox);
  std::optional<std::uint64_t> tell(std::optional<Heard>& known, std::uint64_t value, std::uint64_t asked_at);
  static std::optional<std::uint64_t> heard_before(const std::optional<Heard>& known, std::uint64_t asked_at);

  std::mutex mutex_;
  std::uint64_t clock_ = 0;
  std::size_t messages_ = 0;
  std::map<MailboxName, Mailbox> mailboxes_;
};

}  // namespace imapspec::runner
