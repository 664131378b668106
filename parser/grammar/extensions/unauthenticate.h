// UNAUTHENTICATE: back to the not authenticated state on the same connection.
//
// RFC 8437
#pragma once

#include <expected>
#include <string_view>

#include "parser/core/cursor.h"
#include "parser/grammar/profile.h"

namespace imapspec::parser {

namespace commands {
struct Unauthenticate {
  static constexpr std::string_view kName = "UNAUTHENTICATE";
  friend bool operator==(const Unauthenticate&, const Unauthenticate&) = default;
};
}  // namespace commands

// "UNAUTHENTICATE" of command-auth and command-select, from the octet after it
inline std::expected<commands::Unauthenticate, Error> unauthenticate(Cursor&, const Profile&) {
  return commands::Unauthenticate{};
}

}  // namespace imapspec::parser
