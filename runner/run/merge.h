// The shards of a run, put together again.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "runner/result/result.h"

namespace imapspec::runner {

// The ids of the conversations before and after all others, which have a result where they fail.
inline constexpr std::string_view kSanityFirst = "sanity/first";
inline constexpr std::string_view kSanityLast = "sanity/last";

// The id of what stands for a server that could not be reset between repetitions. It has no profile.
inline constexpr std::string_view kReset = "reset";

// merge_runs makes of all shards of a run what the run as a whole would have been: verdicts, findings counted once,
// baseline, exit code. The error is a sentence: a shard is missing, or is there twice, or is of another run.
std::expected<RunResult, std::string> merge_runs(std::vector<RunResult> shards);

}  // namespace imapspec::runner
