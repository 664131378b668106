#include "runner/run/merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "runner/run/gate.h"

namespace imapspec::runner {
namespace {

// The order of a run's results: what came first comes first, the rest as run_scenarios has it.
auto rank(const ScenarioResult& result) {
  const int place = result.id == kSanityFirst ? 0 : result.id == kSanityLast ? 2 : result.id == kUnmetEntries ? 3 : 1;
  return std::tuple(place, result.repetition, std::string_view(result.id), std::string_view(result.profile));
}

// What is about a shard's server and no scenario: each shard may have it.
bool is_of_server(const ScenarioResult& result) {
  return result.id == kSanityFirst || result.id == kSanityLast || (result.id == kReset && result.profile.empty());
}

std::expected<void, std::string> check_shards(const std::vector<RunResult>& shards) {
  if (shards.empty()) return std::unexpected("there is nothing to merge");
  const RunResult& first = shards.front();
  std::set<std::size_t> seen;
  for (const RunResult& shard : shards) {
    const auto wrong = [&](std::string_view why) {
      return std::unexpected(fmt::format("shard {}/{} {}", shard.shard.index, shard.shard.count, why));
    };
    if (shard.shard.count != first.shard.count) {
      return wrong(fmt::format("is not of a run of {} shards, as another is", first.shard.count));
    }
    if (shard.selected != first.selected || shard.tool_version != first.tool_version ||
        shard.fail_on != first.fail_on || shard.target.name != first.target.name) {
      return wrong("is of another run: server, version, selection and options have to be the same");
    }
    if (!seen.insert(shard.shard.index).second) return wrong("is there twice");
  }
  for (std::size_t i = 1; i <= first.shard.count; ++i) {
    if (!seen.contains(i)) return std::unexpected(fmt::format("shard {}/{} is missing", i, first.shard.count));
  }
  return {};
}

void add_worst(std::vector<ScenarioResult>& results, ScenarioResult result) {
  const auto known =
      std::ranges::find_if(results, [&](const ScenarioResult& one) { return rank(one) == rank(result); });
  if (known == results.end()) {
    results.push_back(std::move(result));
  } else if (result.verdict > known->verdict) {
    *known = std::move(result);
  }
}

std::expected<void, std::string> add_baseline(std::vector<BaselineUse>& all, const std::vector<BaselineUse>& more) {
  if (all.empty()) {
    all = more;
    return {};
  }
  if (all.size() != more.size()) return std::unexpected("the shards were run with different baselines");
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].requirement != more[i].requirement || all[i].deviation != more[i].deviation) {
      return std::unexpected("the shards were run with different baselines");
    }
    all[i].met = all[i].met || more[i].met;
    all[i].anywhere = all[i].anywhere && more[i].anywhere;
    if (all[i].expired.empty()) all[i].expired = more[i].expired;
    if (all[i].scenario.empty() || (!more[i].scenario.empty() && more[i].scenario < all[i].scenario)) {
      all[i].scenario = more[i].scenario;
    }
  }
  return {};
}

}  // namespace

std::expected<RunResult, std::string> merge_runs(std::vector<RunResult> shards) {
  if (auto good = check_shards(shards); !good) return std::unexpected(good.error());
  std::ranges::sort(shards, {}, [](const RunResult& run) { return run.shard.index; });
  RunResult merged;
  merged.tool_version = shards.front().tool_version;
  merged.target = shards.front().target;
  merged.fail_on = shards.front().fail_on;
  merged.selected = shards.front().selected;
  merged.whole = std::ranges::all_of(shards, &RunResult::whole);
  merged.started = std::ranges::min(shards, {}, &RunResult::started).started;
  for (RunResult& shard : shards) {
    const auto until = shard.started - merged.started + shard.duration;
    merged.duration = std::max(merged.duration, std::chrono::duration_cast<std::chrono::microseconds>(until));
    if (!merged.interrupted_by) merged.interrupted_by = shard.interrupted_by;
    if (auto added = add_baseline(merged.baseline, shard.baseline); !added) return std::unexpected(added.error());
    for (ScenarioResult& result : shard.scenarios) {
      if (is_of_server(result)) {
        add_worst(merged.scenarios, std::move(result));
      } else {
        merged.scenarios.push_back(std::move(result));
      }
    }
  }
  std::ranges::sort(merged.scenarios,
                    [](const ScenarioResult& a, const ScenarioResult& b) { return rank(a) < rank(b); });
  const auto twice = std::ranges::adjacent_find(
      merged.scenarios, [](const ScenarioResult& a, const ScenarioResult& b) { return rank(a) == rank(b); });
  if (twice != merged.scenarios.end()) {
    return std::unexpected(fmt::format("{} [{}] is in more than one shard", twice->id, twice->profile));
  }
  // A run that was whole has done it.
  if (shards.size() > 1) settle_baseline(merged);
  merge_findings(merged);
  return merged;
}

}  // namespace imapspec::runner
