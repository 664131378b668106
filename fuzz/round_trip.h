// The properties of every parser: what it accepts reads the same after it is written again, in any
// spelling, and can be written as it was.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "fuzz/profiles.h"
#include "fuzz/target.h"
#include "parser/grammar/parse.h"
#include "parser/grammar/serialize.h"

namespace imapspec::fuzz {

// shown is a value in its canonical spelling, escaped.
template <class Value>
std::string shown(const Value& value) {
  std::string written;
  parser::serialize(value, written);
  return parser::escape_octets(written);
}

// require_same ends the program where `spelling` was not read as `value`, which it was written for.
template <class Read, class Value>
void require_same(const Read& read, const Value& value, const parser::Profile& profile, std::string_view spelling) {
  if (read && *read == value) return;
  std::string message = describe(profile) + "what was written ";
  if (read) {
    message += "means something else\nvalue: ";
    message += shown(value) + "\nread:  " + shown(*read);
  } else {
    message += "does not parse: " + parser::describe(read.error(), spelling);
  }
  require(false, message, spelling);
}

// check_round_trips parses with `parse(octets, arena, profile)` under each of kProfiles, in one direction. An error has
// to lie within the octets and to have words. A value has to come back equal from serialize and parse, the second time
// in the same octets, and a faithful spelling is `octets`. Under one of the profiles that accept, which the octets
// choose, it has to come back from an adversarial spelling too: the target `values` has more of those.
template <class Parse>
void check_round_trips(std::string_view octets, bool from_server, Parse parse) {
  parser::Arena arena;
  decltype(parse(octets, arena, parser::kRev2)) last = std::unexpected(parser::Error());
  std::string written;
  std::array<parser::Profile, kProfiles.size()> accepting;
  std::size_t accepted = 0;
  const auto check = [&](std::string_view spelling, const parser::Profile& profile) {
    const auto again = parse(spelling, arena, profile);
    require_same(again, *last, profile, spelling);
    return *again;
  };
  for (parser::Profile profile : kProfiles) {
    profile.from_server = from_server;
    const auto value = parse(octets, arena, profile);
    if (!value) {
      require(value.error().offset <= octets.size(), "the error lies behind the octets", octets);
      require(!parser::describe(value.error(), octets).empty(), "the error has no words", octets);
      continue;
    }
    accepting[accepted++] = profile;
    // What another profile makes of the same octets is written in the same way when it is equal.
    const bool is_new = !last || !(*last == *value);
    last = value;
    if (is_new) {
      written.clear();
      parser::serialize(*value, written);
    }
    const auto again = check(written, profile);
    if (!is_new) continue;
    std::string twice;
    parser::serialize(again, twice);
    require(twice == written, "what was written is written otherwise the second time", twice);
    std::string faithful;
    parser::serialize_faithful(*value, octets, faithful);
    require(faithful == octets, "a faithful spelling is another one", faithful);
  }
  if (accepted == 0) return;
  const std::size_t seed = std::hash<std::string_view>()(octets);
  const parser::Profile& profile = accepting[seed % accepted];
  last = parse(octets, arena, profile);
  parser::Spelled spelled;
  parser::serialize_adversarial(*last, profile, seed, spelled);
  check(spelled.octets, profile);
}

}  // namespace imapspec::fuzz
