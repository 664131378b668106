// A recording as a scenario: what the client sent, and what the answers mean.
//
// docs/recording.md
#pragma once

#include <span>
#include <string>

#include "runner/record/recording.h"

namespace imapspec::runner {

// write_scenario yields the YAML of one scenario for the connections of a client: see clients_of. It begins where the
// client was logged in or not, under whatever TLS the run has; the mailboxes that the client found are made anew under
// scratch names, with the messages as far as they were seen. Empty where no command completed, or where more
// connections were open at the same time than a scenario can have.
std::string write_scenario(std::span<const Recording* const> recordings, const std::string& title);

}  // namespace imapspec::runner
