// The style sheet of the HTML report.
#pragma once

#include <string_view>

namespace imapspec::reports {

// html_style is CSS without "<" and "&". Verdicts are classes: "v-pass", "v-fail" and so on.
std::string_view html_style();

}  // namespace imapspec::reports
