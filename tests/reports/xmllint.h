// xmllint, the second opinion on what the reports write.
#pragma once

#include <string>

namespace imapspec::reports {

// xmllint_complaints is what xmllint with these options says about a document; empty when it is
// right. That xmllint is not there is a complaint too.
std::string xmllint_complaints(const std::string& options, const std::string& document);

}  // namespace imapspec::reports
