// Text that a scenario sends or expects, as it is written there.
#pragma once

#include <string>

#include "runner/result/result.h"

namespace imapspec::runner {

// WireText is text as the scenario has it, with our escape \xHH and {references} still in it.
struct WireText {
  std::string text;
  Where where;
};

}  // namespace imapspec::runner
