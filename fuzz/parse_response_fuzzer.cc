// Whatever a server sends: parsing never crashes; a response that parses under a profile reads the
// same after it is written and parsed again; an error lies within the octets. A greeting likewise.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fuzz/round_trip.h"
#include "fuzz/target.h"
#include "parser/grammar/parse.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace imapspec;
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  fuzz::check_round_trips(octets, true,
                          [](std::string_view unit, parser::Arena& arena, const parser::Profile& profile) {
                            return parser::parse_response(unit, arena, profile);
                          });
  fuzz::check_round_trips(octets, true,
                          [](std::string_view unit, parser::Arena& arena, const parser::Profile& profile) {
                            return parser::parse_greeting(unit, arena, profile);
                          });
  return 0;
}
