// A step sends a bounded number of octets, however often it refers to a value.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runner/match/bindings.h"
#include "tests/runner/bench.h"
#include "tests/runner/load_errors.h"

namespace imapspec::runner {
namespace {

using test::Bench;
using test::kGreeting;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string times(std::size_t count, const std::string& text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

std::expected<Scenario, std::vector<LoadError>> load(const std::string& steps, const std::string& names) {
  return parse_scenario("title: T\nrequirement: r\nstart: connected\n" + names + "\nsteps:\n" + steps, "s", "s.yaml",
                        ".");
}

TEST(SentSize, ValuesManyTimesAreAnErrorOfTheScenario) {
  const std::string let = "let: {a: '" + std::string(60'000, 'b') + "'}";
  const std::string many = times(600, "{a:raw}");
  EXPECT_THAT(error_lines(load("  - C: 'NOOP " + many + "'\n  - S: 'BAD'\n", let)),
              ElementsAre("s.yaml:6:5: with its references this step sends more than 32 MiB"));
  EXPECT_THAT(error_lines(load("  - C: 'NOOP " + times(500, "{a:raw}") + "'\n  - S: 'BAD'\n", let)), IsEmpty());
  // Each of these sends little enough, but they are one write.
  const std::string half = "      - C: 'NOOP " + times(300, "{a:raw}") + "'\n      - S: 'BAD'\n";
  EXPECT_THAT(error_lines(load("  - pipeline:\n" + half + half, let)),
              ElementsAre("s.yaml:6:5: with its references this step sends more than 32 MiB"));
}

TEST(SentSize, ValuesOfOneRowMayBeTooMuch) {
  const std::string each = "each: {few: {a: 'b'}, many: {a: '" + std::string(60'000, 'b') + "'}}";
  EXPECT_THAT(error_lines(load("  - C: 'NOOP " + times(600, "{a:raw}") + "'\n  - S: 'BAD'\n", each)),
              ElementsAre("s.yaml:6:5: with its references this step sends more than 32 MiB"));
}

TEST(SentSize, PatternsAreBoundedToo) {
  const std::string let = "let: {a: '" + std::string(60'000, 'b') + "'}";
  EXPECT_THAT(error_lines(load("  - C: 'NOOP'\n  - S: '* X " + times(600, "{a:raw}") + "'\n  - S: 'OK'\n", let)),
              ElementsAre("s.yaml:7:8: with its references the pattern comes to more than 32 MiB in all rows"));
}

TEST(SentSize, CapturedValuesAreCountedWhileTheyArePutIn) {
  Bench bench;
  const auto result =
      bench.run(test::scenario("  - C: 'NOOP'\n  - S: '* STATUS {name:mailbox} ()'\n  - S: 'OK'\n  - C: 'NOOP " +
                               times(6'000, "{name:raw}") + "'\n  - S: 'BAD'\n"),
                {{kGreeting, {"NOOP", "* STATUS " + std::string(60'000, 'b') + " ()\r\n%t OK x\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Error);
  EXPECT_EQ(result.reason, "test/one.yaml:9: what the step sends comes to more than 33554432 octets: our own limit");
  EXPECT_EQ(bench.scripts_[0]->sent.size(), 1U);
}

TEST(SentSize, LiteralsCountAsWell) {
  Bindings bindings;
  bindings.set_octets("a", std::string(1'000, 'b'));
  EXPECT_TRUE(expand(times(9, "{a:literal}"), bindings, 10'000));
  const auto more = expand(times(11, "{a:literal}"), bindings, 10'000);
  ASSERT_FALSE(more);
  EXPECT_THAT(more.error(), HasSubstr("our own limit"));
}

}  // namespace
}  // namespace imapspec::runner
