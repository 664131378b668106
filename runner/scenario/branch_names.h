// Names that branches of `at-once` would share.
#pragma once

#include <string>
#include <vector>

#include "runner/scenario/scenario.h"

namespace imapspec::runner {

// SharedName is a use of a name that another branch binds.
struct SharedName {
  std::string name;
  Where where;
};

// shared_names finds the names that one branch binds, and another binds or reads: which of them comes first is
// left to chance. Names that `before` binds are constants by then.
std::vector<SharedName> shared_names(const std::vector<Step>& before, const std::vector<std::vector<Step>>& branches);

}  // namespace imapspec::runner
