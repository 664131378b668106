// Words that the grammar takes whatever they are.
#pragma once

#include <vector>

#include "runner/lint/lint.h"

namespace imapspec::runner {

// lint_spelling finds flags, attributes of mailboxes and response codes that are nearly known ones.
void lint_spelling(const Scenario& scenario, std::vector<LintFinding>& findings);

}  // namespace imapspec::runner
