// Which mailbox is selected, and what SELECT, EXAMINE and CLOSE say of it.
//
// RFC 9051 sections 3, 6.3.2, 6.3.3, 6.4.1, 7.1
#pragma once

#include <cstdint>
#include <optional>

#include "parser/grammar/response.h"
#include "runner/monitor/session.h"

namespace imapspec::runner {

// SelectedState follows the selected state, UIDVALIDITY and UIDNEXT.
class SelectedState {
 public:
  explicit SelectedState(Session& session) : session_(session) {}

  // on_sent prepares for what the command will bring.
  void on_sent(SentCommand& command);
  void on_exists(std::uint32_t count);
  void on_expunge(std::uint32_t number);
  void on_vanished() { uids_below_.reset(); }

  // on_code takes the code of a status response, which was asked for at `asked_at`.
  void on_code(const parser::ResponseCode& code, std::uint64_t asked_at);
  void on_completed(const SentCommand& command, const parser::StatusResponse& status);

  // on_uid holds the UID of a message against the UIDNEXT of SELECT.
  void on_uid(std::uint32_t number, std::uint32_t uid);

 private:
  // What was told while SELECT is in progress.
  struct Opening {
    std::optional<std::uint32_t> uid_validity;
    std::optional<std::uint32_t> uid_next;
    std::optional<std::uint32_t> fewest;  // messages that EXISTS told of: more may have come after UIDNEXT
    std::optional<std::uint64_t> highest_mod_sequence;
    bool no_mod_sequences = false;
  };
  struct UidsBelow {
    std::uint32_t count;  // the messages up to here
    std::uint32_t uid_next;
  };

  void on_closed();
  void on_uid_validity(std::uint32_t value);
  void on_highest_mod_sequence(std::uint64_t value, std::uint64_t asked_at);
  void opened(const SentCommand& command, const parser::StatusResponse& status);
  void closed();
  // forget_names is for a command that changes which mailbox has a name.
  void forget_names(const SentCommand& command);
  void tell_uid_validity(std::uint32_t value, std::uint64_t asked_at);

  Session& session_;
  Opening opening_;
  std::optional<UidsBelow> uids_below_;
  bool early_ = false;  // UIDNEXT came before CLOSED, as if it were of the mailbox that is being selected
};

}  // namespace imapspec::runner
