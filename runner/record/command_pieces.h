// A command taken apart by its octets, right or wrong as they are: its arguments and its literals.
//
// RFC 9051 sections 2.2.1, 4
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace imapspec::runner {

// Argument is one argument of a command, at the top level.
struct Argument {
  enum class Form : std::uint8_t { Plain, Quoted, Literal, List };
  Form form = Form::Plain;
  std::size_t offset = 0;  // in the unit
  std::size_t size = 0;
  std::string value;  // of a string what it holds; else the octets
};

// command_arguments are what follows the tag and the name, of the words that `name` has.
std::vector<Argument> command_arguments(std::string_view unit, std::string_view name);

// LiteralPiece is a literal of a unit, wherever it stands: from its "{" or "~{" to its last octet.
struct LiteralPiece {
  std::size_t offset = 0;
  std::size_t size = 0;
  std::string octets;
  bool synchronizing = true;
  bool binary = false;  // literal8
};
std::vector<LiteralPiece> literals_of(std::string_view unit);

}  // namespace imapspec::runner
