// Faults by the names that people type.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "server/faults/faults.h"

namespace imapspec::cli {

// find_fault finds a fault of the table; the error is a sentence with the nearest names.
std::expected<server::Fault, std::string> find_fault(std::string_view name);

}  // namespace imapspec::cli
