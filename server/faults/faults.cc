#include "server/faults/faults.h"

#include <algorithm>
#include <array>

#include "server/faults/auth_faults.h"
#include "server/faults/extensions_faults.h"
#include "server/faults/fetch_faults.h"
#include "server/faults/mailboxes_faults.h"
#include "server/faults/messages_faults.h"
#include "server/faults/numbers_faults.h"
#include "server/faults/search_faults.h"
#include "server/faults/selection_faults.h"
#include "server/faults/sessions_faults.h"
#include "server/faults/wire_faults.h"

namespace imapspec::server {
namespace {

constexpr std::size_t kFaultCount = static_cast<std::size_t>(Fault::kCount);

// joined puts the tables of the areas one after the other.
template <std::size_t... kSizes>
constexpr std::array<FaultInfo, kFaultCount> joined(const std::array<FaultInfo, kSizes>&... areas) {
  static_assert((kSizes + ...) == kFaultCount, "a row for each enumerator");
  std::array<FaultInfo, kFaultCount> all{};
  auto next = all.begin();
  ((next = std::ranges::copy(areas, next).out), ...);
  return all;
}

// The order is the enumerators'. Every requirement is a MUST or a plain statement, so that the
// suite fails when the fault is on.
constexpr auto kFaults = joined(kWireFaults, kAuthFaults, kMailboxesFaults, kMessagesFaults, kFetchFaults,
                                kSearchFaults, kSessionsFaults, kSelectionFaults, kExtensionsFaults, kNumbersFaults);

// Each fault has the row that its number says: sorted would let one be there twice.
static_assert(std::ranges::adjacent_find(kFaults, std::ranges::greater_equal{}, &FaultInfo::fault) == kFaults.end());

}  // namespace

std::span<const FaultInfo> faults() { return kFaults; }

std::optional<Fault> fault_named(std::string_view name) {
  const auto* found = std::ranges::find(kFaults, name, &FaultInfo::name);
  if (found == kFaults.end()) return std::nullopt;
  return found->fault;
}

std::string_view reach_name(Reach reach) {
  switch (reach) {
    case Reach::Octets:
      return "octets";
    case Reach::Tls:
      return "tls";
    case Reach::Timer:
      return "timer";
    case Reach::Limit:
      return "limit";
  }
  return "";
}

}  // namespace imapspec::server
