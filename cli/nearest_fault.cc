#include "cli/nearest_fault.h"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "runner/scenario/nearest.h"

namespace imapspec::cli {

std::expected<server::Fault, std::string> find_fault(std::string_view name) {
  if (const auto fault = server::fault_named(name)) return *fault;
  std::vector<std::string_view> names;
  std::string begun;
  for (const server::FaultInfo& fault : server::faults()) {
    names.push_back(fault.name);
    if (!name.empty() && fault.name.starts_with(name)) {
      begun += fmt::format("{}{}", begun.empty() ? "; did you mean one of: " : ", ", fault.name);
    }
  }
  return std::unexpected(fmt::format("there is no fault \"{}\"{} (imapspec list faults has them all)", name,
                                     begun.empty() ? runner::did_you_mean(name, names) : begun));
}

}  // namespace imapspec::cli
