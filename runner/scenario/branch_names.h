// Names that branches of `at-once` would share.
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "runner/scenario/scenario.h"

namespace imapspec::runner {

// SharedName is a use of a name that another branch binds.
struct SharedName {
  std::string name;
  Where where;
};

// bound_names are those that the holes of steps bind.
std::set<std::string> bound_names(std::span<const Step> steps);

// shared_names finds the names that one branch binds, and another binds or reads: which of them comes first is
// left to chance. Names that were bound before are constants by then.
std::vector<SharedName> shared_names(const std::set<std::string>& constant,
                                     const std::vector<std::vector<Step>>& branches);

}  // namespace imapspec::runner
