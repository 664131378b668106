// Where a scenario's names get values, and where these are used.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "runner/lint/lint.h"

namespace imapspec::runner {

// lint_names finds names and captures that nobody uses, and uses of what may have no value.
void lint_names(const Scenario& scenario, std::vector<LintFinding>& findings);

}  // namespace imapspec::runner
