// Commands as a client sent them, with names for what another run will not have.
//
// docs/recording.md
#pragma once

#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include "runner/record/command_pieces.h"
#include "runner/record/expectations.h"
#include "runner/record/mailbox_model.h"
#include "runner/record/turns.h"
#include "runner/record/wire_line.h"

namespace imapspec::runner {

// SentLines makes wire text of commands. What it refers to must outlive it.
class SentLines {
 public:
  SentLines(const MailboxModel& model, Names& names, Captures& captures)
      : model_(model), names_(names), captures_(captures) {}

  // of is the command of a turn, without its tag.
  WireLine of(const Turn& turn);

 private:
  using Replaced = std::map<std::size_t, std::pair<std::size_t, WireLine>>;  // by offset: size and text

  // replace_numbers is for UIDs in the set of a UID command, and numbers that the server told before in CHANGEDSINCE
  // and the like.
  void replace_numbers(const Turn& turn, const std::vector<Argument>& arguments, Replaced& replaced) const;

  const MailboxModel& model_;
  Names& names_;
  Captures& captures_;
};

}  // namespace imapspec::runner
