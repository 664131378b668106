// The property of every parser: what it accepts reads the same after it is written again.
#pragma once

#include <string>
#include <string_view>

#include "fuzz/target.h"
#include "parser/grammar/parse.h"
#include "parser/grammar/serialize.h"

namespace imapspec::fuzz {

// check_round_trip parses with `parse(octets, arena)`. An error has to lie within the octets and to
// have words; a value has to come back equal from serialize and parse.
template <class Parse>
void check_round_trip(std::string_view octets, Parse parse) {
  parser::Arena arena;
  const auto value = parse(octets, arena);
  if (!value) {
    require(value.error().offset <= octets.size(), "the error lies behind the octets", octets);
    require(!parser::describe(value.error(), octets).empty(), "the error has no words", octets);
    return;
  }
  std::string written;
  parser::serialize(*value, written);
  const auto again = parse(std::string_view(written), arena);
  require(again.has_value(), "what was written does not parse", written);
  require(*again == *value, "what was written means something else", written);
}

}  // namespace imapspec::fuzz
