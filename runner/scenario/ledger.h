// The rows of a ledger file with their places.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "runner/scenario/loader.h"

namespace imapspec::runner {

struct LedgerRow {
  Requirement requirement;
  Where where;
};

// read_ledger is parse_ledger for those who tell where a row is. Ids are unique in the file.
std::expected<std::vector<LedgerRow>, std::vector<LoadError>> read_ledger(std::string_view yaml,
                                                                          const std::string& file);

}  // namespace imapspec::runner
