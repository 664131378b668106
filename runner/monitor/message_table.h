// The messages of the selected mailbox by sequence number, as far as they were told of.
//
// RFC 9051 sections 2.3.1.2, 7.5.1
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <unordered_set>
#include <vector>

#include "parser/grammar/sequence_set.h"
#include "runner/monitor/message_facts.h"

namespace imapspec::runner {

// ToldMessage is what is known of one of them; a UID or mod-sequence of 0 is not known.
struct ToldMessage {
  std::uint32_t uid = 0;
  std::uint64_t mod_sequence = 0;
  std::uint64_t keywords = 0;              // last told; what each bit means is known to Flags
  std::unique_ptr<MessageFacts> facts;     // as long as it has no UID
  std::unique_ptr<MessageFacts> doubtful;  // what only counts if the message is there
};

// MessageTable has room for so many messages only that no server can fill the memory.
class MessageTable {
 public:
  static constexpr std::uint32_t kMost = 65'536;

  void clear();

  // at is the message with a number from 1; nullptr beyond kMost.
  ToldMessage* at(std::uint32_t number);

  // all is those that were told of, by number from 1.
  [[nodiscard]] std::span<ToldMessage> all() { return messages_; }

  // uid_below and uid_above are the nearest known UIDs on either side, if one is near; else 0.
  [[nodiscard]] std::uint32_t uid_below(std::uint32_t number) const;
  [[nodiscard]] std::uint32_t uid_above(std::uint32_t number) const;

  // expunge removes a message; those behind it move up.
  void expunge(std::uint32_t number);

  // vanish removes messages by UID. False where not all of them are known: then nothing is known any more.
  bool vanish(const parser::SequenceSet& uids);

  // knows_all says whether the UIDs of `count` messages are known.
  [[nodiscard]] bool knows_all(std::uint32_t count) const;

  // was_expunged says whether a message with this UID was removed since the table was cleared.
  [[nodiscard]] bool was_expunged(std::uint32_t uid) const { return expunged_.contains(uid); }

 private:
  void remember_expunged(const ToldMessage& message);

  std::vector<ToldMessage> messages_;
  std::unordered_set<std::uint32_t> expunged_;
};

}  // namespace imapspec::runner
