#include "reports/escape.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/reports/sample.h"

namespace imapspec::reports {
namespace {

using namespace std::string_view_literals;

struct Row {
  std::string_view octets;
  std::string_view json;
  std::string_view xml;
  std::string_view attribute;
  std::string_view html;
  std::string_view terminal;
};

const std::vector<Row>& rows() {
  static const std::vector<Row> kRows = {
      {"", "", "", "", "", ""},
      {"a b", "a b", "a b", "a b", "a b", "a b"},
      {"\\xFF", "\\xFF", "\\xFF", "\\xFF", "\\xFF", "\\xFF"},
      {"<&>", "<&>", "&lt;&amp;&gt;", "&lt;&amp;&gt;", "&lt;&amp;&gt;", "<&>"},
      {"]]>", "]]>", "]]&gt;", "]]&gt;", "]]&gt;", "]]>"},
      {"\"'", "\"'", "\"'", "&quot;'", "&quot;&#39;", "\"'"},
      {"\t\n", "\t\n", "\t\n", "&#9;&#10;", "\t\n", "\\x09\\x0A"},
      {"\r", "\r", "\\x0D", "\\x0D", "\\x0D", "\\x0D"},
      {"\0"sv, "\0"sv, "\\x00", "\\x00", "\\x00", "\\x00"},
      {"\x1B[2J", "\x1B[2J", "\\x1B[2J", "\\x1B[2J", "\\x1B[2J", "\\x1B[2J"},
      {"\x7F", "\x7F", "\\x7F", "\\x7F", "\\x7F", "\\x7F"},
      {"\xC2\x9B", "\xC2\x9B", "\\xC2\\x9B", "\\xC2\\x9B", "\\xC2\\x9B", "\\xC2\\x9B"},
      {"\xC3\xA9", "\xC3\xA9", "\xC3\xA9", "\xC3\xA9", "\xC3\xA9", "\xC3\xA9"},
      {"\xE2\x80\xAE", "\xE2\x80\xAE", "\\xE2\\x80\\xAE", "\\xE2\\x80\\xAE", "\\xE2\\x80\\xAE", "\\xE2\\x80\\xAE"},
      {"\xEF\xBF\xBE", "\xEF\xBF\xBE", "\\xEF\\xBF\\xBE", "\\xEF\\xBF\\xBE", "\\xEF\\xBF\\xBE", "\\xEF\\xBF\\xBE"},
      {"\xF4\x8F\xBF\xBF", "\xF4\x8F\xBF\xBF", "\\xF4\\x8F\\xBF\\xBF", "\\xF4\\x8F\\xBF\\xBF", "\\xF4\\x8F\\xBF\\xBF",
       "\\xF4\\x8F\\xBF\\xBF"},
      {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80",
       "\xF0\x9F\x98\x80"},
  };
  return kRows;
}

TEST(Escape, EveryFormatWritesTextInItsOwnWay) {
  for (const Row& row : rows()) {
    SCOPED_TRACE(testing::PrintToString(std::string(row.octets)));
    EXPECT_EQ(json_text(row.octets), row.json);
    EXPECT_EQ(xml_text(row.octets), row.xml);
    EXPECT_EQ(xml_attribute(row.octets), row.attribute);
    EXPECT_EQ(html_text(row.octets), row.html);
    EXPECT_EQ(terminal_text(row.octets), row.terminal);
  }
}

TEST(Escape, WhatIsNotUtf8IsShownOctetByOctet) {
  struct Case {
    std::string_view octets;
    std::string_view shown;
  };
  const std::vector<Case> cases = {
      {"\x80", "\\x80"},                               // a continuation alone
      {"\xC3", "\\xC3"},                               // cut short
      {"\xC3(", "\\xC3("},                             // no continuation
      {"\xC0\xAF", "\\xC0\\xAF"},                      // overlong "/"
      {"\xC1\xBF", "\\xC1\\xBF"},                      // overlong, the last
      {"\xE0\x9F\xBF", "\\xE0\\x9F\\xBF"},             // overlong
      {"\xED\xA0\x80", "\\xED\\xA0\\x80"},             // the first surrogate
      {"\xED\xBF\xBF", "\\xED\\xBF\\xBF"},             // the last surrogate
      {"\xF0\x8F\xBF\xBF", "\\xF0\\x8F\\xBF\\xBF"},    // overlong
      {"\xF4\x90\x80\x80", "\\xF4\\x90\\x80\\x80"},    // U+110000
      {"\xF5\x80\x80\x80", "\\xF5\\x80\\x80\\x80"},    // no lead octet
      {"\xFE\xFF", "\\xFE\\xFF"},                      // never in UTF-8
      {"a\xE2\x82z\xC3\xA9", "a\\xE2\\x82z\xC3\xA9"},  // goes on after it
  };
  for (const Case& test : cases) {
    EXPECT_EQ(json_text(test.octets), test.shown);
    EXPECT_EQ(xml_text(test.octets), test.shown);
    EXPECT_EQ(html_text(test.octets), test.shown);
    EXPECT_EQ(terminal_text(test.octets), test.shown);
  }
}

TEST(Escape, FirstScalarKnowsTheEdgesOfUtf8) {
  struct Case {
    std::string_view octets;
    char32_t value;
    std::size_t length;
  };
  const std::vector<Case> cases = {
      {"\0"sv, 0, 1},
      {"\x7F", 0x7F, 1},
      {"\xC2\x80", 0x80, 2},
      {"\xDF\xBF", 0x7FF, 2},
      {"\xE0\xA0\x80", 0x800, 3},
      {"\xED\x9F\xBF", 0xD7FF, 3},
      {"\xEE\x80\x80", 0xE000, 3},
      {"\xEF\xBF\xBF", 0xFFFF, 3},
      {"\xF0\x90\x80\x80", 0x10000, 4},
      {"\xF4\x8F\xBF\xBF", 0x10FFFF, 4},
      {"", 0, 0},
  };
  for (const Case& test : cases) {
    const Scalar scalar = first_scalar(test.octets);
    EXPECT_EQ(scalar.octets, test.length);
    EXPECT_EQ(scalar.value, test.value);
  }
}

// All octets that a terminal could act on are C0, DEL, or part of C1 in UTF-8 or as octets.
TEST(Escape, NoPairOfOctetsGetsAControlToTheTerminal) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const std::string octets = {static_cast<char>(first), static_cast<char>(second)};
      const std::string shown = terminal_text(octets);
      for (std::string_view rest = shown; !rest.empty();) {
        const Scalar scalar = first_scalar(rest);
        ASSERT_NE(scalar.octets, 0U) << first << ' ' << second;
        ASSERT_FALSE(scalar.value < 0x20 || (scalar.value >= 0x7F && scalar.value < 0xA0)) << first << ' ' << second;
        rest.remove_prefix(scalar.octets);
      }
    }
  }
}

TEST(Escape, WideCharactersTakeTwoColumns) {
  EXPECT_EQ(columns(""), 0U);
  EXPECT_EQ(columns("abc"), 3U);
  EXPECT_EQ(columns("\xC3\xA9"), 1U);
  EXPECT_EQ(columns("\xE6\x97\xA5\xE6\x9C\xAC"), 4U);
  EXPECT_EQ(columns("\xF0\x9F\x98\x80"), 2U);
}

TEST(Escape, ShortenedCutsOnTheEdgeOfACharacter) {
  EXPECT_EQ(shortened("abcd", 4), "abcd");
  EXPECT_EQ(shortened("abcde", 4), "abcd... (1 more octets)");
  EXPECT_EQ(shortened("abc\xC3\xA9z", 4), "abc... (3 more octets)");
  EXPECT_EQ(shortened("abc\xC3\xA9z", 5), "abc\xC3\xA9... (1 more octets)");
  EXPECT_EQ(shortened("\x80\x80\x80\x80\x80\x80\x80", 5), "\x80\x80\x80\x80\x80... (2 more octets)");
  EXPECT_EQ(shortened("abc", 0), "... (3 more octets)");
}

TEST(Escape, HostileTextIsHostile) {
  EXPECT_NE(terminal_text(kHostile), kHostile);
  EXPECT_NE(json_text(kHostile), kHostile);
  EXPECT_NE(xml_text(kHostile), kHostile);
}

}  // namespace
}  // namespace imapspec::reports
