// Golden files: what a report has to look like, octet by octet.
#pragma once

#include <string>
#include <string_view>

namespace imapspec::reports {

// expect_golden compares text with tests/reports/golden/NAME. With IMAPSPEC_UPDATE_GOLDEN=1 in the
// environment it writes the file instead.
void expect_golden(std::string_view name, const std::string& text);

// read_file is a file's octets; a test failure when it cannot be read.
std::string read_file(const std::string& path);

}  // namespace imapspec::reports
