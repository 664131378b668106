// How much there is in a command, seen before anything is made of it.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "parser/core/limits.h"
#include "server/session/context.h"
#include "server/session/limits.h"

namespace imapspec::server {

// CommandSize counts outside of strings.
struct CommandSize {
  std::size_t words = 0;   // what spaces and parentheses part
  std::size_t ranges = 0;  // what commas part, in the word that has most
};

// size_of measures a unit, or the front of one that ends with a literal's announcement, in time linear in its octets
// without those of literals. It need not be right.
CommandSize size_of(std::string_view unit);

// beyond is the answer to a command that is too large to look at. One without a tag is BAD anyway.
std::optional<Completion> beyond(std::string_view unit, const Limits& limits);

// nesting_of is how deep the parser may go into a command.
parser::Limits nesting_of(std::string_view unit, const Limits& limits);

}  // namespace imapspec::server
