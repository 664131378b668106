#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bench/heap_count.h"
#include "bench/input.h"
#include "bench/suites.h"
#include "parser/grammar/parse.h"
#include "parser/grammar/serialize.h"

namespace imapspec::bench {
namespace {

using Direction = parser::Direction;

// Parsed is an input and its values, which view it.
template <class Value>
struct Parsed {
  Input input;
  parser::Arena arena;
  std::vector<Value> values;
};

template <class Value>
void encode(benchmark::State& state, const Parsed<Value>& parsed) {
  std::string out;
  for (const Value& value : parsed.values) parser::serialize(value, out);
  const auto octets = static_cast<double>(out.size());
  const std::size_t before = heap_allocations();
  for (auto pass : state) {
    out.clear();
    for (const Value& value : parsed.values) parser::serialize(value, out);
    benchmark::DoNotOptimize(out.data());
  }
  const std::size_t allocations = heap_allocations() - before;
  const auto units = static_cast<double>(parsed.values.size());
  const auto passes = static_cast<double>(state.iterations());
  state.counters["octets/s"] = benchmark::Counter(passes * octets, benchmark::Counter::kIsRate);
  state.counters["units/s"] = benchmark::Counter(passes * units, benchmark::Counter::kIsRate);
  state.counters["allocations/unit"] = static_cast<double>(allocations) / (passes * units);
}

template <class Value, class Parse>
void add(std::string_view name, Input input, Parse parse) {
  const auto parsed = std::make_shared<Parsed<Value>>();
  parsed->input = std::move(input);
  for (const std::string& unit : parsed->input.units) {
    if (auto value = parse(unit, parsed->arena)) parsed->values.push_back(*value);
  }
  benchmark::RegisterBenchmark(("encode/" + std::string(name)).c_str(), [parsed](benchmark::State& state) {
    if (parsed->values.size() != parsed->input.units.size()) return state.SkipWithError("a unit does not parse");
    encode(state, *parsed);
  });
}

void add_responses(std::string_view name, Input input) {
  add<parser::Response>(name, std::move(input), [](std::string_view unit, parser::Arena& arena) {
    return parser::parse_response(unit, arena, parser::kRev1AndRev2);
  });
}

}  // namespace

void register_encode() {
  add<parser::Command>("commands", read_input("commands", Direction::FromClient),
                       [](std::string_view unit, parser::Arena& arena) {
                         return parser::parse_command(unit, arena, parser::kRev1AndRev2);
                       });
  for (const std::string_view name : kResponseInputs) add_responses(name, read_input(name, Direction::FromServer));
  add_responses("literal-64KiB", cut(literal_response(std::size_t{64} << 10), Direction::FromServer));
}

}  // namespace imapspec::bench
