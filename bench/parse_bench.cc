#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <utility>

#include "bench/heap_count.h"
#include "bench/input.h"
#include "bench/suites.h"
#include "parser/grammar/parse.h"

namespace imapspec::bench {
namespace {

using Direction = parser::Direction;

bool parses(std::string_view unit, Direction direction, parser::Arena& arena) {
  arena.reset();
  if (direction == Direction::FromClient) {
    const auto command = parser::parse_command(unit, arena, parser::kRev1AndRev2);
    benchmark::DoNotOptimize(&command);
    return command.has_value();
  }
  const auto response = parser::parse_response(unit, arena, parser::kRev1AndRev2);
  benchmark::DoNotOptimize(&response);
  return response.has_value();
}

void parse(benchmark::State& state, const Input& input, Direction direction) {
  parser::Arena arena;
  std::size_t in_arena = 0;
  for (const std::string& unit : input.units) {
    if (!parses(unit, direction, arena)) return state.SkipWithError(unit.substr(0, 200).c_str());
    in_arena += arena.used();
  }
  const std::size_t before = heap_allocations();
  for (auto pass : state) {
    for (const std::string& unit : input.units) parses(unit, direction, arena);
  }
  const std::size_t allocations = heap_allocations() - before;
  const auto units = static_cast<double>(input.units.size());
  const auto octets = static_cast<double>(input.octets);
  const auto passes = static_cast<double>(state.iterations());
  state.counters["octets/s"] = benchmark::Counter(passes * octets, benchmark::Counter::kIsRate);
  state.counters["units/s"] = benchmark::Counter(passes * units, benchmark::Counter::kIsRate);
  state.counters["allocations/unit"] = static_cast<double>(allocations) / (passes * units);
  state.counters["arena/octet"] = static_cast<double>(in_arena) / octets;
}

void add(std::string_view name, Input input, Direction direction) {
  // Shared, because Google Benchmark copies what it runs.
  const auto shared = std::make_shared<const Input>(std::move(input));
  benchmark::RegisterBenchmark(("parse/" + std::string(name)).c_str(),
                               [shared, direction](benchmark::State& state) { parse(state, *shared, direction); });
}

}  // namespace

void register_parse() {
  add("commands", read_input("commands", Direction::FromClient), Direction::FromClient);
  for (const std::string_view name : kResponseInputs) {
    add(name, read_input(name, Direction::FromServer), Direction::FromServer);
  }
  add("literal-64KiB", cut(literal_response(std::size_t{64} << 10), Direction::FromServer), Direction::FromServer);
}

}  // namespace imapspec::bench
