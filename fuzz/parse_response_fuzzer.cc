// Whatever a server sends: parsing never crashes; a response that parses under a profile reads the
// same after it is written and parsed again; an error lies within the octets. A greeting likewise.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fuzz/profiles.h"
#include "fuzz/round_trip.h"
#include "fuzz/target.h"
#include "parser/grammar/parse.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace imapspec;
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  for (parser::Profile profile : fuzz::kProfiles) {
    profile.from_server = true;
    fuzz::check_round_trip(octets, profile, [&](std::string_view unit, parser::Arena& arena) {
      return parser::parse_response(unit, arena, profile);
    });
    fuzz::check_round_trip(octets, profile, [&](std::string_view unit, parser::Arena& arena) {
      return parser::parse_greeting(unit, arena, profile);
    });
  }
  return 0;
}
