// Tables of whole units from a server, and what becomes of them.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "parser/grammar/profile.h"
#include "parser/grammar/serialize.h"
#include "tests/parser/laws.h"

namespace imapspec::parser::test {

// Spelling is whether a unit is in the spelling that serialize() chooses.
enum class Spelling { Canonical, Other };

// AcceptedUnit is a response without its CRLF, right under `profile`.
struct AcceptedUnit {
  std::string_view name;
  std::string_view line;
  Spelling spelling = Spelling::Canonical;
  Profile profile = kRev2;
};

// RefusedUnit is a response without its CRLF, wrong under `profile` at `offset`.
struct RefusedUnit {
  std::string_view name;
  std::string_view line;
  std::size_t offset = 0;
  Profile profile = kRev2;
};

// check_units holds parse_response() and serialize() against the tables, and the accepted rows
// against the laws of units.
inline void check_units(const std::vector<AcceptedUnit>& accepted, const std::vector<RefusedUnit>& refused) {
  for (const AcceptedUnit& row : accepted) {
    const std::string unit = std::string(row.line) + "\r\n";
    SCOPED_TRACE(std::string(row.name) + ": " + escape_octets(unit));
    Arena arena;
    const auto value = parse_response(unit, arena, row.profile);
    if (!value) {
      ADD_FAILURE() << "refused: " << describe(value.error(), unit);
      continue;
    }
    expect_unit_laws(UnitKind::Response, unit, row.profile);
    expect_unit_laws(UnitKind::Response, unit);
    std::string written;
    serialize(*value, written);
    EXPECT_EQ(written == unit, row.spelling == Spelling::Canonical) << escape_octets(written);
  }
  for (const RefusedUnit& row : refused) {
    const std::string unit = std::string(row.line) + "\r\n";
    SCOPED_TRACE(std::string(row.name) + ": " + escape_octets(unit));
    Arena arena;
    const auto outcome = parse_response(unit, arena, row.profile);
    if (outcome) {
      ADD_FAILURE() << "accepted";
      continue;
    }
    EXPECT_EQ(outcome.error().kind, ErrorKind::Invalid) << describe(outcome.error(), unit);
    EXPECT_EQ(outcome.error().offset, row.offset) << describe(outcome.error(), unit);
    expect_unit_laws(UnitKind::Response, unit, row.profile);
    expect_unit_laws(UnitKind::Response, unit);
  }
}

}  // namespace imapspec::parser::test
