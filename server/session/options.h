// What a session is allowed to do and how much it takes.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>

#include "server/session/offer.h"

namespace imapspec::server {

// SessionLimits are the server's own limits, in octets where nothing else is said. RFC 2683
// section 3.2.1.5 asks for lines of 8000 octets at least.
struct SessionLimits {
  std::size_t line_before_login = 8'192;
  std::size_t line = 65'536;
  std::size_t literal = 65'536;                // in commands other than APPEND
  std::size_t append = 64U << 20;              // one message
  std::size_t non_synchronizing = 4'096;       // RFC 9051 section 4.3
  std::size_t literals = 100;                  // per command
  std::size_t bad_commands_before_login = 20;  // with failed logins; then BYE
  std::size_t bad_commands = 50;               // in a row, then BYE
  std::size_t output = 1U << 20;               // above this no input is taken
  std::chrono::seconds idle_before_login{180};
  std::chrono::seconds idle{31 * 60};  // at least 30 minutes (section 5.4)
};

struct SessionOptions {
  Offer offer;
  bool starttls = true;          // the transport can do a handshake
  bool plaintext_login = false;  // LOGIN and PLAIN also without TLS
  std::map<std::string, std::string> users{{"alice", "secret-alice"}, {"bob", "secret-bob"}};
  SessionLimits limits;
};

}  // namespace imapspec::server
