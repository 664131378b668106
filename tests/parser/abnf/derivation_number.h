// How many derivations there are, as one number for tables.
#pragma once

#include <cstdint>
#include <limits>

#include "parser/abnf/derivations.h"

namespace imapspec::abnf::test {

inline constexpr std::uint64_t kInfinite = std::numeric_limits<std::uint64_t>::max();

// number_of yields kInfinite where there is no number of them.
inline std::uint64_t number_of(const DerivationCount& counted) { return counted.infinite ? kInfinite : counted.number; }

}  // namespace imapspec::abnf::test
