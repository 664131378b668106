// What is known of one message, and never changes.
//
// RFC 9051 sections 2.3.1.1, 2.3.4
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "parser/core/list.h"
#include "parser/grammar/fetch.h"

namespace imapspec::runner {

// Contradiction is an item that is not what it was, or two that cannot both be.
struct Contradiction {
  enum class Kind : std::uint8_t { Changed, Size, Parts, BinarySize };
  Kind kind = Kind::Changed;
  std::string_view item;  // "RFC822.SIZE"
  std::uint64_t before = 0;
  std::uint64_t now = 0;
};

// MessageFacts keeps sizes and hashes of what FETCH responses told of one message.
class MessageFacts {
 public:
  // learn adds what `items` tell, and appends to `found` what contradicts what was told before. `mode` is the
  // way in which the connection is shown messages: only what has the same one is compared. `whole_binary` says that
  // BINARY is all of its section: the response does not tell (section 9, msg-att-static).
  void learn(const parser::List<parser::MsgAtt>& items, unsigned mode, bool whole_binary,
             std::vector<Contradiction>& found);

  // merge adds what was learned of the same message elsewhere.
  void merge(const MessageFacts& other, std::vector<Contradiction>& found);

  // contradictions are those between this and what was learned elsewhere, which changes nothing.
  [[nodiscard]] std::vector<Contradiction> contradictions(const MessageFacts& other, unsigned mode) const;

  [[nodiscard]] bool empty() const { return facts_.empty(); }

 private:
  struct Fact {
    std::uint64_t key = 0;  // which item of which part, in which mode
    std::string_view item;
    std::uint64_t value = 0;  // a number, or a hash
    std::uint64_t size = 0;   // in octets, of a text
    friend bool operator==(const Fact& a, const Fact& b) { return a.value == b.value && a.size == b.size; }
  };

  void add(const Fact& fact, std::vector<Contradiction>& found);
  void compare_sizes(unsigned mode, std::vector<Contradiction>& found) const;
  [[nodiscard]] const Fact* find(std::uint64_t key) const;

  std::vector<Fact> facts_;
};

}  // namespace imapspec::runner
