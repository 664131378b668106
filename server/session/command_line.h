// A command line before it is parsed: it need not be complete or right.
#pragma once

#include <string>
#include <string_view>

#include "parser/core/error.h"
#include "server/faults/faults.h"

namespace imapspec::server {

// Words is the beginning of a command line.
struct Words {
  std::string_view command;    // as written; of a UID command the word after UID
  std::string_view arguments;  // what follows the command and a space, with the line's end
  bool uid = false;
};

// words_of takes the front of a command apart; a missing word is empty. The views are of `unit`.
Words words_of(std::string_view unit);

// has_initial_response says whether AUTHENTICATE's arguments are a mechanism and one more word:
// where they do not parse, that word is no base64.
bool has_initial_response(std::string_view arguments);

// syntax_error names the rule and never repeats what the client sent: it may be a password.
std::string syntax_error(const parser::Error& error);

// names_nil says whether the first argument is the atom NIL.
bool names_nil(const Words& words);

// asks_recursivematch_alone says whether that is LIST's only selection option beside REMOTE.
bool asks_recursivematch_alone(const Words& words);

// misread makes of a unit what a server takes it for that counts or copies octets wrongly: only under faults.
void misread(std::string& unit, const FaultSet& faults);

// has_lower_case and has_upper_case say whether there is such an ASCII letter.
bool has_lower_case(std::string_view text);
bool has_upper_case(std::string_view text);

}  // namespace imapspec::server
