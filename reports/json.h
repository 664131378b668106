// The JSON report: everything that a run found out, for programs. Its shape is
// reports/report.schema.json; its `schema` names that shape and changes when the shape does.
#pragma once

#include <string>
#include <string_view>

#include "runner/result/result.h"

namespace imapspec::reports {

// kReportSchema is the value of the key `schema`.
inline constexpr std::string_view kReportSchema = "imapspec-report-1";

// json_report is one JSON object in ASCII with a line feed behind it. Text that is not UTF-8 is
// written as json_text does. The transcript of a scenario is there unless its verdict is pass.
std::string json_report(const runner::RunResult& run);

}  // namespace imapspec::reports
