// Targets: how to start, reset, reach and stop a known server, and what to know about it.
// docs/running.md describes the file.
#pragma once

#include <chrono>
#include <cstddef>
#include <expected>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runner/scenario/loader.h"

namespace imapspec::runner {

// BadCommands is how many commands answered BAD a connection bears; the next may be its last.
struct BadCommands {
  std::size_t before_login = 2;
  std::size_t after_login = 10;
};

// TargetConfig is targets/NAME/target.yaml.
struct TargetConfig {
  // Ready is how the runner learns that the server can be reached.
  enum class Ready : std::uint8_t {
    Line,   // `start` prints "READY imap=HOST:PORT imaps=HOST:PORT ca=FILE"
    Ports,  // the runner chose the ports and connects until the server greets
  };

  std::string name;
  // Commands as words, in which {state}, {host}, {port}, {tls-port}, {folder} and {imapspec} are replaced, and in
  // `stop` and `reset` {pid}, the process that `start` began. What ends when `start` was told to end needs no `stop`;
  // empty where the file has none.
  std::vector<std::string> start, stop, reset;
  Ready ready = Ready::Line;
  std::chrono::milliseconds start_time{180'000};  // the first start of a target may download it
  std::string host = "127.0.0.1";                 // where Ready::Ports connects to
  std::string ca;                                 // certificates to trust, with the same references; Ready::Ports
  std::string client_certificate, client_key;     // what to show to the server (PEM), with the same references
  std::string pid_file;                           // holds the process to end, with the same references
  std::string tls;                                // "none", "starttls", "implicit"; empty: as the command line says
  std::string plaintext_login = "unknown";        // "refused", "allowed", "unknown"
  std::string user, password, user2, password2;   // with the suffix that names of users have here
  std::string mailbox_prefix;                     // in front of scratch mailbox names
  std::optional<std::string> delimiter;           // of the hierarchy of names; see hierarchy_delimiter()
  std::size_t jobs = 0;                           // at most so many scenarios at once; 0: as many as asked
  std::size_t max_connections = 0;                // at once; 0: no limit
  std::chrono::milliseconds login_delay{0};       // between two connections
  BadCommands bad_commands;
  std::filesystem::path baseline;  // what is known of it; empty where the file names none
  std::filesystem::path folder;    // of the file
};

// load_target reads such a file.
std::expected<TargetConfig, std::vector<LoadError>> load_target(const std::filesystem::path& file);

// hierarchy_delimiter yields what a text says: one character, or "NIL", which is the empty string: names are flat.
// nullopt where it says something else.
//
// RFC 9051 section 5.1.1
std::optional<std::string> hierarchy_delimiter(std::string_view text);

// TargetValues are what references in a target's commands stand for.
using TargetValues = std::map<std::string, std::string, std::less<>>;

// fill_in replaces {name} by its value. A name without a value stays as it is: load_target let none pass.
std::string fill_in(std::string_view text, const TargetValues& values);

}  // namespace imapspec::runner
