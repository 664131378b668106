// Tables of inputs of one rule, and what becomes of them.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/grammar/profile.h"
#include "tests/parser/laws.h"

namespace imapspec::parser::test {

// Row is one input: accepted with a value (as dump() shows it) and so many octets left over, or
// refused with an error's kind and offset.
struct Row {
  std::string_view name;
  std::string_view input;
  std::optional<std::string> value;
  std::size_t left = 0;
  ErrorKind kind = ErrorKind::Invalid;
  std::size_t offset = 0;
  Profile profile = kRev2;

  // in is the row under another profile.
  [[nodiscard]] Row in(const Profile& other) const {
    Row row = *this;
    row.profile = other;
    return row;
  }
};

inline Row accepted(std::string_view name, std::string_view input, std::string value, std::size_t left = 0) {
  return {name, input, std::move(value), left, ErrorKind::Invalid, 0, kRev2};
}

inline Row invalid(std::string_view name, std::string_view input, std::size_t offset) {
  return {name, input, std::nullopt, 0, ErrorKind::Invalid, offset, kRev2};
}

// incomplete: what is missing is missing at the end of the input.
inline Row incomplete(std::string_view name, std::string_view input) {
  return {name, input, std::nullopt, 0, ErrorKind::Incomplete, input.size(), kRev2};
}

inline Row pending(std::string_view name, std::string_view input) {
  return {name, input, std::nullopt, 0, ErrorKind::LiteralPending, input.size(), kRev2};
}

inline std::string_view kind_name(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Incomplete:
      return "Incomplete";
    case ErrorKind::LiteralPending:
      return "LiteralPending";
    case ErrorKind::Invalid:
      return "Invalid";
    case ErrorKind::LimitExceeded:
      return "LimitExceeded";
  }
  return "?";
}

// outcome_of says in one word what became of a unit.
inline std::string_view outcome_of(const std::optional<Error>& error) {
  return error ? kind_name(error->kind) : "accepted";
}

// check_rule holds `rule`, a callable of (Cursor&, const Profile&), against the table, and every
// row against the laws of rules.
template <class Rule, class Dump>
void check_rule(const std::vector<Row>& rows, Rule rule, Dump dump_value) {
  for (const Row& row : rows) {
    SCOPED_TRACE(std::string(row.name) + ": " + escape_octets(row.input));
    Arena arena;
    Cursor in(row.input, arena, Limits{});
    const auto outcome = rule(in, row.profile);
    const auto bound = [&](Cursor& cursor) { return rule(cursor, row.profile); };
    if (row.value) {
      if (!outcome) {
        ADD_FAILURE() << "refused: " << describe(outcome.error(), row.input);
        continue;
      }
      EXPECT_EQ(dump_value(*outcome), *row.value);
      EXPECT_EQ(in.rest().size(), row.left);
      expect_prefix_law(row.input.substr(0, in.offset()), bound);
    } else if (outcome) {
      ADD_FAILURE() << "accepted: " << dump_value(*outcome);
    } else {
      EXPECT_EQ(kind_name(outcome.error().kind), kind_name(row.kind)) << describe(outcome.error(), row.input);
      EXPECT_EQ(outcome.error().offset, row.offset) << describe(outcome.error(), row.input);
    }
    expect_cursor_law(row.input, bound);
  }
}

}  // namespace imapspec::parser::test
