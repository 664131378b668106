// Meetings leads from a finding of the run to the scenarios that met it. An id alone does not:
// a scenario runs once per profile, and need not find the same in each.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runner/result/result.h"

namespace imapspec::reports {

// Meetings is an index over a run, which must outlive it.
class Meetings {
 public:
  explicit Meetings(const runner::RunResult& run);

  // place is the index in RunResult::scenarios of the first scenario of that id that met the
  // finding; of the first of that id when none did; nothing when there is none of that id.
  std::optional<std::size_t> place(const runner::Finding& finding, std::string_view id) const;

 private:
  const runner::RunResult& run_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> places_;
};

}  // namespace imapspec::reports
