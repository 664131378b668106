// The benchmarks. With --floors: the figures that have a floor, in one table.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string_view>
#include <vector>

#include "bench/floors.h"
#include "bench/suites.h"

int main(int argc, char** argv) {
  using namespace imapspec::bench;
  try {
    std::vector<char*> arguments(argv, argv + argc);
    const auto floors = std::ranges::find(arguments, std::string_view("--floors"));
    const bool table_only = floors != arguments.end();
    if (table_only) arguments.erase(floors);
    int count = static_cast<int>(arguments.size());
    arguments.push_back(nullptr);

    benchmark::Initialize(&count, arguments.data());
    if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 2;
    register_parse();
    register_encode();
    register_frame();
    register_grow();
    register_stack();
    register_runner();
    if (!table_only) {
      benchmark::RunSpecifiedBenchmarks();
      return 0;
    }
    FloorTable table;
    benchmark::RunSpecifiedBenchmarks(&table);
    return table.print() ? 0 : 1;
  } catch (const std::exception& error) {
    fmt::print(stderr, "imapspec_bench: {}\n", error.what());
    return 2;
  }
}
