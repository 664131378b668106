// Several runs side by side: what each server does with each group of scenarios, and with each requirement that one
// of them breaks.
#pragma once

#include <span>
#include <string>

#include "runner/result/result.h"

namespace imapspec::reports {

// Form is how tables are written.
enum class Form : std::uint8_t { Text, Markdown };

// comparison_report is three tables with a column for each run: how many scenarios had which verdict; the groups of
// scenarios, with how many of those that ran passed; and the requirements about which a run has a finding that is no
// mere information, with the worst verdict. Groups and requirements are in order of their names.
std::string comparison_report(std::span<const runner::RunResult> runs, Form form);

}  // namespace imapspec::reports
