#include <benchmark/benchmark.h>

#include <array>
#include <string>

#include "bench/input.h"
#include "bench/suites.h"
#include "parser/grammar/parse.h"

namespace imapspec::bench {
namespace {

// Shape is a unit that can be made as long as one likes.
struct Shape {
  std::string_view name;
  std::string_view head;
  std::string_view item;
  std::string_view tail;
  bool command = false;
  bool valid = true;
};

constexpr std::array<Shape, 14> kShapes{{
    {"flags", "* FLAGS (\\Seen", " \\Answered", ")\r\n"},
    {"flags-cut-short", "* FLAGS (\\Seen", " \\Answered", "\r\n", false, false},
    {"search-numbers", "* SEARCH", " 4711", "\r\n"},
    {"sequence-set", "* ESEARCH ALL 1", ",4711:4712", "\r\n"},
    {"addresses", "* 1 FETCH (ENVELOPE (NIL NIL (", "(NIL NIL \"alice\" \"example.com\")",
     ") NIL NIL NIL NIL NIL NIL NIL))\r\n"},
    {"parts", "* 1 FETCH (BODYSTRUCTURE (", "(\"text\" \"plain\" NIL NIL NIL \"7bit\" 1 1)", " \"mixed\"))\r\n"},
    {"fetch-items", "* 1 FETCH (FLAGS ()", " UID 4711", ")\r\n"},
    {"quoted", "* LIST () NIL \"", "\\\"some text", "\"\r\n"},
    {"quoted-utf8", "* LIST () NIL \"", "\xc3\xbc\xe2\x82\xac", "\"\r\n"},
    {"text", "* OK [X-CODE", " words", "] done\r\n"},
    {"number", "* ", "0", "1 EXISTS\r\n"},
    {"namespaces", "* NAMESPACE (", "(\"INBOX.\" \".\")", ") NIL NIL\r\n"},
    {"search-keys", "a SEARCH ALL", " NOT SEEN", "\r\n", true},
    {"search-keys-cut-short", "a SEARCH ALL", " OR SEEN NEW", " OR SEEN\r\n", true, false},
}};

bool parses(const Shape& shape, std::string_view unit, parser::Arena& arena) {
  arena.reset();
  if (shape.command) {
    const auto command = parser::parse_command(unit, arena, parser::kRev1AndRev2);
    benchmark::DoNotOptimize(&command);
    return command.has_value();
  }
  const auto response = parser::parse_response(unit, arena, parser::kRev1AndRev2);
  benchmark::DoNotOptimize(&response);
  return response.has_value();
}

void grow(benchmark::State& state, const Shape& shape) {
  const std::string unit = repeated(shape.head, shape.item, shape.tail, static_cast<std::size_t>(state.range(0)));
  parser::Arena arena;
  if (parses(shape, unit, arena) != shape.valid) return state.SkipWithError("the parser has another opinion");
  for (auto pass : state) parses(shape, unit, arena);
  state.counters["octets/s"] = benchmark::Counter(
      static_cast<double>(state.iterations()) * static_cast<double>(unit.size()), benchmark::Counter::kIsRate);
}

}  // namespace

void register_grow() {
  for (const Shape& shape : kShapes) {
    benchmark::RegisterBenchmark(("grow/" + std::string(shape.name)).c_str(),
                                 [&shape](benchmark::State& state) { grow(state, shape); })
        ->RangeMultiplier(32)
        ->Range(1 << 10, 1 << 20);
  }
}

}  // namespace imapspec::bench
