// How much of a message is taken apart. What exceeds a limit is still there, in one piece.
//
// RFC 9051 section 6.4.5.1
#pragma once

#include <cstddef>

namespace imapspec::server::mime {

struct Limits {
  std::size_t levels = 100;        // of parts inside each other, the message itself counted
  std::size_t parts = 10'000;      // of one message, all levels together
  std::size_t header = 1U << 20;   // octets of a header that structures are made of
  std::size_t addresses = 10'000;  // of one field
  std::size_t parameters = 1'000;  // of one field, or other words
  std::size_t charset_name = 64;   // octets; RFC 2978 section 2.3 has 40
};

inline constexpr Limits kLimits;

}  // namespace imapspec::server::mime
