// The work of a parse grows as the unit does. It is counted in rules that were begun, so no clock is asked.
#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "parser/grammar/parse.h"
#include "tests/parser/nestings.h"
#include "tests/parser/wides.h"

namespace imapspec::parser::test {
namespace {

// Our own limit is no help here: it would make any work a constant.
constexpr Limits kDeep = {.depth = 1'000};

std::size_t work(UnitKind kind, std::string_view octets, const Profile& profile, bool accepted) {
  Arena arena;
  Trace trace;
  EXPECT_EQ(kind == UnitKind::Command ? parse_command(octets, arena, profile, kDeep, &trace).has_value()
                                      : parse_response(octets, arena, profile, kDeep, &trace).has_value(),
            accepted);
  return trace.steps();
}

// Twice as much of it is at most twice the work, for units that are right, cut off at half, and wrong at the end.
template <class Unit>
void expect_linear(const Unit& unit, std::size_t times) {
  const auto steps = [&](std::size_t count, auto&& change, bool accepted) {
    return static_cast<double>(work(unit.kind, change(unit.unit(count)), unit.profile, accepted));
  };
  const auto expect_at_most_doubled = [&](auto&& change, bool accepted) {
    const double once = steps(times, change, accepted);
    const double twice = steps(2 * times, change, accepted);
    const double four_times = steps(4 * times, change, accepted);
    EXPECT_LE(twice, 2.3 * once);
    EXPECT_LE(four_times, 2.3 * twice);
  };
  expect_at_most_doubled([](const std::string& octets) { return octets; }, true);
  expect_at_most_doubled([](const std::string& octets) { return octets.substr(0, octets.size() / 2); }, false);
  expect_at_most_doubled([](const std::string& octets) { return octets.substr(0, octets.size() - 2) + "\n"; }, false);
}

TEST(Work, IsLinearInTheDepthOfEveryNesting) {
  for (const Nesting& nesting : nestings()) {
    SCOPED_TRACE(nesting.name);
    expect_linear(nesting, 50);
  }
}

TEST(Work, IsLinearInTheItemsOfEveryList) {
  for (const Wide& wide : wides()) {
    SCOPED_TRACE(wide.name);
    expect_linear(wide, 500);
  }
}

}  // namespace
}  // namespace imapspec::parser::test
