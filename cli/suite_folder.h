// Where the bundled suite and the targets are.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "runner/scenario/loader.h"

namespace imapspec::cli {

// data_folder finds "scenarios" or "targets": beside this program, or in the tree that it was
// built from.
std::optional<std::filesystem::path> data_folder(const std::string& name);

// Suites are all folders of a run together: scenarios of all, and one ledger.
struct Suites {
  std::vector<runner::Scenario> scenarios;  // in order of id
  std::vector<runner::Requirement> requirements;
};

// load_suites loads the folders; none given: the bundled suite. A folder given by the user may cite the
// bundled suite's requirements. Errors are printed to standard error; nullopt then.
std::optional<Suites> load_suites(const std::vector<std::string>& folders);

}  // namespace imapspec::cli
