// Whatever was refused: a diagnosis ends, names quirks at octets that are there, and where it says that nothing
// is wrong with the repaired unit, the strict parser agrees. The first octet of an input chooses the unit and
// the profile; the rest is the unit.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fuzz/profiles.h"
#include "fuzz/target.h"
#include "parser/diagnose/diagnose.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace imapspec;
  if (size == 0) return 0;
  const std::string_view octets(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto unit = static_cast<parser::Unit>(data[0] % 3);
  const parser::Profile& profile = fuzz::kProfiles[data[0] / 3 % fuzz::kProfiles.size()];
  for (const parser::Repairs repairs : {parser::Repairs::All, parser::Repairs::SameMeaning}) {
    const parser::Diagnosis diagnosis = parser::diagnose(octets, unit, profile, {}, repairs);
    for (const parser::FoundQuirk& found : diagnosis.quirks) {
      fuzz::require(found.offset <= octets.size(), "the quirk lies behind the octets", octets);
      fuzz::require(repairs == parser::Repairs::All || found.quirk->same_meaning, "something is made up", octets);
    }
    fuzz::require(diagnosis.error == parser::refusal(diagnosis.octets, unit, diagnosis.profile),
                  "the parser has another opinion on the repaired unit", octets);
    fuzz::require(!diagnosis.quirks.empty() || diagnosis.octets == octets, "a repair has no name", octets);
  }
  return 0;
}
