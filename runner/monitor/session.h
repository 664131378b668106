// What the monitor knows of one connection, for all of its checks.
//
// RFC 9051 section 3
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parser/grammar/profile.h"
#include "runner/monitor/command_log.h"
#include "runner/monitor/mailbox_knowledge.h"
#include "runner/monitor/message_table.h"
#include "runner/monitor/violation.h"

namespace imapspec::runner {

// Login is whether the connection is authenticated; Unknown without a greeting.
enum class Login : std::uint8_t { Unknown, No, Yes };

// Session is this state. Each file of checks changes what is its own, and reads the rest.
struct Session {
  Reports reports;
  CommandLog commands;
  std::shared_ptr<MailboxKnowledge> knowledge;

  parser::Profile profile = parser::kRev2;
  bool enabled_rev2 = false;
  bool enabled_qresync = false;
  bool enabled_utf8 = false;
  bool condstore_aware = false;  // a CONDSTORE enabling command succeeded

  Login login = Login::Unknown;
  std::string user;       // some name of nobody else where it is not known
  std::string sasl_line;  // the last line of AUTHENTICATE

  bool selected = false;
  bool selection_unsure = false;              // a command that may have changed it succeeded though it was wrong
  std::string mailbox;                        // the selected one; empty where it is not known
  std::optional<std::uint32_t> count;         // its messages
  std::optional<std::uint32_t> uid_validity;  // its UIDVALIDITY
  bool no_mod_sequences = false;              // it has none (NOMODSEQ)
  MessageTable messages;
  std::uint32_t fetched_beyond = 0;  // the greatest number of FETCH responses that is above `count`
  std::uint32_t found_beyond = 0;    // that of search results

  bool new_uids_as_set = false;  // the last response has an APPENDUID with a set

  std::size_t literals_due = 0;  // announced synchronizing literals that nothing was answered to

  // speaks_rev2 says whether responses have to be those of IMAP4rev2 (section 7.2.2).
  [[nodiscard]] bool speaks_rev2() const { return profile.rev2 && (!profile.rev1 || enabled_rev2); }

  // mode is the way in which messages are shown: with UTF-8 or without.
  [[nodiscard]] unsigned mode() const { return (speaks_rev2() ? 1U : 0U) | (enabled_utf8 ? 2U : 0U); }

  // knows_user says whether `user` is a name that was logged in with.
  [[nodiscard]] bool knows_user() const { return !user.starts_with('?'); }

  // name_of is a mailbox as the shared knowledge has it.
  [[nodiscard]] MailboxName name_of(std::string_view mailbox_name) const;

  // asked_at is when that was sent which a response may be about; 0 for what came unasked.
  [[nodiscard]] std::uint64_t asked_at() const;

  // forget_messages is for what is closed, or another mailbox now.
  void forget_messages();
};

// ranges_of is the ranges of a set without "*" and "$", sorted, and joined where they touch.
std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges_of(const parser::SequenceSet& set);

// distinct_in is how many different numbers such a set has, and nullopt for others.
std::optional<std::uint64_t> distinct_in(const parser::SequenceSet& set);

// size_of is how many numbers a set without "*" and "$" has, and nullopt for others.
std::optional<std::uint64_t> size_of(const parser::SequenceSet& set);

}  // namespace imapspec::runner
