// The laws that every rule and every unit obeys.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parser/core/arena.h"
#include "parser/core/cursor.h"
#include "parser/core/error.h"
#include "parser/core/limits.h"
#include "parser/framing/framer.h"
#include "parser/grammar/parse.h"
#include "parser/grammar/serialize.h"

namespace imapspec::parser::test {

// may_go_on says whether more octets could still make the input right.
inline bool may_go_on(const Error& error) {
  return error.kind == ErrorKind::Incomplete || error.kind == ErrorKind::LiteralPending;
}

// Prefix law of a rule, a callable that takes a Cursor: no proper prefix of what it accepts is
// wrong, though a shorter one may be accepted too.
template <class Rule>
void expect_prefix_law(std::string_view accepted, Rule rule) {
  for (std::size_t size = 0; size < accepted.size(); ++size) {
    Arena arena;
    Cursor in(accepted.substr(0, size), arena, Limits{});
    const auto outcome = rule(in);
    if (outcome) continue;
    EXPECT_TRUE(may_go_on(outcome.error()))
        << "after " << size << " octets: " << describe(outcome.error(), accepted.substr(0, size));
    EXPECT_EQ(outcome.error().offset, size) << "what is missing is missing at the end";
  }
}

// Prefix law of a unit, a callable that takes octets and an arena: no proper prefix is accepted
// and none is wrong.
template <class Parse>
void expect_unit_prefix_law(std::string_view unit, Parse parse) {
  for (std::size_t size = 0; size < unit.size(); ++size) {
    Arena arena;
    const auto outcome = parse(unit.substr(0, size), arena);
    ASSERT_FALSE(outcome) << "complete after " << size << " octets";
    EXPECT_TRUE(may_go_on(outcome.error()))
        << "after " << size << " octets: " << describe(outcome.error(), unit.substr(0, size));
  }
}

// Cursor law: a failed rule leaves the cursor where it was, wherever that is.
template <class Rule>
void expect_cursor_law(std::string_view input, Rule rule) {
  const std::string shifted = "before" + std::string(input);
  const std::size_t start = shifted.size() - input.size();
  Arena arena;
  Cursor in(shifted, arena, Limits{});
  in.skip(start);
  if (!rule(in)) {
    EXPECT_EQ(in.offset(), start) << "of " << escape_octets(input);
  }
}

// Round trip law of a unit: written again and read again it is the same value.
template <class Parse>
void expect_round_trip_law(std::string_view unit, Parse parse) {
  Arena arena;
  const auto first = parse(unit, arena);
  ASSERT_TRUE(first) << describe(first.error(), unit);
  std::string written;
  serialize(*first, written);
  const auto second = parse(std::string_view(written), arena);
  ASSERT_TRUE(second) << escape_octets(written) << ": " << describe(second.error(), written);
  EXPECT_TRUE(*first == *second) << escape_octets(unit) << " became " << escape_octets(written);
}

// framed feeds pieces to a Framer and yields what it says, one line per event.
inline std::vector<std::string> framed(Direction direction, const std::vector<std::string_view>& pieces) {
  Framer framer(direction);
  std::vector<std::string> events;
  for (std::string_view piece : pieces) {
    while (!piece.empty()) {
      const FramingEvent event = framer.consume(piece);
      if (event == FramingEvent::NeedMore) break;
      events.push_back(std::to_string(static_cast<int>(event)) + " " + std::string(framer.unit()));
      if (event != FramingEvent::Unit && event != FramingEvent::LiteralAnnounced) return events;
    }
  }
  return events;
}

// Chunking law: any split of a stream gives the same units.
inline void expect_chunking_law(Direction direction, std::string_view stream) {
  const std::vector<std::string> whole = framed(direction, {stream});
  for (std::size_t at = 1; at < stream.size(); ++at) {
    EXPECT_EQ(framed(direction, {stream.substr(0, at), stream.substr(at)}), whole) << "split at " << at;
  }
  std::vector<std::string_view> octets;
  for (std::size_t at = 0; at < stream.size(); ++at) octets.push_back(stream.substr(at, 1));
  EXPECT_EQ(framed(direction, octets), whole) << "octet by octet";
}

}  // namespace imapspec::parser::test
