// A mailbox and its messages.
//
// RFC 9051 section 2.3, RFC 7162 section 3
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "parser/grammar/date_time.h"
#include "parser/grammar/number.h"
#include "server/session/limits.h"
#include "server/store/change_log.h"
#include "server/store/expunged_uids.h"
#include "server/store/flags.h"

namespace imapspec::server {

// Message is one message. All but its flags stays as it is for ever (section 2.3.1.1). A view
// that has not told its client about an EXPUNGE yet keeps the message alive.
struct Message {
  parser::Uid uid;
  std::shared_ptr<const std::string> octets;
  parser::DateTime internal_date;
  FlagNames flags;
  std::uint64_t mod_sequence = 0;  // the mailbox's when the message arrived, changed its flags or went
  bool expunged = false;
};

using MessagePtr = std::shared_ptr<Message>;

// Mailbox gives out UIDs in strictly ascending order and never twice.
class Mailbox {
 public:
  // `uid_validity` is not 0; `changes` counts the changes of the whole store. It and the limits outlive the mailbox.
  Mailbox(std::uint32_t uid_validity, std::uint64_t& changes, const Limits& limits)
      : uid_validity_(uid_validity), changes_(&changes), limits_(&limits) {}
  // A copy for another store has messages of its own, which share their octets with the original's.
  Mailbox(const Mailbox& original, std::uint64_t& changes, const Limits& limits);

  // is_under says whether the mailbox was made with these limits, and so belongs to their store.
  [[nodiscard]] bool is_under(const Limits& limits) const { return limits_ == &limits; }

  [[nodiscard]] std::uint32_t uid_validity() const { return uid_validity_; }
  [[nodiscard]] std::uint32_t uid_next() const { return uid_next_; }
  // messages is in order of ascending UIDs.
  [[nodiscard]] const std::vector<MessagePtr>& messages() const { return messages_; }
  // mod_sequence grows with every change of the mailbox: it is HIGHESTMODSEQ, and never 0.
  [[nodiscard]] std::uint64_t mod_sequence() const { return mod_sequence_; }
  // changed_since is the UIDs of the messages that arrived, changed their flags or went with a greater mod-sequence,
  // ascending; nullopt where that is forgotten.
  [[nodiscard]] std::optional<std::vector<std::uint32_t>> changed_since(std::uint64_t mod_sequence) const {
    return log_.since(mod_sequence);
  }
  // octets is those of all messages.
  [[nodiscard]] std::uint64_t octets() const { return octets_; }
  // vanished_since is the UIDs that were expunged with a greater mod-sequence. Where that is forgotten it is all
  // below UIDNEXT that are not there (RFC 7162 section 3.2.6).
  [[nodiscard]] std::vector<UidRange> vanished_since(std::uint64_t mod_sequence) const;
  // recent_from is the least UID of the messages that no session was told of yet (RFC 3501 section 2.3.2);
  // claim_recent notes that one was.
  [[nodiscard]] std::uint32_t recent_from() const { return recent_from_; }
  void claim_recent() { recent_from_ = uid_next_; }
  // special_uses are attributes as "\Sent" (section 7.3.1).
  [[nodiscard]] const FlagNames& special_uses() const { return special_uses_; }
  void set_special_uses(const FlagNames& attributes) { special_uses_ = attributes; }
  // keywords are all that were ever set here; well-known ones are not among them.
  [[nodiscard]] const FlagNames& keywords() const { return keywords_; }

  // has_room says whether `count` more messages fit, and can get UIDs.
  [[nodiscard]] bool has_room(std::size_t count) const;
  // admits says whether `flags` can be stored without exceeding the limit on keywords.
  [[nodiscard]] bool admits(const FlagNames& flags) const;
  // takes_keywords says whether there can be one more.
  [[nodiscard]] bool takes_keywords() const { return keywords_.size() < limits_->keywords; }

  // append adds a message at the end. has_room(1) and admits(flags) must hold.
  const MessagePtr& append(std::shared_ptr<const std::string> octets, const FlagNames& flags,
                           const parser::DateTime& internal_date);
  // append_out_of_turn does the same, but of two messages from different sessions the second gets the smaller UID:
  // only for a fault. `session` is the number of one (Store::next_session).
  const MessagePtr& append_out_of_turn(std::uint64_t session, std::shared_ptr<const std::string> octets,
                                       const FlagNames& flags, const parser::DateTime& internal_date);
  // set_flags replaces a message's flags. admits(flags) must hold. To the mailbox a message that is expunged is
  // no news.
  void set_flags(Message& message, const FlagNames& flags);
  // expunge removes the messages that `doomed` chooses.
  void expunge(const std::function<bool(const Message&)>& doomed);
  // set_uid_validity gives the mailbox another UIDVALIDITY.
  void set_uid_validity(std::uint32_t uid_validity);
  // forget_expunged_uids makes UIDs above the last message's free again: only for a fault.
  void forget_expunged_uids();

 private:
  Mailbox(const Mailbox&) = default;

  void changed();
  void learn(const FlagNames& flags);

  std::uint32_t uid_validity_;
  std::uint32_t uid_next_ = 1;
  std::uint32_t recent_from_ = 1;
  std::vector<MessagePtr> messages_;
  FlagNames keywords_;
  FlagNames special_uses_;
  std::uint64_t mod_sequence_ = 1;
  ExpungedUids expunged_;
  ChangeLog log_;
  std::uint64_t octets_ = 0;
  std::uint64_t last_session_ = 0;         // under a fault, which one appended last
  std::optional<std::uint32_t> left_out_;  // under a fault, a UID that was passed over
  std::uint64_t* changes_;
  const Limits* limits_;
};

}  // namespace imapspec::server
