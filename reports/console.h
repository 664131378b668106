// The console report: what is read on a terminal when a run is over.
//
// In this order: what failed, in full; what the monitor and the grammar found, each once; warnings
// and weaknesses, a line or two each; skips by reason; and the summary, so that it is the last thing on
// the screen.
#pragma once

#include <string>

#include "reports/terminal.h"
#include "runner/result/result.h"

namespace imapspec::reports {

// console_report is plain text, but for colours when the style has them. No octet of the result
// gets to the terminal as a control character. Lines fit the width, but for commands to copy.
std::string console_report(const runner::RunResult& run, const TerminalStyle& style);

}  // namespace imapspec::reports
