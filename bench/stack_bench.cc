#include <benchmark/benchmark.h>

#include <array>
#include <string>

#include "bench/painted_stack.h"
#include "bench/suites.h"
#include "parser/grammar/parse.h"

namespace imapspec::bench {
namespace {

// Nest is a unit that nests: head, `open` n times, `inside`, `close` n times, tail.
struct Nest {
  std::string_view name;
  std::string_view head;
  std::string_view open;
  std::string_view inside;
  std::string_view close;
  std::string_view tail;
  bool command = false;
};

constexpr std::array<Nest, 8> kNests{{
    {"search-parentheses", "a SEARCH ", "(", "ALL", ")", "\r\n", true},
    {"search-not", "a SEARCH ", "NOT ", "ALL", "", "\r\n", true},
    {"search-or", "a SEARCH ", "OR ALL ", "ALL", "", "\r\n", true},
    {"multipart", "* 1 FETCH (BODY ", "(", "(\"a\" \"b\" NIL NIL NIL \"7bit\" 1)", " \"mixed\")", ")\r\n"},
    {"message", "* 1 FETCH (BODY ",
     "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7bit\" 1 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) ",
     "(\"a\" \"b\" NIL NIL NIL \"7bit\" 1)", " 1)", ")\r\n"},
    {"body-extension", "* 1 FETCH (BODYSTRUCTURE (\"a\" \"b\" NIL NIL NIL \"7bit\" 1 NIL NIL NIL NIL ", "(", "1", ")",
     "))\r\n"},
    {"list-item", "* LIST () NIL a (\"X-ITEM\" (", "(", "a", ")", "))\r\n"},
    {"only-open", "* 1 FETCH (BODY ", "(", "", "", "\r\n"},
}};

std::string nested(const Nest& nest, std::size_t depth) {
  std::string unit(nest.head);
  for (std::size_t i = 0; i < depth; ++i) unit += nest.open;
  unit += nest.inside;
  for (std::size_t i = 0; i < depth; ++i) unit += nest.close;
  return unit += nest.tail;
}

void stack(benchmark::State& state, const Nest& nest) {
  const std::string unit = nested(nest, static_cast<std::size_t>(state.range(0)));
  std::size_t octets = 0;
  for (auto pass : state) {
    octets = stack_of([&] {
      parser::Arena arena;
      if (nest.command) {
        benchmark::DoNotOptimize(parser::parse_command(unit, arena, parser::kRev1AndRev2));
      } else {
        benchmark::DoNotOptimize(parser::parse_response(unit, arena, parser::kRev1AndRev2));
      }
    });
  }
  state.counters["stack"] = static_cast<double>(octets);
}

}  // namespace

void register_stack() {
  // At the limit of depth, with what leads to it, and far beyond.
  for (const Nest& nest : kNests) {
    benchmark::RegisterBenchmark(("stack/" + std::string(nest.name)).c_str(),
                                 [&nest](benchmark::State& state) { stack(state, nest); })
        ->Arg(95)
        ->Arg(10'000)
        ->Iterations(1);
  }
}

}  // namespace imapspec::bench
