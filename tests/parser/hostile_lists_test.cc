// Lists of very many items, wherever the grammar has lists.
#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "tests/parser/rule_table.h"
#include "tests/parser/unit_laws.h"
#include "tests/parser/wides.h"

namespace imapspec::parser::test {
namespace {

using enum UnitKind;

// The memory that a parse takes stands for its work: twice the items take twice the memory, and not
// four times, whatever is lost at the ends of the arena's blocks.
TEST(HostileLists, OfVeryManyItemsTakeLinearMemory) {
  for (const Wide& wide : wides()) {
    SCOPED_TRACE(wide.name);
    constexpr std::size_t kItems = 10'000;
    Arena once;
    Arena twice;
    EXPECT_EQ(outcome_of(parse_error(wide.kind, wide.unit(kItems), wide.profile, once)), "accepted");
    const std::string unit = wide.unit(2 * kItems);
    EXPECT_EQ(outcome_of(parse_error(wide.kind, unit, wide.profile, twice)), "accepted");
    EXPECT_LE(twice.used(), once.used() * 3);
    // Wrong at the very end, with everything before it to be given up.
    const std::string_view view = unit;
    Arena arena;
    EXPECT_EQ(outcome_of(parse_error(wide.kind, view.substr(0, view.size() - 1), wide.profile, arena)), "Incomplete");
    EXPECT_EQ(
        outcome_of(parse_error(wide.kind, std::string(view.substr(0, view.size() - 2)) + "\n", wide.profile, arena)),
        "Invalid");
  }
}

TEST(HostileLists, OfAHundredThousandNumbersAreSets) {
  for (const Wide& wide : std::initializer_list<Wide>{
           {"a sequence-set", Command, "a FETCH ", "4294967295", ",", " FLAGS"},
           {"a sequence-set of ranges", Command, "a UID FETCH ", "4294967295:*", ",", " FLAGS"},
           {"a sequence-set of ESEARCH", Response, "* ESEARCH UID ALL ", "1:2", ",", ""},
           {"a uid-set", Response, "* OK [COPYUID 1 ", "1:2", ",", " 1] x"},
           {"UIDs that vanished", Response, "* VANISHED (EARLIER) ", "1", ",", "", kAll},
       }) {
    Arena arena;
    EXPECT_EQ(outcome_of(parse_error(wide.kind, wide.unit(100'000), wide.profile, arena)), "accepted") << wide.name;
  }
}

// No attribute may be there twice, so these all differ.
TEST(HostileLists, OfVeryManyMailboxAttributesTakeLinearMemory) {
  const auto unit = [](int attributes) {
    std::string octets = "* LIST (";
    for (int index = 0; index < attributes; ++index) octets += (index > 0 ? " \\x" : "\\x") + std::to_string(index);
    return octets + ") NIL y\r\n";
  };
  Arena once;
  Arena twice;
  EXPECT_EQ(outcome_of(parse_error(Response, unit(20'000), kRev2, once)), "accepted");
  EXPECT_EQ(outcome_of(parse_error(Response, unit(40'000), kRev2, twice)), "accepted");
  EXPECT_LE(twice.used(), once.used() * 3);
}

}  // namespace
}  // namespace imapspec::parser::test
