// Scripts for the model: what each session is told to say.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace imapspec::server::model {

inline constexpr std::size_t kSessions = 3;

// Step is one command, without tag and CRLF. "connect" drops a session's connection and makes a new one; "DONE" ends
// IDLE.
struct Step {
  std::size_t session = 0;  // from 0
  std::string text;
  friend bool operator==(const Step&, const Step&) = default;
};
using Script = std::vector<Step>;

// to_text writes one step a line: "1: SELECT INBOX", sessions from 1, octets as escape_octets() has them.
std::string to_text(const Script& script);

// parse_script reads that; lines that are empty or begin with "#" are left out. The error is the line.
std::expected<Script, std::string> parse_script(std::string_view text);

// random_script makes `steps` steps; the same seed makes the same ones.
Script random_script(std::uint64_t seed, std::size_t steps);

}  // namespace imapspec::server::model
