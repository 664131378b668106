// The parser's own limits. They are ours and not the RFC's: exceeding one is LimitExceeded,
// which never becomes a verdict about a server.
#pragma once

#include <cstddef>

namespace imapspec::parser {

struct Limits {
  std::size_t depth = 100;  // nested lists, search keys and body parts, counted together
};

// FramingLimits is the one budget of a Framer, in octets.
struct FramingLimits {
  std::size_t line = 1U << 20;      // one unit without the octets of its literals
  std::size_t literal = 64U << 20;  // one literal
  std::size_t unit = 96U << 20;     // one unit with all of its literals
  std::size_t literals = 10'000;    // number of literals in a unit
};

}  // namespace imapspec::parser
