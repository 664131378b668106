#include "server/session/literal_budget.h"

#include <algorithm>

namespace imapspec::server {

std::optional<std::size_t> most_at_once(const Offer& offer, const Limits& limits) {
  if (offer.has(parser::Extension::LiteralPlus)) return limits.message;
  if (offer.has(parser::Extension::LiteralMinus)) return limits.non_synchronizing;
  return std::nullopt;
}

std::optional<Completion> LiteralBudget::spend(std::uint64_t octets, std::size_t unit_octets, bool message,
                                               bool logged_in) {
  if (message) {
    if (octets > limits_->message) return no(code("TOOBIG"), "Message too big");
  } else {
    if (octets > (logged_in ? limits_->literal : limits_->line_before_login)) {
      return no(code("LIMIT"), "Literal too big");
    }
    octets_ += octets;
  }
  if (++literals_ > limits_->literals || octets_ > limits_->literal_octets) {
    return no(code("LIMIT"), "Too many literals");
  }
  if (octets > limits_->session_memory - std::min(unit_octets, limits_->session_memory)) {
    return no(code("LIMIT"), "Command too long");
  }
  return std::nullopt;
}

}  // namespace imapspec::server
