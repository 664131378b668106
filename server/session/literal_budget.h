// What the literals of one command may hold.
//
// RFC 9051 section 4.3, RFC 7888
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "server/session/context.h"
#include "server/session/limits.h"

namespace imapspec::server {

// most_at_once is how many octets a non-synchronizing literal may have; nullopt where there are no such literals.
std::optional<std::size_t> most_at_once(const Offer& offer, const Limits& limits);

// LiteralBudget is asked when a literal is announced, before anything of it is taken.
class LiteralBudget {
 public:
  // The limits must outlive the budget.
  explicit LiteralBudget(const Limits& limits) : limits_(&limits) {}

  // first is true until a literal was spent on.
  [[nodiscard]] bool first() const { return literals_ == 0; }

  // spend counts a literal of that many octets behind `unit_octets` of the command, and yields the answer where it is
  // not to be taken. `message` says that it is one of APPEND's messages.
  std::optional<Completion> spend(std::uint64_t octets, std::size_t unit_octets, bool message, bool logged_in);

  // renew is for the next command.
  void renew() { literals_ = octets_ = 0; }

 private:
  const Limits* limits_;
  std::size_t literals_ = 0;
  std::uint64_t octets_ = 0;  // without those of messages
};

}  // namespace imapspec::server
