// Scenarios that ask more of a server than a polite guest does.
#pragma once

#include <vector>

#include "runner/lint/lint.h"

namespace imapspec::runner {

// lint_bad_commands finds connections with more commands that are to be answered BAD than a server is asked to bear
// where a target says nothing of it.
void lint_bad_commands(const Scenario& scenario, std::vector<LintFinding>& findings);

}  // namespace imapspec::runner
