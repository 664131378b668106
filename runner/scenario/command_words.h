// A command that a client sends, taken apart as a lenient server would.
//
// RFC 9051 section 9: command
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace imapspec::runner {

// CommandWords is what a command plainly says, whether or not the grammar takes it.
struct CommandWords {
  std::string name;                    // in upper case, without "UID "; empty where there is none
  std::vector<std::string> arguments;  // atoms and strings outside of parentheses, decoded
  std::vector<std::string> listed;     // those inside of the first parentheses behind an argument
};

// command_words reads as much of a unit as says what it does: the first arguments, and of each its beginning.
CommandWords command_words(std::string_view unit);

// is_login says whether it is LOGIN with a name and a password.
bool is_login(const CommandWords& command);

// changes_mail says whether it is a command that changes mailboxes, messages, or who may do what.
bool changes_mail(const CommandWords& command);

// mailboxes_of are the arguments that name mailboxes; of LIST and LSUB the reference with each pattern behind it.
std::vector<std::string> mailboxes_of(const CommandWords& command);

}  // namespace imapspec::runner
