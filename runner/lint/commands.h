// What a scenario sends.
#pragma once

#include <vector>

#include "runner/lint/lint.h"

namespace imapspec::runner {

// lint_commands finds commands that cannot do what they are expected to, and completions that cannot come.
void lint_commands(const Scenario& scenario, std::vector<LintFinding>& findings);

}  // namespace imapspec::runner
