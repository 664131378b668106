// Whatever value is made: it can be written, canonically and in the spelling that a seed chooses, and is read as the
// same value; and what was read is written again octet for octet. The first octets of an input choose the profile, the
// direction and the seed; the rest is the value.
#include <cstddef>
#include <cstdint>
#include <string>

#include "fuzz/choices.h"
#include "fuzz/profiles.h"
#include "fuzz/round_trip.h"
#include "fuzz/target.h"
#include "fuzz/value_maker.h"
#include "parser/grammar/parse.h"
#include "parser/grammar/serialize.h"

namespace {

using namespace imapspec;

// What RFC 9051 includes are extensions here, with grammars of their own.
constexpr parser::Profile kExtendedRev1{.rev1 = true, .rev2 = false, .extensions = ~0U, .from_server = false};

template <class Value, class Parse>
void check(const Value& value, const parser::Profile& profile, std::uint64_t seed, Parse parse) {
  std::string canonical;
  parser::serialize(value, canonical);
  parser::Spelled spelled;
  parser::serialize_adversarial(value, profile, seed, spelled);
  for (const std::string& octets : {canonical, spelled.octets}) {
    parser::Arena arena;
    const auto read = parse(octets, arena);
    fuzz::require_same(read, value, profile, octets);
    std::string again;
    parser::serialize_faithful(*read, octets, again);
    fuzz::require(again == octets, "what was read is written otherwise", octets);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Choices choices({reinterpret_cast<const char*>(data), size});
  const std::size_t chosen = choices.one_of(fuzz::kProfiles.size() + 1);
  parser::Profile profile = chosen < fuzz::kProfiles.size() ? fuzz::kProfiles[chosen] : kExtendedRev1;
  profile.from_server = choices.flip();
  const std::uint64_t seed = choices.number(UINT64_MAX);
  parser::Arena arena;
  fuzz::ValueMaker make(choices, profile, arena);
  if (profile.from_server) {
    check(make.response(), profile, seed, [&](std::string_view octets, parser::Arena& to) {  //
      return parser::parse_response(octets, to, profile);
    });
  } else {
    check(make.command(), profile, seed, [&](std::string_view octets, parser::Arena& to) {  //
      return parser::parse_command(octets, to, profile);
    });
  }
  return 0;
}
