// The laws that every rule and every unit obeys, as expectations of tests.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "parser/core/arena.h"
#include "parser/core/cursor.h"
#include "parser/core/error.h"
#include "parser/core/limits.h"
#include "parser/grammar/parse.h"
#include "parser/grammar/profile.h"
#include "tests/parser/unit_laws.h"

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

// The laws of units, as check_laws() has them.
inline void expect_unit_laws(UnitKind kind, std::string_view unit, const Profile& profile) {
  const auto broken = check_laws(kind, unit, profile);
  EXPECT_FALSE(broken) << unit_kind_name(kind) << " " << escape_octets(unit) << ": " << *broken;
}

// The same in each profile of the revisions, with no extension and with all of them.
inline void expect_unit_laws(UnitKind kind, std::string_view unit) {
  for (const Profile& profile : {kRev1, kRev2, kRev1AndRev2}) {
    expect_unit_laws(kind, unit, profile);
    expect_unit_laws(kind, unit, with_every_extension(profile));
  }
}

}  // namespace imapspec::parser::test
