// The server's own limits: one struct, and a table of their names for who sets them from a file.
//
// They are the server's and not the RFC's. Where an RFC says how little a server may take (RFC 2683 section 3.2.1.5,
// RFC 9051 sections 4.3, 5.4), the least value in the table is that.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <variant>

namespace imapspec::server {

// Limits are in octets where nothing else is said. Who exceeds one is answered with the code in the table.
struct Limits {
  using Milliseconds = std::chrono::milliseconds;

  // One command.
  std::size_t line_before_login = 8'192;
  std::size_t line = 65'536;
  std::size_t tag = 64;
  std::size_t words = 4'096;  // what spaces and parentheses part, outside strings
  std::size_t list_depth = 32;
  std::size_t search_depth = 64;
  std::size_t set_ranges = 4'096;  // of a sequence set
  std::size_t literal = 65'536;    // in commands other than APPEND
  std::size_t literals = 100;
  std::size_t literal_octets = 1U << 20;  // of all literals but APPEND's messages
  std::size_t non_synchronizing = 4'096;  // RFC 9051 section 4.3
  std::size_t message = 64U << 20;        // that APPEND takes
  std::size_t sasl_line = 12'288;

  // What a session may get wrong.
  std::size_t bad_commands_before_login = 10;
  std::size_t bad_commands = 20;  // in a row
  std::size_t failed_logins = 3;
  Milliseconds login_delay{2'000};  // after the first failed login; doubled after each one more
  Milliseconds login_delay_most{15'000};

  // Time, which nothing that a client sends before it has logged in makes longer.
  Milliseconds time_before_login{60'000};
  Milliseconds idle{31 * 60'000};  // at least 30 minutes (section 5.4)

  // What a session holds.
  std::size_t output = 1U << 20;           // above this no input is taken
  std::size_t session_memory = 80U << 20;  // of one command with its literals, or of one response

  // The store.
  std::size_t mailbox_name = 1'000;
  std::size_t mailbox_depth = 32;  // levels of a mailbox name
  std::size_t mailboxes = 1'000;   // names of a user
  std::size_t subscriptions = 1'000;
  std::size_t keywords = 128;      // of a mailbox, beside the well-known ones
  std::size_t messages = 250'000;  // of a mailbox
  std::size_t store = std::size_t{1} << 30;

  // Connections.
  std::size_t connections = 1'000;
  std::size_t connections_per_address = 500;
  std::size_t connections_before_login = 250;
  Milliseconds handshake{30'000};
  Milliseconds stalled_write{300'000};  // the client does not read what it asked for
  Milliseconds linger{2'000};           // from our close until the client's

  friend bool operator==(const Limits&, const Limits&) = default;
};

// LimitInfo is a row of the table.
struct LimitInfo {
  std::string_view name;  // as a file has it
  std::variant<std::size_t Limits::*, Limits::Milliseconds Limits::*> member;
  std::uint64_t least;  // as `most` in the unit of the member
  std::uint64_t most;
  std::string_view answer;  // what exceeding it is answered with
};

// limit_table is in the order of the struct.
std::span<const LimitInfo> limit_table();

}  // namespace imapspec::server
