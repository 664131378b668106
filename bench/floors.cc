#include "bench/floors.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace imapspec::bench {
namespace {

enum class Bound { AtLeast, AtMost };

// Floor is about the benchmarks whose name begins with `benchmarks`; each has to keep it.
struct Floor {
  std::string_view benchmarks;
  std::string_view figure;
  Bound bound = Bound::AtLeast;
  double value = 0;
  bool exact = false;  // the same on every machine and in every build
};

constexpr double kMega = 1e6;

constexpr std::array<Floor, 15> kFloors{{
    {"parse/commands", "octets/s", Bound::AtLeast, 200 * kMega},
    {"parse/commands", "units/s", Bound::AtLeast, 3.5 * kMega},
    {"parse/fetch-flags", "octets/s", Bound::AtLeast, 350 * kMega},
    {"parse/fetch-flags", "units/s", Bound::AtLeast, 7 * kMega},
    {"parse/fetch-envelope", "octets/s", Bound::AtLeast, 400 * kMega},
    {"parse/fetch-bodystructure", "octets/s", Bound::AtLeast, 300 * kMega},
    {"parse/literal-64KiB", "octets/s", Bound::AtLeast, 10'000 * kMega},
    {"encode/commands", "octets/s", Bound::AtLeast, 500 * kMega},
    {"parse/", "allocations/unit", Bound::AtMost, 0, true},
    {"encode/", "allocations/unit", Bound::AtMost, 0, true},
    {"frame/", "allocations/unit", Bound::AtMost, 0, true},
    {"parse/", "arena/octet", Bound::AtMost, 12},
    {"grow/", "growth", Bound::AtMost, 2},
    {"stack/", "stack", Bound::AtMost, 65'536},
    {"runner/", "commands/s", Bound::AtLeast, 60'000},
}};

std::string shown(double value) {
  if (value >= 1e9) return fmt::format("{:.2f} G", value / 1e9);
  if (value >= 1e6) return fmt::format("{:.1f} M", value / 1e6);
  if (value >= 1e3) return fmt::format("{:.1f} k", value / 1e3);
  return fmt::format("{:.2f}", value);
}

// How far from the floor a figure is, on the good side above 1.
double ratio(const Floor& floor, double measured) {
  if (floor.bound == Bound::AtLeast) return measured / floor.value;
  return measured == 0 ? 1 : floor.value / measured;
}

bool is_worse(const Floor& floor, double a, double b) { return floor.bound == Bound::AtLeast ? a < b : a > b; }

double best(const std::vector<double>& values, Bound bound) {
  return bound == Bound::AtLeast ? *std::ranges::max_element(values) : *std::ranges::min_element(values);
}

}  // namespace

bool FloorTable::ReportContext(const Context&) { return true; }

void FloorTable::ReportRuns(const std::vector<Run>& runs) {
  for (const Run& run : runs) {
    if (run.run_type != Run::RT_Iteration) continue;
    if (run.error_occurred) {
      fmt::print(stderr, "{}: {}\n", run.benchmark_name(), run.error_message);
      failed_ = true;
      continue;
    }
    const std::string name = run.run_name.function_name + (run.run_name.args.empty() ? "" : "/" + run.run_name.args);
    for (const auto& [figure, value] : run.counters) figures_[name][figure].push_back(value);
  }
}

void FloorTable::Finalize() {
  // "grow/NAME/OCTETS": what an octet costs in the largest unit, against what it costs in the size that is cheapest.
  std::map<std::string, std::map<std::size_t, double>> speeds;
  for (const auto& [name, figures] : figures_) {
    if (!name.starts_with("grow/")) continue;
    const std::size_t slash = name.rfind('/');
    speeds[name.substr(0, slash)][std::stoul(name.substr(slash + 1))] = best(figures.at("octets/s"), Bound::AtLeast);
  }
  for (const auto& [name, by_size] : speeds) {
    double fastest = 0;
    for (const auto& [size, speed] : by_size) fastest = std::max(fastest, speed);
    figures_[name]["growth"].push_back(fastest / by_size.rbegin()->second);
  }
}

bool FloorTable::print() const {
  bool good = !failed_;
  fmt::print("{:<28} {:<17} {:>10} {:>13} {:>7}\n", "benchmark", "figure", "measured", "floor", "ratio");
  for (const Floor& floor : kFloors) {
    // The benchmark that does worst stands for all.
    std::string_view worst;
    double measured = 0;
    std::size_t held = 0;
    for (const auto& [name, figures] : figures_) {
      const auto found = figures.find(std::string(floor.figure));
      if (!name.starts_with(floor.benchmarks) || found == figures.end()) continue;
      ++held;
      const double value = best(found->second, floor.bound);
      if (!worst.empty() && !is_worse(floor, value, measured)) continue;
      worst = name;
      measured = value;
    }
    if (worst.empty()) {
      fmt::print(stderr, "no benchmark ran for the floor of {} {}\n", floor.benchmarks, floor.figure);
      good = false;
      continue;
    }
    const bool missed = is_worse(floor, measured, floor.value);
    if (missed && floor.exact) good = false;
    fmt::print("{:<28} {:<17} {:>10} {} {:>10} {:>7.2f}{}{}\n",
               fmt::format("{}{}", floor.benchmarks, floor.benchmarks.ends_with('/') ? "*" : ""), floor.figure,
               shown(measured), floor.bound == Bound::AtLeast ? ">=" : "<=", shown(floor.value), ratio(floor, measured),
               missed ? "  missed" : "", held > 1 ? fmt::format("  worst of {}: {}", held, worst) : "");
  }
  return good;
}

}  // namespace imapspec::bench
