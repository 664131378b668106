// Every unit of the examples in the RFCs, against its verdict in the data files.
//
// The format of the files is told in their headers; tools/extract-examples makes the units.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/grammar/parse.h"
#include "tests/parser/laws.h"

namespace imapspec::parser::test {
namespace {

// Example is one unit and its verdict.
struct Example {
  std::string lines;  // of the RFC: "3484,3486-3495"
  UnitKind kind = UnitKind::Command;
  std::string verdict;  // "accepted", "text", "rejected", "fragment"
  std::string rest;     // what the verdict tells: trap, offset, reason
  std::string octets;
};

std::string take_word(std::string& line) {
  const std::size_t size = std::min(line.find(' '), line.size());
  std::string word = line.substr(0, size);
  line.erase(0, std::min(size + 1, line.size()));
  return word;
}

UnitKind kind_of(std::string_view name) {
  for (const UnitKind kind :
       {UnitKind::Command, UnitKind::AuthenticateData, UnitKind::IdleDone, UnitKind::Response, UnitKind::Greeting}) {
    if (unit_kind_name(kind) == name) return kind;
  }
  ADD_FAILURE() << "no kind of unit: " << name;
  return UnitKind::Command;
}

std::vector<Example> read_examples(const char* file) {
  std::vector<Example> examples;
  std::ifstream stream(std::filesystem::path(IMAPSPEC_SOURCE_DIR) / "tests/parser/examples" / file);
  for (std::string line; std::getline(stream, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    if (line.starts_with("  ")) {
      examples.back().octets = unescape_octets(std::string_view(line).substr(2)).value() + "\r\n";
      EXPECT_EQ(escape_octets(examples.back().octets), line.substr(2) + "\\x0D\\x0A");
      continue;
    }
    Example& example = examples.emplace_back();
    example.lines = take_word(line);
    const std::string direction = take_word(line);
    example.kind = kind_of(take_word(line));
    EXPECT_EQ(direction, direction_of(example.kind) == Direction::FromClient ? "C" : "S") << example.lines;
    example.verdict = take_word(line);
    example.rest = line;
  }
  return examples;
}

// The code in front of a status response's text, where there is something like one.
std::optional<Error> malformed_code(const Example& example, const Profile& profile, Arena& arena) {
  const auto read = parse_response(example.octets, arena, profile);
  if (!read) return std::nullopt;
  const auto* status = std::get_if<StatusResponse>(&*read);
  return status == nullptr ? std::nullopt : status->text.malformed_code;
}

// check_verdict holds the parser against one example.
void check_verdict(Example example, const Profile& profile) {
  Arena arena;
  const auto error = parse_error(example.kind, example.octets, profile, arena);
  const auto malformed = malformed_code(example, profile, arena);
  expect_unit_laws(example.kind, example.octets);
  if (example.verdict == "accepted" || example.verdict == "text") {
    EXPECT_FALSE(error) << describe(*error, example.octets);
    EXPECT_FALSE(parse_error(example.kind, example.octets, kRev1AndRev2, arena)) << "where both revisions are in force";
    EXPECT_EQ(malformed.has_value(), example.verdict == "text")
        << (malformed ? describe(*malformed, example.octets) : "");
  } else if (example.verdict == "rejected") {
    // "rejected T55 5 the reason"
    const std::string trap = take_word(example.rest);
    const std::string offset = take_word(example.rest);
    EXPECT_FALSE(example.rest.empty()) << "no reason";
    ASSERT_TRUE(error);
    EXPECT_EQ(std::to_string(error->offset), offset) << describe(*error, example.octets);
    if (!error->resolution.empty()) {
      EXPECT_EQ(error->resolution.text(), trap);
    }
  } else {
    EXPECT_EQ(example.verdict, "fragment");
    EXPECT_FALSE(example.rest.empty()) << "no reason";
    EXPECT_TRUE(error) << "what is no unit is one";
  }
}

// Counts is how many units there are of each verdict.
struct Counts {
  std::size_t accepted = 0;
  std::size_t text = 0;
  std::size_t rejected = 0;
  std::size_t fragment = 0;
  friend bool operator==(const Counts&, const Counts&) = default;
};

void check_examples(const char* file, const Profile& profile, const Counts& expected) {
  Counts counts;
  for (const Example& example : read_examples(file)) {
    SCOPED_TRACE(std::string(file) + ":" + example.lines + ": " + escape_octets(example.octets));
    check_verdict(example, profile);
    counts.accepted += example.verdict == "accepted" ? 1U : 0U;
    counts.text += example.verdict == "text" ? 1U : 0U;
    counts.rejected += example.verdict == "rejected" ? 1U : 0U;
    counts.fragment += example.verdict == "fragment" ? 1U : 0U;
  }
  std::printf("%s: %zu accepted, %zu accepted with a malformed code as text, %zu rejected, %zu fragments\n", file,
              counts.accepted, counts.text, counts.rejected, counts.fragment);
  EXPECT_TRUE(counts == expected);
}

TEST(Examples, OfRfc9051) {
  check_examples("rfc9051.txt", kRev2, {.accepted = 687, .text = 6, .rejected = 9, .fragment = 13});
}

TEST(Examples, OfRfc3501) {
  check_examples("rfc3501.txt", kRev1, {.accepted = 240, .text = 0, .rejected = 4, .fragment = 5});
}

}  // namespace
}  // namespace imapspec::parser::test
