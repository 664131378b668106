#include "tests/parser/extensions/sentences.h"

#include <gtest/gtest.h>

#include <optional>

#include "parser/grammar/serialize.h"
#include "tests/parser/dump.h"
#include "tests/parser/extensions/dump.h"
#include "tests/parser/laws.h"

namespace imapspec::parser::test {

namespace {

std::string profile_name(const Profile& profile) {
  return std::string(profile.rev1 ? "rev1" : "") + (profile.rev2 ? "rev2" : "") + " " +
         std::to_string(profile.extensions);
}

// Shown is a value and how it is written again.
struct Shown {
  std::string value;
  std::string written;
};

template <class Unit>
std::optional<Shown> shown(const std::expected<Unit, Error>& parsed, std::string_view unit) {
  if (!parsed) {
    ADD_FAILURE() << "refused: " << describe(parsed.error(), unit);
    return std::nullopt;
  }
  Shown result{dump(*parsed), {}};
  serialize(*parsed, result.written);
  return result;
}

}  // namespace

void check_reading(UnitKind kind, const Profile& profile, const Sentence& sentence) {
  SCOPED_TRACE(profile_name(profile) + ": " + escape_octets(sentence.unit));
  const std::string unit = std::string(sentence.unit) + "\r\n";
  Arena arena;
  const auto result = kind == UnitKind::Command ? shown(parse_command(unit, arena, profile), unit)
                                                : shown(parse_response(unit, arena, profile), unit);
  if (!result) return;
  EXPECT_EQ(result->value, sentence.value);
  EXPECT_EQ(result->written, (sentence.written.empty() ? std::string(sentence.unit) : sentence.written) + "\r\n");
  expect_unit_laws(kind, unit, profile);
}

void check_refused(UnitKind kind, const Profile& profile, const std::vector<NotSentence>& others) {
  for (const NotSentence& other : others) {
    SCOPED_TRACE(profile_name(profile) + ": " + escape_octets(other.unit));
    Arena arena;
    const std::string unit = std::string(other.unit) + "\r\n";
    const auto error = parse_error(kind, unit, profile, arena);
    if (!error) {
      ADD_FAILURE() << "accepted";
      continue;
    }
    EXPECT_EQ(error->offset, other.offset) << describe(*error, unit);
    EXPECT_EQ(error->resolution.text(), other.resolution) << describe(*error, unit);
    expect_unit_laws(kind, unit, profile);
  }
}

void check_sentences(const Extended& extended, const std::vector<Sentence>& sentences,
                     const std::vector<NotSentence>& others) {
  for (const Profile& base : extended.bases) {
    Profile profile = base;
    for (const Extension extension : extended.extensions) profile.add(extension);
    for (const Sentence& sentence : sentences) {
      check_reading(extended.kind, profile, sentence);
      SCOPED_TRACE(profile_name(base) + ": " + escape_octets(sentence.unit));
      Arena arena;
      const std::string unit = std::string(sentence.unit) + "\r\n";
      EXPECT_TRUE(parse_error(extended.kind, unit, base, arena)) << "right without the extension";
      expect_unit_laws(extended.kind, unit, base);
    }
    check_refused(extended.kind, profile, others);
  }
}

}  // namespace imapspec::parser::test
