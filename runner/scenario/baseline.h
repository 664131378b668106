// Baselines: what is known of a server. docs/running.md describes the file.
#pragma once

#include <chrono>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runner/scenario/loader.h"

namespace imapspec::runner {

// BaselineEntry names findings that are known: xfail where they appear, xpass where they do not.
struct BaselineEntry {
  std::string requirement;
  std::string deviation;
  std::vector<std::string> scenarios;                // globs with "*"; empty means any
  std::string clause;                                // the RFC's words; may be empty
  std::string reason;                                // why the server does it, or what is known
  std::optional<std::chrono::year_month_day> until;  // the last day on which it counts
  Verdict verdict = Verdict::Fail;
  bool sometimes = false;  // not every run meets it: where it does not appear there is no xpass
  Where where;
};

// load_baseline reads a list of maps with the keys requirement, deviation and reason, and optionally scenarios,
// verdict, clause, until and sometimes.
std::expected<std::vector<BaselineEntry>, std::vector<LoadError>> load_baseline(const std::filesystem::path& file);

// stale_entries finds what names nothing: a requirement that is not in the ledger, or a glob that no scenario matches.
std::vector<LoadError> stale_entries(const std::vector<BaselineEntry>& baseline, const std::vector<Scenario>& scenarios,
                                     const std::vector<Requirement>& requirements);

// kReasonToDo is the reason of an entry that was written by the program and that nobody has looked at yet.
inline constexpr std::string_view kReasonToDo = "TODO";

// lacks_reason says whether somebody still has to write an entry's reason.
bool lacks_reason(const BaselineEntry& entry);

// write_baseline is a file of entries, each finding of a run that makes it bad or may: one with which the run would
// have succeeded. `known` is the baseline that was applied to the run. Of that stays what was met, what was not tested,
// and what is there sometimes; where an entry was over, somebody has to look again.
std::string write_baseline(const RunResult& run, const std::vector<BaselineEntry>& known);

}  // namespace imapspec::runner
