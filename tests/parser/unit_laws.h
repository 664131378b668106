// The laws that every unit obeys, for tests and for programs without a test framework.
//
// docs/api-conventions.md
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "parser/core/arena.h"
#include "parser/core/error.h"
#include "parser/core/limits.h"
#include "parser/framing/framer.h"
#include "parser/grammar/profile.h"

namespace imapspec::parser::test {

// UnitKind is what a unit on the wire is, and so which entry point reads it.
enum class UnitKind : std::uint8_t { Command, AuthenticateData, IdleDone, Response, Greeting };

// unit_kind_name is its name as data files have it: "command", "authenticate-data", ...
std::string_view unit_kind_name(UnitKind kind);

// direction_of says who sends units of this kind.
Direction direction_of(UnitKind kind);

// with_every_extension adds all extensions to a profile.
constexpr Profile with_every_extension(Profile profile) {
  profile.extensions = ~decltype(profile.extensions){0};
  return profile;
}

// kAll is IMAP4rev2 with all of them.
inline constexpr Profile kAll = with_every_extension(kRev2);

// parse_error parses one unit and yields why it is refused, or nullopt when it is accepted.
std::optional<Error> parse_error(UnitKind kind, std::string_view octets, const Profile& profile, Arena& arena,
                                 const Limits& limits = {});

// check_laws holds one unit, right or wrong, against the laws and yields a description of the first
// that it breaks, or nullopt:
//
// prefix      no proper prefix of an accepted unit is accepted, and each may still go on
// round trip  an accepted unit means the same after it is written and read again, and is then
//             written in the same octets
// faithful    a faithful spelling of what was read is the unit, octet for octet
// adversarial every other spelling is read as the same value
// cursor      a rule that fails leaves the cursor where it was, on the unit and on each prefix
// error       an error lies within the octets and has words
// framing     a Framer takes an accepted unit for one whole unit
// chunking    any split of a stream of two such units gives the same events
//
// The work is quadratic in the size of the unit.
std::optional<std::string> check_laws(UnitKind kind, std::string_view octets, const Profile& profile);

}  // namespace imapspec::parser::test
