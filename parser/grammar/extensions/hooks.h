// Where extensions enter the grammar: one function for each place that can be extended.
//
// RFC 4466, RFC 9051 section 9
#pragma once

#include <expected>
#include <string_view>
#include <vector>

#include "parser/core/cursor.h"
#include "parser/grammar/command.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/response.h"

namespace imapspec::parser {

// Each of these is called by a base rule where none of its own keywords stands, with the error
// that says so, and reads what an extension of the profile adds there, from its keyword on. Where
// none does, the further of the two errors is the outcome.

// command-any, command-auth, command-nonauth and command-select
std::expected<commands::Any, Error> extension_command(Cursor& in, const Profile& profile, const Error& missed);

// response-data, mailbox-data and message-data, without a number in front
std::expected<Response, Error> extension_data(Cursor& in, const Profile& profile, const Error& missed);

// ExtensionRow is what a row of the tables behind these says.
struct ExtensionRow {
  std::string_view rule;  // the base rule that it extends
  std::string_view word;  // the keyword that it adds there
  Extension extension;
  std::string_view reference;  // where that is written
};

// extension_rows is all rows of all tables.
std::vector<ExtensionRow> extension_rows();

}  // namespace imapspec::parser
