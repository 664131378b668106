// The differential itself: it can fail, and it does the same again.
#include "tests/differential/run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "parser/grammar/parse.h"

namespace imapspec::differential {
namespace {

std::vector<Subject> subjects(std::string_view profile, std::string_view unit) {
  const auto manifest = read_manifest(IMAPSPEC_SOURCE_DIR "/parser/spec");
  auto read = subjects_of(manifest.value(), profile, unit, IMAPSPEC_SOURCE_DIR "/tests/differential/widened");
  if (!read) throw std::runtime_error(read.error());
  return *std::move(read);
}

Counts total(const RunResult& result) {
  Counts all;
  for (const Tally& tally : result.tallies) {
    for (const Counts& counts : tally) all += counts;
  }
  return all;
}

std::vector<std::string> shown(const RunResult& result) {
  std::vector<std::string> findings;
  for (const Finding& finding : result.findings) {
    findings.push_back(std::string(difference_name(finding.difference)) + " " + std::to_string(finding.times) + " " +
                       parser::escape_octets(finding.octets));
  }
  return findings;
}

TEST(Run, FindsWhatOneOfTheTwoHasAndTheOtherHasNot) {
  std::vector<Subject> rev2 = subjects("rev2", "greeting");
  rev2[0].profile = parser::kRev1;
  const RunResult result = run(rev2, {.sentences = 1000, .seed = 1, .jobs = 1});
  EXPECT_GT(total(result).differences, 20U);
  std::size_t times = 0;
  for (const Finding& finding : result.findings) times += finding.times;
  EXPECT_EQ(times, total(result).differences);
  // What RFC 3501 has not: a greeting without a text, made as short as it can be.
  EXPECT_THAT(shown(result),
              ::testing::Contains(::testing::MatchesRegex("only the oracle accepts .* \\* OK .x0D.x0A")));
}

TEST(Run, IsTheSameForTheSameSeedHoweverManyJobsThereAre) {
  std::vector<Subject> rev1 = subjects("rev1", "");
  rev1.front().profile = parser::kRev2;  // for findings to compare
  const RunResult one = run(rev1, {.sentences = 9000, .seed = 5, .jobs = 1});
  const RunResult three = run(rev1, {.sentences = 9000, .seed = 5, .jobs = 3});
  EXPECT_GE(total(one).all(), 9000U);
  EXPECT_EQ(total(one).accepted, total(three).accepted);
  EXPECT_EQ(total(one).rejected, total(three).rejected);
  EXPECT_EQ(shown(one), shown(three));
  EXPECT_FALSE(one.findings.empty());
  EXPECT_NE(total(run(rev1, {.sentences = 9000, .seed = 6, .jobs = 3})).accepted, total(one).accepted);
}

TEST(Run, HalfOfTheUnitsAreNearMisses) {
  const RunResult result = run(subjects("rev2", "command"), {.sentences = 4000, .seed = 1, .jobs = 1});
  const Counts& generated = result.tallies.at(0).at(kGenerated);
  EXPECT_EQ(generated.all(), total(result).all() / 2);
  EXPECT_GT(total(result).rejected, total(result).all() / 3);
  EXPECT_GT(generated.accepted, 9 * generated.all() / 10);
}

}  // namespace
}  // namespace imapspec::differential
