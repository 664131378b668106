// Nesting without end, and opening parentheses without end, wherever the grammar has them.
//
// Our own limit is LimitExceeded and never Invalid. What is tried here with a megabyte would not end
// in time if the work were quadratic.
#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "parser/grammar/parse.h"
#include "tests/parser/laws.h"
#include "tests/parser/nestings.h"
#include "tests/parser/rule_table.h"

namespace imapspec::parser::test {
namespace {

using enum UnitKind;

constexpr std::size_t kMany = 10'000;
constexpr std::size_t kMegabyte = 1U << 20;

TEST(HostileNesting, IsAcceptedUpToTheLimitAndThenRefused) {
  for (const Nesting& nesting : nestings()) {
    SCOPED_TRACE(nesting.name);
    Arena arena;
    std::size_t deepest = 0;
    while (!parse_error(nesting.kind, nesting.unit(deepest + 1), nesting.profile, arena)) ++deepest;
    // Some have a level or two of their own around and inside.
    EXPECT_LE(deepest * nesting.levels, Limits().depth);
    EXPECT_GT((deepest + 1) * nesting.levels + 2, Limits().depth);
    for (std::size_t times = deepest + 1; times < deepest + 20; ++times) {
      EXPECT_EQ(outcome_of(parse_error(nesting.kind, nesting.unit(times), nesting.profile, arena)), "LimitExceeded");
    }
    expect_unit_laws(nesting.kind, nesting.unit(3));
  }
}

TEST(HostileNesting, OfTenThousandLevelsExceedsTheLimit) {
  for (const Nesting& nesting : nestings()) {
    SCOPED_TRACE(nesting.name);
    Arena arena;
    const std::string unit = nesting.unit(kMany);
    EXPECT_EQ(outcome_of(parse_error(nesting.kind, unit, nesting.profile, arena)), "LimitExceeded");
    const std::string_view view = unit;
    for (std::size_t size = 0; size < view.size(); size += view.size() / 50 + 1) {
      const auto error = parse_error(nesting.kind, view.substr(0, size), nesting.profile, arena);
      EXPECT_TRUE(error && error->kind != ErrorKind::Invalid) << size << " octets: " << outcome_of(error);
    }
  }
}

TEST(HostileNesting, ObeysALimitThatIsGiven) {
  for (const Nesting& nesting : nestings()) {
    SCOPED_TRACE(nesting.name);
    Arena arena;
    EXPECT_EQ(outcome_of(parse_error(nesting.kind, nesting.unit(2), nesting.profile, arena, {.depth = 10})),
              "accepted");
    EXPECT_EQ(outcome_of(parse_error(nesting.kind, nesting.unit(11), nesting.profile, arena, {.depth = 10})),
              "LimitExceeded");
    EXPECT_EQ(outcome_of(parse_error(nesting.kind, nesting.unit(60), nesting.profile, arena, {.depth = 190})),
              "accepted");
  }
}

// Where lists nest, the limit ends them; where they do not, the second parenthesis does.
TEST(HostileNesting, AMegabyteOfParenthesesIsRefusedWhereverOneCanStand) {
  struct Place {
    UnitKind kind;
    std::string_view before;
    bool nests;
    Profile profile = kRev2;
  };
  for (const Place& place : std::initializer_list<Place>{
           {Command, "a SEARCH ", true},
           {Command, "a SEARCH CHARSET UTF-8 ", true},
           {Command, "a SEARCH NOT ", true},
           {Command, "a SEARCH OR ", true},
           {Command, "a SEARCH OR ALL ", true},
           {Command, "a SEARCH ALL ", true},
           {Command, "a UID SEARCH ", true, kRev1},
           {Command, "a SEARCH RETURN ", false},
           {Command, "a STORE 1 FLAGS ", false},
           {Command, "a UID STORE 1 +FLAGS.SILENT ", false},
           {Command, "a APPEND x ", false},
           {Command, "a STATUS x ", false},
           {Command, "a FETCH 1 ", false},
           {Command, "a FETCH 1 BODY[HEADER.FIELDS ", false},
           {Command, "a FETCH 1 (BODY[1.HEADER.FIELDS.NOT ", false},
           {Command, "a LIST ", false},
           {Command, "a LIST (x ", true},
           {Command, "a LIST \"\" ", false},
           {Command, "a LIST \"\" x RETURN ", false},
           {Command, "a LIST \"\" x RETURN (y ", true},
           {Command, "a LIST \"\" x RETURN (STATUS ", false},
           {Command, "a SELECT x ", false, kAll},
           {Command, "a EXAMINE x (QRESYNC ", false, kAll},
           {Command, "a SELECT x (QRESYNC (1 2 ", false, kAll},
           {Command, "a SELECT x (y ", true, kAll},
           {Command, "a FETCH 1 ALL ", false, kAll},
           {Command, "a UID FETCH 1 ALL (y ", true, kAll},
           {Command, "a STORE 1 ", false, kAll},
           {Command, "a STORE 1 (y ", true, kAll},
           {Command, "a ID ", false, kAll},
           {Command, "a SETQUOTA x ", false, kAll},
           {Response, "* ID ", false, kAll},
           {Response, "* QUOTA x ", false, kAll},
           {Response, "* 1 FETCH (MODSEQ ", false, kAll},
           {Response, "* SEARCH 1 ", false, with_every_extension(kRev1)},
           {Response, "* FLAGS ", false},
           {Response, "* LIST ", false},
           {Response, "* LIST () NIL x ", false},
           {Response, "* LIST () NIL x (y ", true},
           {Response, "* LSUB ", false, kRev1},
           {Response, "* STATUS x ", false},
           {Response, "* ESEARCH X ", true},
           {Response, "* ESEARCH UID X 1 Y ", true},
           {Response, "* 1 FETCH ", false},
           {Response, "* 1 FETCH (FLAGS ", false},
           {Response, "* 1 FETCH (BODY[HEADER.FIELDS ", false},
           {Response, "* 1 FETCH (BODY ", true},
           {Response, "* 1 FETCH (BODYSTRUCTURE ", true},
           {Response, "* 1 FETCH (BODY (", true},
           {Response, "* 1 FETCH (BODY (", true, kRev1},
           {Response, R"(* 1 FETCH (BODY ("TEXT" "PLAIN" )", false},
           {Response, R"(* 1 FETCH (BODY ("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 1 )", false},
           {Response,
            R"(* 1 FETCH (BODY ("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 1 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) )",
            true},
           {Response, R"(* 1 FETCH (BODYSTRUCTURE ("A" "B" NIL NIL NIL "7BIT" 1 NIL )", false},
           {Response, R"(* 1 FETCH (BODYSTRUCTURE ("A" "B" NIL NIL NIL "7BIT" 1 NIL ("x" )", false},
           {Response, R"(* 1 FETCH (BODYSTRUCTURE ("A" "B" NIL NIL NIL "7BIT" 1 NIL NIL )", false},
           {Response, R"(* 1 FETCH (BODYSTRUCTURE ("A" "B" NIL NIL NIL "7BIT" 1 NIL NIL NIL NIL )", true},
           {Response, R"(* 1 FETCH (BODYSTRUCTURE (("A" "B" NIL NIL NIL "7BIT" 1) "MIXED" )", false},
       }) {
    const std::string unit = std::string(place.before) + std::string(kMegabyte, '(') + "\r\n";
    Arena arena;
    const auto error = parse_error(place.kind, unit, place.profile, arena);
    EXPECT_EQ(outcome_of(error), place.nests ? "LimitExceeded" : "Invalid") << place.before;
    if (error && !place.nests) {
      EXPECT_EQ(error->offset, place.before.size() + 1) << place.before;
    }
  }
  // Here the second one opens an item of the first.
  for (const std::string_view before : {"* NAMESPACE ", "* NAMESPACE NIL ", "* 1 FETCH (ENVELOPE (NIL NIL "}) {
    Arena arena;
    const auto error = parse_error(Response, std::string(before) + std::string(kMegabyte, '(') + "\r\n", kRev2, arena);
    ASSERT_EQ(outcome_of(error), "Invalid") << before;
    EXPECT_EQ(error->offset, before.size() + 2) << before;
  }
}

// A code that is none leaves its octets to the text.
TEST(HostileNesting, AMegabyteOfParenthesesInACodeIsText) {
  for (const std::string_view before :
       {"* OK [PERMANENTFLAGS ", "* NO [BADCHARSET ", "* OK [CAPABILITY ", "* OK [COPYUID ", "* OK [X-FOO ", "* OK "}) {
    Arena arena;
    const std::string unit = std::string(before) + std::string(kMegabyte, '(') + "\r\n";
    EXPECT_EQ(outcome_of(parse_error(Response, unit, kRev2, arena)), "accepted") << before;
  }
}

TEST(HostileNesting, SaysThatTheLimitIsOurs) {
  Arena arena;
  const std::string unit = "a SEARCH " + std::string(kMany, '(');
  const auto error = parse_error(Command, unit, kRev2, arena);
  ASSERT_EQ(outcome_of(error), "LimitExceeded");
  EXPECT_EQ(describe(*error, unit), "offset 109: search-key: more than this parser takes: less nesting");
}

}  // namespace
}  // namespace imapspec::parser::test
