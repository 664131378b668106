// Options of imapspec run that do not go together.
#pragma once

#include <string>

#include "cli/run_options.h"

namespace imapspec::cli {

// is_foreign says whether the run is about a server that is there already.
bool is_foreign(const RunArguments& arguments);

// conflict says, in a sentence, which options cannot both be meant: one of them would be ignored. Empty: none.
std::string conflict(const RunArguments& arguments);

}  // namespace imapspec::cli
