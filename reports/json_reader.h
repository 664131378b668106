// The JSON report, read back: what `imapspec merge` puts together.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "runner/result/result.h"

namespace imapspec::reports {

// read_json_report reads what json_report wrote. A scenario's findings get what the run's list has of them. The error
// is a sentence.
std::expected<runner::RunResult, std::string> read_json_report(std::string_view json);

}  // namespace imapspec::reports
