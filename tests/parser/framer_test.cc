#include "parser/framing/framer.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/parser/laws.h"

namespace imapspec::parser::test {
namespace {

using namespace std::string_view_literals;

std::string_view event_name(FramingEvent event) {
  switch (event) {
    case FramingEvent::NeedMore:
      return "NeedMore";
    case FramingEvent::LiteralAnnounced:
      return "LiteralAnnounced";
    case FramingEvent::Unit:
      return "Unit";
    case FramingEvent::LineTooLong:
      return "LineTooLong";
    case FramingEvent::LiteralTooLong:
      return "LiteralTooLong";
    case FramingEvent::UnitTooLong:
      return "UnitTooLong";
  }
  return "?";
}

// Reaction is what the caller of a Framer does about an event; true means that it goes on.
using Reaction = std::function<bool(Framer&, FramingEvent)>;

bool go_on(Framer&, FramingEvent event) {
  return event == FramingEvent::Unit || event == FramingEvent::LiteralAnnounced;
}

// A caller that refuses every literal and every excess, as a server does before it says BAD.
bool refuse(Framer& framer, FramingEvent event) {
  if (event != FramingEvent::Unit) framer.abandon_unit();
  return true;
}

// events of a stream that arrives in `pieces`, with the unit as it is at each event.
std::vector<std::string> events(Direction direction, const FramingLimits& limits, const Reaction& reaction,
                                const std::vector<std::string_view>& pieces) {
  Framer framer(direction, limits);
  std::vector<std::string> seen;
  for (std::string_view piece : pieces) {
    while (true) {
      const FramingEvent event = framer.consume(piece);
      if (event == FramingEvent::NeedMore) {
        EXPECT_TRUE(piece.empty());
        break;
      }
      seen.push_back(std::string(event_name(event)) + " " + escape_octets(framer.unit()));
      if (!reaction(framer, event)) return seen;
    }
  }
  seen.push_back("left " + escape_octets(framer.unit()));
  return seen;
}

// expect_events checks the events of the whole stream and then that no split changes them.
void expect_events(std::string_view stream, const std::vector<std::string>& expected, const Reaction& reaction = go_on,
                   const FramingLimits& limits = {}, Direction direction = Direction::FromClient) {
  SCOPED_TRACE(escape_octets(stream));
  EXPECT_EQ(events(direction, limits, reaction, {stream}), expected);
  for (std::size_t at = 0; at <= stream.size(); ++at) {
    for (std::size_t then = at; then <= stream.size(); ++then) {
      EXPECT_EQ(events(direction, limits, reaction,
                       {stream.substr(0, at), stream.substr(at, then - at), stream.substr(then)}),
                expected)
          << "split at " << at << " and " << then;
    }
  }
  std::vector<std::string_view> octets;
  for (std::size_t at = 0; at < stream.size(); ++at) octets.push_back(stream.substr(at, 1));
  EXPECT_EQ(events(direction, limits, reaction, octets), expected) << "octet by octet";
}

TEST(Framer, CutsLines) {
  expect_events("a NOOP\r\nb NOOP\r\nc", {"Unit a NOOP\\x0D\\x0A", "Unit b NOOP\\x0D\\x0A", "left c"});
}

TEST(Framer, EndsAUnitAtABareLfAndNotAtABareCr) {
  expect_events("a\nb\rc\r\n", {"Unit a\\x0A", "Unit b\\x0Dc\\x0D\\x0A", "left "});
}

TEST(Framer, KeepsEmptyLines) { expect_events("\r\n\n", {"Unit \\x0D\\x0A", "Unit \\x0A", "left "}); }

TEST(Framer, CarriesLiterals) {
  expect_events("a {3}\r\n}\r\n b\r\n",
                {"LiteralAnnounced a {3}\\x0D\\x0A", "Unit a {3}\\x0D\\x0A}\\x0D\\x0A b\\x0D\\x0A", "left "});
  expect_events("a {1+}\r\nx {0}\r\n\r\n",
                {"LiteralAnnounced a {1+}\\x0D\\x0A", "LiteralAnnounced a {1+}\\x0D\\x0Ax {0}\\x0D\\x0A",
                 "Unit a {1+}\\x0D\\x0Ax {0}\\x0D\\x0A\\x0D\\x0A", "left "});
}

TEST(Framer, CarriesLiteralsThatLookLikeAnnouncements) {
  expect_events("a {5}\r\n{9}\r\n\r\n",
                {"LiteralAnnounced a {5}\\x0D\\x0A", "Unit a {5}\\x0D\\x0A{9}\\x0D\\x0A\\x0D\\x0A", "left "});
}

TEST(Framer, CarriesLiteralsBehindABareLf) {
  expect_events("a {1}\nx\n", {"LiteralAnnounced a {1}\\x0A", "Unit a {1}\\x0Ax\\x0A", "left "});
}

TEST(Framer, ReadsAnnouncements) {
  const auto announced = [](std::string_view line) -> std::optional<std::string> {
    const auto read = announced_literal(line);
    if (!read) return std::nullopt;
    return std::to_string(read->octets) + (read->synchronizing ? "" : "+");
  };
  EXPECT_EQ(announced("{0}"), "0");
  EXPECT_EQ(announced("x {12}"), "12");
  EXPECT_EQ(announced("x{12+}"), "12+");
  EXPECT_EQ(announced("x ~{12}"), "12");
  EXPECT_EQ(announced("x ~{12+}"), "12+");
  EXPECT_EQ(announced("{{3}"), "3");
  EXPECT_EQ(announced("{" + std::string(100, '0') + "5}"), "5");
  EXPECT_EQ(announced("{9223372036854775807}"), "9223372036854775807");
  for (const std::string_view line :
       std::vector<std::string_view>{"", "}", "{}", "{+}", "{1", "1}", "{1} ", "{-1}", "{1++}", "{1 }", "{ 1}", "{a}",
                                     "{1+}+", "{9223372036854775808}", "{99999999999999999999999}", "{1\0}"sv}) {
    EXPECT_EQ(announced(line), std::nullopt) << escape_octets(line);
  }
}

// Trap T12: what looks like an announcement at the end of a text is text.
TEST(Framer, KnowsThatTextOfAServerCarriesNoLiterals) {
  for (const std::string_view line :
       {"* OK see {5}\r\n", "* no {5}\r\n", "* BAD {5}\r\n", "* Bye {5}\r\n", "* PREAUTH {5}\r\n", "+ {5}\r\n",
        "+{5}\r\n", "A1 OK {5}\r\n", "A1 NO [X] {5+}\r\n", "A1 bad x {0}\r\n", "*  OK see {5}\r\n", "* OK x {5}\n"}) {
    expect_events(line, {"Unit " + escape_octets(line), "left "}, go_on, {}, Direction::FromServer);
  }
  for (const std::string_view line : {"* 1 FETCH (BODY[] {5}\r\n", "* LIST () NIL {5}\r\n", "* OKAY {5}\r\n",
                                      "A1 BYE {5}\r\n", "A1 PREAUTH {5}\r\n", "a+ OK {5}\r\n", "{5}\r\n"}) {
    expect_events(line, {"LiteralAnnounced " + escape_octets(line), "left " + escape_octets(line)}, go_on, {},
                  Direction::FromServer);
  }
}

TEST(Framer, DecidesAboutTextByTheFirstLineOfAResponse) {
  expect_events(
      "* LIST () NIL {1}\r\n* OK {2}\r\nab\r\n",
      {"LiteralAnnounced * LIST () NIL {1}\\x0D\\x0A", "LiteralAnnounced * LIST () NIL {1}\\x0D\\x0A* OK {2}\\x0D\\x0A",
       "Unit * LIST () NIL {1}\\x0D\\x0A* OK {2}\\x0D\\x0Aab\\x0D\\x0A", "left "},
      go_on, {}, Direction::FromServer);
}

TEST(Framer, TakesACommandForOneWhateverItSays) {
  expect_events("* OK {1}\r\nx\r\n",
                {"LiteralAnnounced * OK {1}\\x0D\\x0A", "Unit * OK {1}\\x0D\\x0Ax\\x0D\\x0A", "left "});
}

TEST(Framer, SwallowsARefusedNonSynchronizingLiteralWithItsCommand) {
  expect_events("a {3+}\r\nx\r\n rest\r\nb NOOP\r\n",
                {"LiteralAnnounced a {3+}\\x0D\\x0A", "Unit b NOOP\\x0D\\x0A", "left "}, refuse);
  expect_events("a {1+}\r\nx {4+}\r\n\r\n\r\n {0+}\r\n\r\nb\r\n",
                {"LiteralAnnounced a {1+}\\x0D\\x0A", "Unit b\\x0D\\x0A", "left "}, refuse);
}

TEST(Framer, SwallowsNothingOfARefusedSynchronizingLiteral) {
  expect_events("a {3}\r\nb NOOP\r\n", {"LiteralAnnounced a {3}\\x0D\\x0A", "Unit b NOOP\\x0D\\x0A", "left "}, refuse);
}

TEST(Framer, EndsSwallowingWhereTheClientWaits) {
  expect_events("a {1+}\r\nx {3}\r\nb NOOP\r\n",
                {"LiteralAnnounced a {1+}\\x0D\\x0A", "Unit b NOOP\\x0D\\x0A", "left "}, refuse);
}

TEST(Framer, SwallowsTheRestOfALiteralThatHadBegun) {
  Framer framer(Direction::FromClient);
  std::string_view octets = "a {4}\r\nxy";
  EXPECT_EQ(framer.consume(octets), FramingEvent::LiteralAnnounced);
  EXPECT_EQ(framer.consume(octets), FramingEvent::NeedMore);
  framer.abandon_unit();
  EXPECT_EQ(framer.unit(), "");
  octets = "z\n and more\r\nb\r\n";
  EXPECT_EQ(framer.consume(octets), FramingEvent::Unit);
  EXPECT_EQ(framer.unit(), "b\r\n");
}

TEST(Framer, AbandonsNothingBetweenUnits) {
  Framer framer(Direction::FromClient);
  framer.abandon_unit();
  std::string_view octets = "a\r\nb\r\n";
  EXPECT_EQ(framer.consume(octets), FramingEvent::Unit);
  framer.abandon_unit();
  EXPECT_EQ(framer.unit(), "");
  EXPECT_EQ(framer.consume(octets), FramingEvent::Unit);
  EXPECT_EQ(framer.unit(), "b\r\n");
}

TEST(Framer, HoldsTheLimits) {
  const FramingLimits limits{.line = 10, .literal = 5, .unit = 20, .literals = 2};
  expect_events("123456789\n", {"Unit 123456789\\x0A", "left "}, go_on, limits);
  expect_events("1234567890\n", {"LineTooLong 1234567890"}, go_on, limits);
  expect_events("{5}\r\nabcde\r\n", {"LiteralAnnounced {5}\\x0D\\x0A", "Unit {5}\\x0D\\x0Aabcde\\x0D\\x0A", "left "},
                go_on, limits);
  expect_events("{6}\r\nabcdef\r\n", {"LiteralTooLong {6}\\x0D\\x0A"}, go_on, limits);
  // The line's budget is the unit's: all of its lines together.
  expect_events("{1}\r\na12345\n", {"LiteralAnnounced {1}\\x0D\\x0A", "LineTooLong {1}\\x0D\\x0Aa12345"}, go_on,
                limits);
  const FramingLimits small_unit{.line = 20, .literal = 5, .unit = 10, .literals = 2};
  expect_events("{5}\r\nabcde\r\n", {"LiteralAnnounced {5}\\x0D\\x0A", "UnitTooLong {5}\\x0D\\x0Aabcde"}, go_on,
                small_unit);
  expect_events("1 {5}\r\nabcde\r\n", {"UnitTooLong 1 {5}\\x0D\\x0A"}, go_on, small_unit);
  const FramingLimits few{.line = 99, .literal = 5, .unit = 99, .literals = 1};
  expect_events("{0}\r\n{0}\r\n\r\n", {"LiteralAnnounced {0}\\x0D\\x0A", "UnitTooLong {0}\\x0D\\x0A{0}\\x0D\\x0A"},
                go_on, few);
}

TEST(Framer, SwallowsWhatExceedsALimit) {
  const FramingLimits limits{.line = 10, .literal = 5, .unit = 20, .literals = 2};
  expect_events("{6+}\r\nabcdef x\r\nb\r\n", {"LiteralTooLong {6+}\\x0D\\x0A", "Unit b\\x0D\\x0A", "left "}, refuse,
                limits);
  expect_events("{6}\r\nb\r\n", {"LiteralTooLong {6}\\x0D\\x0A", "Unit b\\x0D\\x0A", "left "}, refuse, limits);
  expect_events("1234567890abc\r\nb\r\n", {"LineTooLong 1234567890", "Unit b\\x0D\\x0A", "left "}, refuse, limits);
  expect_events("12345678{1+}\r\nx\r\nb\r\n", {"LineTooLong 12345678{1", "Unit b\\x0D\\x0A", "left "}, refuse, limits);
}

TEST(Framer, TellsTheSizeOfALiteralThatIsTooLong) {
  Framer framer(Direction::FromClient);
  std::string_view octets = "a {9223372036854775807+}\r\n";
  EXPECT_EQ(framer.consume(octets), FramingEvent::LiteralTooLong);
  EXPECT_EQ(framer.literal().octets, 9223372036854775807U);
  EXPECT_FALSE(framer.literal().synchronizing);
}

TEST(Framer, StaysAtALimitUntilReset) {
  Framer framer(Direction::FromClient, {.line = 3, .literal = 5, .unit = 20, .literals = 2});
  std::string_view octets = "abcd\r\n";
  EXPECT_EQ(framer.consume(octets), FramingEvent::LineTooLong);
  EXPECT_EQ(framer.consume(octets), FramingEvent::LineTooLong);
  EXPECT_EQ(octets, "d\r\n");
  framer.reset();
  EXPECT_EQ(framer.consume(octets), FramingEvent::Unit);
  EXPECT_EQ(framer.unit(), "d\r\n");
}

TEST(Framer, ForgetsAllOnReset) {
  Framer framer(Direction::FromClient);
  std::string_view octets = "a {9+}\r\nxy";
  EXPECT_EQ(framer.consume(octets), FramingEvent::LiteralAnnounced);
  EXPECT_EQ(framer.consume(octets), FramingEvent::NeedMore);
  framer.reset();
  octets = "b\r\n";
  EXPECT_EQ(framer.consume(octets), FramingEvent::Unit);
  EXPECT_EQ(framer.unit(), "b\r\n");
}

TEST(Framer, PutsOtherLimitsInForce) {
  Framer framer(Direction::FromClient, {.line = 3, .literal = 5, .unit = 20, .literals = 2});
  framer.set_limits({.line = 30, .literal = 5, .unit = 40, .literals = 2});
  std::string_view octets = "abcdef\r\n";
  EXPECT_EQ(framer.consume(octets), FramingEvent::Unit);
}

TEST(Framer, MovesOnlyWholeUnitsOut) {
  Framer framer(Direction::FromClient);
  std::string_view octets = "ab";
  EXPECT_EQ(framer.consume(octets), FramingEvent::NeedMore);
  EXPECT_EQ(framer.take_unit(), "");
  octets = "c\r\n";
  EXPECT_EQ(framer.consume(octets), FramingEvent::Unit);
  EXPECT_EQ(framer.take_unit(), "abc\r\n");
  EXPECT_EQ(framer.take_unit(), "");
}

TEST(Framer, NeverStoresMoreThanTheLimitOfAnEndlessLine) {
  constexpr std::size_t kLine = 1U << 16;
  Framer framer(Direction::FromServer, {.line = kLine, .literal = 5, .unit = 1U << 20, .literals = 2});
  const std::string megabyte(1U << 20, 'x');
  std::size_t limits_met = 0;
  for (int sent = 0; sent < 100; ++sent) {
    std::string_view octets = megabyte;
    if (framer.consume(octets) == FramingEvent::LineTooLong) ++limits_met;
    EXPECT_LE(framer.unit().size(), kLine);
  }
  EXPECT_EQ(limits_met, 100U);
}

TEST(Framer, StoresNothingOfASwallowedLiteral) {
  Framer framer(Direction::FromClient, {.line = 100, .literal = 5, .unit = 1000, .literals = 2});
  std::string_view octets = "a {104857600+}\r\n";
  EXPECT_EQ(framer.consume(octets), FramingEvent::LiteralTooLong);
  framer.abandon_unit();
  const std::string megabyte(1U << 20, '\n');
  for (int sent = 0; sent < 100; ++sent) {
    octets = megabyte;
    ASSERT_EQ(framer.consume(octets), FramingEvent::NeedMore);
    ASSERT_EQ(framer.unit(), "");
  }
  octets = "\r\nb\r\n";
  EXPECT_EQ(framer.consume(octets), FramingEvent::Unit);
  EXPECT_EQ(framer.unit(), "b\r\n");
}

TEST(Framer, AbandoningAUnitAgainChangesNothing) {
  Framer framer(Direction::FromClient, {.line = 100, .literal = 5, .unit = 1000, .literals = 2});
  std::string_view octets = "a {9+}\r\n";
  EXPECT_EQ(framer.consume(octets), FramingEvent::LiteralTooLong);
  framer.abandon_unit();
  framer.abandon_unit();
  octets = "x\r\ny\r\nz\r\n\r\nb\r\n";
  EXPECT_EQ(framer.consume(octets), FramingEvent::Unit);
  EXPECT_EQ(framer.unit(), "b\r\n");
}

// A stream of lines and literals without end meets the budget of a swallowed command.
TEST(Framer, BoundsSwallowing) {
  Framer framer(Direction::FromClient, {.line = 100, .literal = 5, .unit = 1000, .literals = 2});
  std::string_view octets = "a {9+}\r\n";
  EXPECT_EQ(framer.consume(octets), FramingEvent::LiteralTooLong);
  framer.abandon_unit();
  std::string stream = "123456789";
  for (int i = 0; i < 50; ++i) stream += " {1+}\r\nx";
  octets = stream;
  EXPECT_EQ(framer.consume(octets), FramingEvent::LineTooLong);
}

}  // namespace
}  // namespace imapspec::parser::test
