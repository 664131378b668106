// The commands of IMAP4rev2: when each is allowed and what runs it.
//
// RFC 9051 section 6
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "parser/grammar/command.h"
#include "server/session/context.h"

namespace imapspec::server {

// States is the protocol states that a command is valid in.
enum class States : std::uint8_t { Any, NotAuthenticated, Authenticated, AuthenticatedOrSelected, Selected };

// Expunges says whether EXPUNGE responses may be sent while the command is in progress
// (section 7.5.1).
enum class Expunges : std::uint8_t { Allowed, InUidForm };

// Handler runs a command. nullopt says that it is not done: see Context::steps and on_line.
using Handler = std::optional<Completion> (*)(Context&, const parser::commands::Any&);

struct CommandRow {
  std::string_view name;  // without "UID "
  States states;
  Expunges expunges;
  Handler run;
  std::optional<parser::Extension> needs = std::nullopt;  // is no command where it is switched off
};

// command_table has one row per command of parser::commands::Any that this server has.
std::span<const CommandRow> command_table();

// row_of is a parsed command's row, or nullptr for a command of an extension that this server has not.
const CommandRow* row_of(const parser::commands::Any& body);

// row_named finds a row by the name as a client wrote it, or nullptr.
const CommandRow* row_named(std::string_view name);

}  // namespace imapspec::server
