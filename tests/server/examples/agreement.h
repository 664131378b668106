// Whether a response says what an example says, whatever words, order and mailbox attributes the server chose.
#pragma once

#include <string>
#include <string_view>

namespace imapspec::server::examples {

// agrees compares two responses, with their CRLF:
// - human texts do not count, nor a code that the example does not have
// - flags, attributes, items and values are sets; FLAGS, PERMANENTFLAGS and capabilities may have more
// - \HasChildren, \HasNoChildren may be added, and \Marked and \NoInferiors be missing
// - of an example that goes on with dots the beginning counts
bool agrees(std::string_view example, std::string_view actual);

}  // namespace imapspec::server::examples
