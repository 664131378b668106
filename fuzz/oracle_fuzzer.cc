// Whatever the octets: the hand-written parser and the grammar itself accept both or refuse both, at the same octet,
// and what they accept is written and read as the same. The first octet of an input chooses the profile and the kind of
// unit, and with 128 and more also the laws of units and other spellings; the rest, if it is short, is the unit.
#include <fmt/format.h>

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "fuzz/target.h"
#include "tests/differential/run.h"

namespace {

using namespace imapspec;

// The recogniser's time is more than linear.
constexpr std::size_t kLongestUnit = 200;

struct Compared {
  differential::Subject subject;
  differential::Comparer comparer;
};

// Each unit of each revision, as it stands and with every extension.
std::vector<Compared> make_compared() {
  const auto manifest = differential::read_manifest(IMAPSPEC_SOURCE_DIR "/parser/spec");
  fuzz::require(manifest.has_value(), "parser/spec cannot be read", "");
  const auto names = differential::profile_names(*manifest);
  std::vector<Compared> compared;
  for (std::size_t i = 0; i < names.size(); ++i) {
    // Those of a revision stand together, the one with every extension last.
    const bool is_last = i + 1 == names.size() || names[i + 1].revision != names[i].revision;
    if (!names[i].capabilities.empty() && !is_last) continue;
    auto subjects = differential::subjects_of(*manifest, to_string(names[i]), "",
                                              IMAPSPEC_SOURCE_DIR "/tests/differential/widened");
    for (differential::Subject& subject : subjects.value()) {
      differential::Comparer comparer = differential::comparer_of(subject);
      compared.push_back({std::move(subject), std::move(comparer)});
    }
  }
  return compared;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static std::vector<Compared> all = make_compared();
  if (size == 0 || size > kLongestUnit) return 0;
  const std::string_view unit(reinterpret_cast<const char*>(data) + 1, size - 1);
  Compared& chosen = all[data[0] % all.size()];
  const auto difference = chosen.comparer.compare(unit, data[0] >= 128).difference;
  if (!difference) return 0;
  const auto message =
      fmt::format("{}, {}: {}\n{}", chosen.subject.profile_name, parser::test::unit_kind_name(chosen.subject.kind),
                  difference_name(*difference), chosen.comparer.explain(unit));
  fuzz::require(false, message, unit);
  return 0;
}
