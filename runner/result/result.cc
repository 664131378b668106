#include "runner/result/result.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

namespace imapspec::runner {
namespace {

// The tables are in the order of the enumerations.
constexpr std::array<std::string_view, 10> kVerdicts = {"pass",     "info", "skip",  "unimplemented", "xfail",
                                                        "weakness", "warn", "error", "xpass",         "fail"};
constexpr std::array<std::string_view, 5> kLevels = {"must", "should", "may", "statement", "hardening"};
constexpr std::array<std::string_view, 3> kChecks = {"step", "monitor", "grammar"};

static_assert(std::to_underlying(Verdict::Fail) + 1 == kVerdicts.size());
static_assert(std::to_underlying(Level::Hardening) + 1 == kLevels.size());
static_assert(std::to_underlying(Check::Grammar) + 1 == kChecks.size());

template <class Enum, std::size_t N>
std::optional<Enum> named(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

}  // namespace

std::string_view verdict_name(Verdict verdict) { return kVerdicts.at(std::to_underlying(verdict)); }
std::string_view level_name(Level level) { return kLevels.at(std::to_underlying(level)); }
std::string_view check_name(Check check) { return kChecks.at(std::to_underlying(check)); }

std::optional<Verdict> verdict_named(std::string_view name) { return named<Verdict>(kVerdicts, name); }
std::optional<Level> level_named(std::string_view name) { return named<Level>(kLevels, name); }

Verdict verdict_for(Level level) {
  switch (level) {
    case Level::Must:
    case Level::Statement:
      return Verdict::Fail;
    case Level::Should:
      return Verdict::Warn;
    case Level::May:
      return Verdict::Info;
    case Level::Hardening:
      return Verdict::Weakness;
  }
  return Verdict::Fail;
}

void merge_findings(RunResult& run) {
  using Key = std::tuple<std::string, std::string, Check, Verdict>;
  std::map<Key, std::size_t> places;
  run.findings.clear();
  for (const ScenarioResult& scenario : run.scenarios) {
    for (const Finding& finding : scenario.findings) {
      const auto [place, first] = places.try_emplace(
          Key(finding.requirement, finding.deviation, finding.check, finding.verdict), run.findings.size());
      if (first) {
        run.findings.push_back(finding);
        run.findings.back().scenarios.clear();
      }
      // A scenario runs once per profile, so the same id comes again, though not always right after.
      std::vector<std::string>& ids = run.findings[place->second].scenarios;
      if (std::find(ids.begin(), ids.end(), scenario.id) == ids.end()) ids.push_back(scenario.id);
    }
  }
}

std::map<Verdict, std::size_t> count_verdicts(const RunResult& run) {
  std::map<Verdict, std::size_t> counts;
  for (std::size_t i = 0; i < kVerdicts.size(); ++i) counts[static_cast<Verdict>(i)] = 0;
  for (const ScenarioResult& scenario : run.scenarios) ++counts[scenario.verdict];
  return counts;
}

}  // namespace imapspec::runner
