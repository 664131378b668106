// The properties of every parser: what it accepts reads the same after it is written again, in any
// spelling, and can be written as it was.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "fuzz/target.h"
#include "parser/grammar/parse.h"
#include "parser/grammar/serialize.h"

namespace imapspec::fuzz {

// check_round_trip parses with `parse(octets, arena)`, under `profile` with its direction. An error has
// to lie within the octets and to have words; a value has to come back equal from serialize and parse,
// the second time in the same octets, and from an adversarial spelling, and a faithful one is `octets`.
template <class Parse>
void check_round_trip(std::string_view octets, const parser::Profile& profile, Parse parse) {
  parser::Arena arena;
  const auto value = parse(octets, arena);
  if (!value) {
    require(value.error().offset <= octets.size(), "the error lies behind the octets", octets);
    require(!parser::describe(value.error(), octets).empty(), "the error has no words", octets);
    return;
  }
  const auto check = [&](std::string_view written) {
    const auto again = parse(written, arena);
    require(again.has_value(), "what was written does not parse", written);
    require(*again == *value, "what was written means something else", written);
    return *again;
  };
  std::string written;
  parser::serialize(*value, written);
  std::string twice;
  parser::serialize(check(written), twice);
  require(twice == written, "what was written is written otherwise the second time", twice);

  std::string faithful;
  parser::serialize_faithful(*value, octets, faithful);
  require(faithful == octets, "a faithful spelling is another one", faithful);

  parser::Spelled spelled;
  parser::serialize_adversarial(*value, profile, std::hash<std::string_view>()(octets), spelled);
  check(spelled.octets);
}

}  // namespace imapspec::fuzz
