#include <benchmark/benchmark.h>

#include <memory>
#include <string>

#include "bench/heap_count.h"
#include "bench/input.h"
#include "bench/suites.h"
#include "parser/framing/framer.h"

namespace imapspec::bench {
namespace {

using Direction = parser::Direction;

// As a socket gives it.
constexpr std::size_t kPiece = 16'384;

std::size_t frame(parser::Framer& framer, std::string_view stream) {
  std::size_t units = 0;
  while (!stream.empty()) {
    std::string_view piece = stream.substr(0, kPiece);
    stream.remove_prefix(piece.size());
    while (!piece.empty()) {
      if (framer.consume(piece) != parser::FramingEvent::Unit) continue;
      benchmark::DoNotOptimize(framer.unit().data());
      ++units;
    }
  }
  return units;
}

void run(benchmark::State& state, std::string_view stream, Direction direction) {
  parser::Framer framer(direction);
  const auto units = static_cast<double>(frame(framer, stream));
  const std::size_t before = heap_allocations();
  for (auto pass : state) frame(framer, stream);
  const std::size_t allocations = heap_allocations() - before;
  const auto passes = static_cast<double>(state.iterations());
  state.counters["octets/s"] =
      benchmark::Counter(passes * static_cast<double>(stream.size()), benchmark::Counter::kIsRate);
  state.counters["units/s"] = benchmark::Counter(passes * units, benchmark::Counter::kIsRate);
  state.counters["allocations/unit"] = static_cast<double>(allocations) / (passes * units);
}

std::string joined(const Input& input) {
  std::string stream;
  for (const std::string& unit : input.units) stream += unit;
  return stream;
}

void add(std::string_view name, std::string stream, Direction direction) {
  benchmark::RegisterBenchmark(("frame/" + std::string(name)).c_str(),
                               [shared = std::make_shared<const std::string>(std::move(stream)),
                                direction](benchmark::State& state) { run(state, *shared, direction); });
}

}  // namespace

void register_frame() {
  add("commands", joined(read_input("commands", Direction::FromClient)), Direction::FromClient);
  add("fetch-envelope", joined(read_input("fetch-envelope", Direction::FromServer)), Direction::FromServer);
  add("literal-64KiB", literal_response(std::size_t{64} << 10), Direction::FromServer);
}

}  // namespace imapspec::bench
