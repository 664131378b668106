// A recording as a scenario: what the client sent, and what the answers mean.
//
// docs/recording.md
#pragma once

#include <string>

#include "runner/record/recording.h"

namespace imapspec::runner {

// write_scenario yields the YAML. It begins where the client was logged in or not, under whatever TLS the run has; the
// mailboxes that the client found are made anew under scratch names, with the messages as far as they were seen.
// Empty where no command completed.
std::string write_scenario(const Recording& recording, const std::string& title);

}  // namespace imapspec::runner
