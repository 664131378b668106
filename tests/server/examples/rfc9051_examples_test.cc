// Every example of RFC 9051 sections 6 and 7 is a conversation with this server, or it is said why not.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tests/server/examples/agreement.h"
#include "tests/server/examples/example.h"

namespace imapspec::server::examples {
namespace {

// Sections 6 and 7 are these lines.
constexpr std::size_t kFirstLine = 1170;
constexpr std::size_t kLastLine = 6201;

std::vector<Case> all_cases() {
  std::vector<Case> all;
  for (auto cases : {session_cases, mailbox_cases, list_cases, message_cases, search_cases}) {
    const std::vector<Case> some = cases();
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

TEST(Rfc9051Examples, AreHeldAsTheyAreWritten) {
  std::size_t units = 0;
  for (const Case& one : all_cases()) {
    SCOPED_TRACE("lines " + std::to_string(one.first) + " to " + std::to_string(one.last));
    play(one);
    units += units_between(one.first, one.last).size();
  }
  EXPECT_EQ(units, 452U);
}

TEST(Rfc9051Examples, AreAllAccountedFor) {
  std::map<std::size_t, int> accounted;  // by line
  for (const Case& one : all_cases()) {
    for (const Unit& unit : units_between(one.first, one.last)) ++accounted[unit.line];
  }
  for (const Omitted& some : omitted()) {
    EXPECT_FALSE(some.reason.empty());
    const auto units = units_between(some.first, some.last);
    EXPECT_FALSE(units.empty()) << some.first;
    for (const Unit& unit : units) ++accounted[unit.line];
  }
  for (const Unit& unit : units_between(kFirstLine, kLastLine)) {
    EXPECT_EQ(accounted[unit.line], 1) << "line " << unit.line << ": " << unit.octets;
  }
}

struct Pair {
  std::string_view example;
  std::string_view actual;
  bool agree;
};

TEST(Rfc9051Examples, AgreeInMeaningOnly) {
  const Pair pairs[] = {
      {"a OK done\r\n", "a OK [READ-ONLY] other words\r\n", true},
      {"a OK [READ-ONLY] x\r\n", "a OK x\r\n", false},
      {"a OK [READ-ONLY] x\r\n", "a OK [READ-WRITE] x\r\n", false},
      {"a OK x\r\n", "b OK x\r\n", false},
      {"a OK x\r\n", "a NO x\r\n", false},
      {"* 3 EXISTS\r\n", "* 4 EXISTS\r\n", false},
      {"* LIST (\\Marked) \"/\" inbox\r\n", "* LIST (\\HasNoChildren) \"/\" INBOX\r\n", true},
      {"* LIST () \"/\" a\r\n", "* LIST (\\Noselect) \"/\" a\r\n", false},
      {"* LIST (\\HasChildren) \"/\" a\r\n", "* LIST (\\HasNoChildren) \"/\" a\r\n", false},
      {"* 1 FETCH (FLAGS (\\Seen kw))\r\n", "* 1 FETCH (UID 3 FLAGS (KW \\Seen))\r\n", true},
      {"* 1 FETCH (FLAGS (\\Seen))\r\n", "* 1 FETCH (FLAGS ())\r\n", false},
      {"* 4 FETCH (...)\r\n", "* 4 FETCH (UID 1)\r\n", true},
      {"* 4 FETCH (...)\r\n", "* 5 FETCH (UID 1)\r\n", false},
      {"* FLAGS (\\Seen)\r\n", "* FLAGS (\\Seen \\Draft)\r\n", true},
      {"* FLAGS (\\Seen)\r\n", "* FLAGS (\\Draft)\r\n", false},
      {"* ESEARCH ALL 17,900,901\r\n", "* ESEARCH ALL 17,900:901\r\n", true},
      {"* ESEARCH ALL 17,900,901\r\n", "* ESEARCH ALL 17:901\r\n", false},
      {"* ESEARCH UID ALL 17\r\n", "* ESEARCH ALL 17\r\n", false},
  };
  for (const Pair& pair : pairs)
    EXPECT_EQ(agrees(pair.example, pair.actual), pair.agree) << pair.example << pair.actual;
}

}  // namespace
}  // namespace imapspec::server::examples
