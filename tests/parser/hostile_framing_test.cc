// Streams that try to upset the framing, and what the errors call them.
#include <gtest/gtest.h>

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "parser/framing/framer.h"
#include "parser/grammar/parse.h"
#include "tests/parser/laws.h"

namespace imapspec::parser::test {
namespace {

using namespace std::string_view_literals;
using enum UnitKind;

// first_unit cuts the first unit out of a stream, its literals accepted; what is left stays in `stream`.
std::string first_unit(Direction direction, std::string_view& stream) {
  Framer framer(direction);
  FramingEvent event = framer.consume(stream);
  while (event == FramingEvent::LiteralAnnounced) event = framer.consume(stream);
  EXPECT_EQ(event, FramingEvent::Unit);
  return framer.take_unit();
}

// What is no CRLF ends at the first LF all the same, and is called what it is.
TEST(HostileFraming, BareLineEndsAndNulAreNamed) {
  struct Row {
    UnitKind kind;
    std::string_view stream;
    std::string_view found;
  };
  for (const Row& row : std::initializer_list<Row>{
           {Command, "a NOOP\n", "expected CRLF, found a bare LF"},
           {Command, "a LOGIN x\ny z\r\n", "found a bare LF"},
           {Command, "a LOGIN \"x\ny\" z\r\n", "expected QUOTED-CHAR or DQUOTE, found a bare LF"},
           {Command, "a LOGIN {1}\nx y\r\n", "expected CRLF, found a bare LF"},
           {Command, "\n", "found a bare LF"},
           {Command, "a NOOP\rx\r\n", "found \"x\" behind a bare CR"},
           {Command, "a NOOP\r\r\n", "found CRLF behind a bare CR"},
           {Command, "a LOGIN x\ry z\r\n", "expected SP, found a bare CR"},
           {Command, "a LOGIN \"x\ry\" z\r\n", "expected QUOTED-CHAR or DQUOTE, found a bare CR"},
           {Command, "a LOGIN {1}\rx y\r\n", "found \"x\" behind a bare CR"},
           {Command, "\ra NOOP\r\n", "found a bare CR"},
           {Command, "a\0 NOOP\r\n"sv, "found NUL"},
           {Command, "a NOOP\0\r\n"sv, "found NUL"},
           {Command, "a LOGIN \"\0\" x\r\n"sv, "found NUL"},
           {Command, "a LOGIN {2}\r\nx\0 y\r\n"sv, "expected CHAR8, found NUL"},
           {AuthenticateData, "AAAA\n", "found a bare LF"},
           {AuthenticateData, "AA\0A\r\n"sv, "found NUL"},
           {IdleDone, "DONE\n", "found a bare LF"},
           {IdleDone, "DONE\rx\r\n", "found \"x\" behind a bare CR"},
           {Response, "* OK x\n", "found a bare LF"},
           {Response, "* OK x\ry\r\n", "found \"y\" behind a bare CR"},
           {Response, "* OK x\0y\r\n"sv, "found NUL"},
           {Response, "+ \0\r\n"sv, "found NUL"},
           {Response, "* 1 EXISTS\n", "found a bare LF"},
           {Response, "* 1 FETCH (BODY[] {1}\r\n\0)\r\n"sv, "expected CHAR8, found NUL"},
           {Greeting, "* OK x\n", "found a bare LF"},
       }) {
    SCOPED_TRACE(escape_octets(row.stream));
    std::string_view left = row.stream;
    const std::string unit = first_unit(direction_of(row.kind), left);
    Arena arena;
    const auto error = parse_error(row.kind, unit, kRev2, arena);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, ErrorKind::Invalid);
    EXPECT_TRUE(describe(*error, unit).ends_with(row.found)) << describe(*error, unit);
    expect_unit_laws(row.kind, row.stream);
  }
}

// Trap T12: framing and grammar agree about what a "{5}" at the end of a line is.
TEST(HostileFraming, WhatLooksLikeAnAnnouncementIsOneOnlyWhereALiteralCanStand) {
  for (const std::string_view line : {"* OK see {5}\r\n", "* NO {5}\r\n", "* BAD [X] {5+}\r\n", "* BYE {5}\r\n",
                                      "a OK {0}\r\n", "+ foo {5}\r\n", "+ {5}\r\n"}) {
    SCOPED_TRACE(line);
    std::string_view left = line;
    EXPECT_EQ(first_unit(Direction::FromServer, left), line);
    Arena arena;
    EXPECT_FALSE(parse_error(Response, line, kRev2, arena));
  }
  std::string_view fetch = "* 1 FETCH (BODY[] {5}\r\n)\r\n() UID 1)\r\n";
  Arena arena;
  EXPECT_FALSE(parse_error(Response, fetch, kRev2, arena));
  const std::string whole(fetch);
  EXPECT_EQ(first_unit(Direction::FromServer, fetch), whole);
}

// A client that goes on with the octets of its literal must not have them read as a command.
TEST(HostileFraming, ALiteralOfAnInvalidCommandIsOneToo) {
  for (const std::string_view line : {"a XYZZY {8}\r\nb NOOP\r\n\r\n", "a NOOP {8}\r\nb NOOP\r\n\r\n",
                                      "a OK {8}\r\nb NOOP\r\n\r\n", "{8}\r\nb NOOP\r\n\r\n", "+ {8+}\r\nb NOOP\r\n\r\n",
                                      "a LOGIN \"{8}\r\nb NOOP\r\n\r\n", "a SELECT x ~{8}\r\nb NOOP\r\n\r\n"}) {
    SCOPED_TRACE(escape_octets(line));
    std::string_view left = line;
    EXPECT_EQ(first_unit(Direction::FromClient, left), line);
    Arena arena;
    EXPECT_TRUE(parse_error(Command, line, kRev2, arena));
  }
}

// With no limit of our own in the way, nothing is allocated either.
TEST(HostileFraming, AnAnnouncedSizeIsNotAllocated) {
  constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
  for (const Direction direction : {Direction::FromClient, Direction::FromServer}) {
    Framer framer(direction, {.line = kNone, .literal = kNone, .unit = kNone, .literals = kNone});
    std::string_view octets = "* 1 FETCH (BODY[] {9223372036854775807}\r\n";
    ASSERT_EQ(framer.consume(octets), FramingEvent::LiteralAnnounced);
    EXPECT_EQ(framer.literal().octets, 9223372036854775807U);
    octets = "some octets";
    ASSERT_EQ(framer.consume(octets), FramingEvent::NeedMore);
    EXPECT_EQ(framer.unit(), "* 1 FETCH (BODY[] {9223372036854775807}\r\nsome octets");
  }
}

// One more than the grammar has is no announcement, and the line ends there.
TEST(HostileFraming, AnAnnouncementPastTheLimitIsNone) {
  std::string_view octets = "a LOGIN {9223372036854775808}\r\nb NOOP\r\n";
  EXPECT_EQ(first_unit(Direction::FromClient, octets), "a LOGIN {9223372036854775808}\r\n");
  EXPECT_EQ(first_unit(Direction::FromClient, octets), "b NOOP\r\n");
}

TEST(HostileFraming, AnOverlongLineIsNamedAndNotStored) {
  for (const Direction direction : {Direction::FromClient, Direction::FromServer}) {
    const FramingLimits limits;
    Framer framer(direction, limits);
    const std::string line(limits.line + 1, 'x');
    std::string_view octets = line;
    EXPECT_EQ(framer.consume(octets), FramingEvent::LineTooLong);
    EXPECT_EQ(octets.size(), 1U);
    EXPECT_EQ(framer.unit().size(), limits.line);
  }
}

}  // namespace
}  // namespace imapspec::parser::test
