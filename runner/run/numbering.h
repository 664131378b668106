// Sequence numbers that move: which number a message has now.
//
// RFC 9051 sections 2.3.1.2, 7.5.1; RFC 7162 section 3.2.10
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/grammar/response.h"

namespace imapspec::runner {

// Removals is what went from one mailbox since it was selected. Messages are known by the number they had then, and new
// ones by the next higher numbers, as though nothing had been removed.
class Removals {
 public:
  // on_response takes each response in order; those that change no numbers are ignored.
  void on_response(const parser::Response& response);

  // current_number is what the message `original` is called now. nullopt: it is gone, or messages were removed of
  // which only UIDs were told that nothing had told before.
  [[nodiscard]] std::optional<std::uint32_t> current_number(std::uint32_t original) const;

 private:
  [[nodiscard]] std::uint32_t original_of(std::uint32_t current) const;
  void remove(std::uint32_t original);
  void on_vanished(const parser::Vanished& vanished);

  std::vector<std::uint32_t> gone_;                // originals, ascending
  std::map<std::uint32_t, std::uint32_t> by_uid_;  // originals of what is there, where FETCH told the UID
  bool lost_ = false;
};

// Numbering follows the removals in the mailbox that is selected, also while another one is being selected: what comes
// before OK [CLOSED], or where that does not come before the first FLAGS or EXISTS, is about the mailbox before
// (RFC 9051 section 7.1), and BAD selects nothing.
class Numbering {
 public:
  // on_sent takes the tag of each command in order, and whether it selects a mailbox.
  void on_sent(std::string_view tag, bool selects);

  // on_response takes each response in order.
  void on_response(const parser::Response& response);

  // current_number is that of the mailbox which is selected, or being selected.
  [[nodiscard]] std::optional<std::uint32_t> current_number(std::uint32_t original) const {
    return (next_ ? *next_ : selected_).current_number(original);
  }

 private:
  struct Command {
    std::string tag;
    bool selects;
  };

  void on_status(const parser::StatusResponse& status);
  // is_selecting says whether the command that is being performed selects a mailbox.
  [[nodiscard]] bool is_selecting() const { return !outstanding_.empty() && outstanding_.front().selects; }

  std::vector<Command> outstanding_;  // in the order in which they were sent
  Removals selected_;
  std::optional<Removals> next_;  // of the mailbox that is being selected
};

}  // namespace imapspec::runner
