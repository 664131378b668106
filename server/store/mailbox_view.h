// A mailbox as one session sees it: with its own sequence numbers.
//
// RFC 9051 sections 2.3.1.2, 5.2, 7.5.1
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "parser/grammar/number.h"
#include "server/store/mailbox.h"

namespace imapspec::server {

// News is what a view learnt and the client has to be told, in the order of the members.
struct News {
  std::optional<std::uint32_t> uid_validity;     // it changed
  std::vector<parser::SequenceNumber> expunged;  // each counted after those before it
  std::vector<UidRange> vanished;                // the same messages' UIDs
  std::optional<std::uint32_t> exists;           // messages arrived: how many there are
  bool keywords = false;                         // the mailbox has new keywords
  std::optional<std::uint32_t> recent;           // how many messages are \Recent now (RFC 3501)
  std::vector<parser::SequenceNumber> changed;   // messages whose flags changed
  // held is the least mod-sequence of the expunges that may not be told yet.
  std::optional<std::uint64_t> held;
};

// MailboxView is the messages that the client knows of, in order of their sequence numbers.
// Changes of the mailbox show only when take_news() is called.
class MailboxView {
 public:
  MailboxView(std::shared_ptr<Mailbox> mailbox, bool read_only);

  [[nodiscard]] Mailbox& mailbox() const { return *mailbox_; }
  [[nodiscard]] bool read_only() const { return read_only_; }

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(entries_.size()); }
  // message yields the message with a number from 1 to size().
  [[nodiscard]] Message& message(parser::SequenceNumber number) const { return *message_pointer(number); }
  [[nodiscard]] const MessagePtr& message_pointer(parser::SequenceNumber number) const;
  // first_at_or_after is the number of the first message whose UID is `uid` or greater, or
  // size() + 1.
  [[nodiscard]] std::uint32_t first_at_or_after(std::uint32_t uid) const;
  // number_of is the number of the message with that UID, or nullopt.
  [[nodiscard]] std::optional<parser::SequenceNumber> number_of(std::uint32_t uid) const;
  // largest_uid is 0 in an empty view.
  [[nodiscard]] std::uint32_t largest_uid() const;

  // is_recent says whether no other session was told of the message before (RFC 3501 section 2.3.2);
  // recent is how many there are.
  [[nodiscard]] bool is_recent(parser::SequenceNumber number) const;
  [[nodiscard]] std::uint32_t recent() const { return recent_; }

  // knows_flags says whether the client was told the message's flags as they are now;
  // told_flags notes that it was.
  [[nodiscard]] bool knows_flags(parser::SequenceNumber number) const;
  void told_flags(parser::SequenceNumber number);

  // take_news compares the view with the mailbox and brings it up to date; without
  // `with_expunges` removed messages stay (section 7.5.1).
  News take_news(bool with_expunges);

  // take_keywords says whether the mailbox has keywords that FLAGS did not name yet.
  bool take_keywords();

  // saved is the search result variable "$", as ascending UIDs (section 6.4.4.1).
  [[nodiscard]] const std::vector<std::uint32_t>& saved() const { return saved_; }
  void save(std::vector<std::uint32_t> uids) { saved_ = std::move(uids); }

 private:
  struct Entry {
    MessagePtr message;
    std::uint64_t mod_sequence = 0;  // that the client knows
    bool recent = false;
  };

  void add(const MessagePtr& message);
  // suspects is the numbers of the entries that may not be as they are in the mailbox, ascending.
  [[nodiscard]] std::vector<std::uint32_t> suspects() const;
  // remove takes entries out; `numbers` ascend.
  void remove(const std::vector<std::uint32_t>& numbers);

  std::shared_ptr<Mailbox> mailbox_;
  bool read_only_;
  std::vector<Entry> entries_;
  std::uint32_t recent_ = 0;  // how many entries are
  std::vector<std::uint32_t> saved_;
  std::uint64_t mod_sequence_ = 0;  // of the mailbox, when there were no news left
  std::uint32_t uid_validity_;
  std::size_t keywords_;
};

}  // namespace imapspec::server
