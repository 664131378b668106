// Whatever a client sends: parsing never crashes; a command that parses under a profile reads the
// same after it is written and parsed again; an error lies within the octets.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/target.h"
#include "parser/grammar/parse.h"
#include "parser/grammar/serialize.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace imapspec;
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  static constexpr std::array kProfiles{parser::kRev1, parser::kRev2, parser::kRev1AndRev2};
  for (const parser::Profile& profile : kProfiles) {
    parser::Arena arena;
    const auto command = parser::parse_command(octets, arena, profile);
    if (!command) {
      fuzz::require(command.error().offset <= octets.size(), "the error lies behind the octets", octets);
      fuzz::require(!parser::describe(command.error(), octets).empty(), "the error has no words", octets);
      continue;
    }
    std::string written;
    parser::serialize(*command, written);
    const auto again = parser::parse_command(written, arena, profile);
    fuzz::require(again.has_value(), "what was written does not parse", written);
    fuzz::require(*again == *command, "what was written means something else", written);
  }
  return 0;
}
