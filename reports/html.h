// The HTML report: one page with nothing outside it. It needs no script, follows the reader's
// choice of light or dark, and says every verdict as a word, not by its colour alone.
#pragma once

#include <string>

#include "runner/result/result.h"

namespace imapspec::reports {

// html_report is an HTML document in UTF-8 that is well-formed XML too. Long text is cut after
// 16384 octets; the JSON report has the rest.
std::string html_report(const runner::RunResult& run);

}  // namespace imapspec::reports
