// How much there is in a command, seen before anything is made of it.
#pragma once

#include <cstddef>
#include <string_view>

namespace imapspec::server {

// CommandSize counts outside of strings.
struct CommandSize {
  std::size_t words = 0;   // what spaces and parentheses part
  std::size_t ranges = 0;  // what commas part, in the word that has most
};

// size_of measures a unit, or the front of one that ends with a literal's announcement, in time linear in its octets
// without those of literals. It need not be right.
CommandSize size_of(std::string_view unit);

}  // namespace imapspec::server
