// Whatever a client sends: parsing never crashes; a command that parses under a profile reads the
// same after it is written and parsed again; an error lies within the octets.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fuzz/round_trip.h"
#include "fuzz/target.h"
#include "parser/grammar/parse.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace imapspec;
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  fuzz::check_round_trips(octets, false,
                          [](std::string_view unit, parser::Arena& arena, const parser::Profile& profile) {
                            return parser::parse_command(unit, arena, profile);
                          });
  return 0;
}
