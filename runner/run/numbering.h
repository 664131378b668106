// Sequence numbers that move: which number a message has now.
//
// RFC 9051 sections 2.3.1.2, 7.5.1; RFC 7162 section 3.2.10
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "parser/grammar/response.h"

namespace imapspec::runner {

// Numbering follows the removals in the selected mailbox. Messages are known by the number they had when it was
// selected, and new ones by the next higher numbers, as though nothing had been removed.
class Numbering {
 public:
  // restart says that a mailbox is selected anew.
  void restart() { *this = Numbering(); }

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

}  // namespace imapspec::runner
