#include "cli/suite_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <set>
#include <utility>

#include "runner/match/pattern.h"
#include "runner/monitor/monitor.h"

namespace imapspec::cli {
namespace {

void print(const std::vector<runner::LoadError>& errors) {
  for (const runner::LoadError& error : errors) fmt::print(stderr, "{}\n", runner::to_string(error));
}

}  // namespace

std::optional<std::filesystem::path> data_folder(const std::string& name) {
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  std::vector<std::filesystem::path> places;
  if (!error) {
    places.push_back(self.parent_path() / name);
    places.push_back(self.parent_path().parent_path() / "share" / "imapspec" / name);
  }
  places.emplace_back(std::filesystem::path(IMAPSPEC_SOURCE_DIR) / name);
  const auto found = std::find_if(places.begin(), places.end(), [&](const std::filesystem::path& place) {
    return std::filesystem::is_directory(place, error);
  });
  if (found == places.end()) return std::nullopt;
  return *found;
}

std::optional<Suites> load_suites(const std::vector<std::string>& folders) {
  const auto built_in = runner::monitor_requirements();
  std::vector<runner::Requirement> known(built_in.begin(), built_in.end());
  const auto bundled = data_folder("scenarios");

  Suites suites;
  const auto load = [&](const std::filesystem::path& folder, bool keep_scenarios) {
    auto suite = runner::load_suite(folder, std::move(known), runner::Pattern::check);
    if (!suite) {
      print(suite.error());
      return false;
    }
    if (keep_scenarios)
      std::move(suite->scenarios.begin(), suite->scenarios.end(), std::back_inserter(suites.scenarios));
    known = std::move(suite->requirements);
    return true;
  };

  if (folders.empty()) {
    if (!bundled) {
      fmt::print(stderr, "imapspec: the bundled suite is not here; name a folder with --scenarios\n");
      return std::nullopt;
    }
    if (!load(*bundled, true)) return std::nullopt;
  } else {
    std::error_code error;
    const bool is_bundled =
        bundled && folders.size() == 1 && std::filesystem::equivalent(*bundled, folders.front(), error);
    if (bundled && !is_bundled && !load(*bundled, false)) return std::nullopt;
    for (const std::string& folder : folders) {
      if (!load(folder, true)) return std::nullopt;
    }
  }
  std::set<std::string> ids;
  for (const runner::Scenario& scenario : suites.scenarios) {
    if (ids.insert(scenario.id).second) continue;
    fmt::print(stderr, "imapspec: two folders have a scenario {}\n", scenario.id);
    return std::nullopt;
  }
  std::ranges::sort(suites.scenarios, {}, &runner::Scenario::id);
  runner::credit_monitor(known);
  suites.requirements = std::move(known);
  return suites;
}

}  // namespace imapspec::cli
