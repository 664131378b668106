// Named ways in which real implementations leave the grammar, and what would put each right.
//
// RFC 9051 section 9
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "parser/core/error.h"
#include "parser/grammar/profile.h"

namespace imapspec::parser {

// Unit is what a unit is read as.
enum class Unit : std::uint8_t { ServerGreeting, ClientCommand, ServerResponse };

// Place is where a unit was refused, as a quirk looks at it.
struct Place {
  std::string_view octets;
  Error error;
  Unit unit = Unit::ServerResponse;
  Profile profile;

  // at yields the octet this far from the error's, or -1 outside of the unit.
  [[nodiscard]] int at(std::ptrdiff_t distance) const {
    const auto index = static_cast<std::ptrdiff_t>(error.offset) + distance;
    return index < 0 || index >= static_cast<std::ptrdiff_t>(octets.size())
               ? -1
               : static_cast<unsigned char>(octets[static_cast<std::size_t>(index)]);
  }

  // piece is at most `size` octets from there on, and nothing from behind the unit.
  [[nodiscard]] std::string_view piece(std::size_t from, std::size_t size) const {
    return from < octets.size() ? octets.substr(from, size) : std::string_view();
  }

  // rest is the octets from the error's on; before is those in front of it.
  [[nodiscard]] std::string_view rest() const { return octets.substr(offset()); }
  [[nodiscard]] std::string_view before() const { return octets.substr(0, offset()); }
  [[nodiscard]] std::size_t offset() const { return error.offset < octets.size() ? error.offset : octets.size(); }
};

// Repair replaces some octets, or reads them under another profile.
struct Repair {
  std::size_t offset = 0;
  std::size_t erased = 0;
  std::string inserted;
  std::optional<Profile> profile;
};

// Quirk is one way to be wrong. `repair` yields what to change where the place looks like it; whether that
// is it, the strict parser says.
struct Quirk {
  std::string_view name;    // made of words, stable
  std::string_view what;    // one line about the octets
  std::string_view seen;    // where it was met; empty where nobody told
  std::string_view clause;  // what it breaks
  bool same_meaning;        // the repaired unit says what the sender meant, and nothing was made up
  std::optional<Repair> (*repair)(const Place& place);
};

// quirks is all of them; where two fit equally well, the one that comes first is named.
std::span<const Quirk> quirks();

}  // namespace imapspec::parser
