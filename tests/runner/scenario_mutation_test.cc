// Whatever is done to a scenario, it loads or there is an error with a place.
#include <gtest/gtest.h>

#include <algorithm>

#include "runner/scenario/loader.h"
#include "tests/runner/temporary_folder.h"

namespace imapspec::runner {
namespace {

constexpr std::string_view kScenario = R"(title: T
requirement: [a/b, c]
start: selected
needs: not (capability IDLE or tls = none)
mailbox:
  - {message: a.eml, flags: '\Seen', date: '17-Jul-1996 02:44:25 -0700'}
let: {x: 'y\x0D', 'z': {file: a.eml}}
steps:
  - S: '* OK [UIDNEXT {n:nz-number}]'
  - C: |
      FETCH {3}
      {n+1} "it"
  - S: ['OK', "NO"]
  - send: 'a {x:literal}'
    await: [a, b]
  - outcome: [{S: 'a OK', verdict: pass, when: profile = rev1}]
  - tls: refused
  - close: {}
)";

class MutatedScenario : public ::testing::Test {
 protected:
  MutatedScenario() { folder_.write("a.eml", "x\r\n"); }

  // check yields whether the text loads.
  bool check(std::string_view yaml) {
    const auto scenario = parse_scenario(yaml, "id", "s.yaml", folder_.path());
    if (scenario) return true;
    EXPECT_FALSE(scenario.error().empty()) << yaml;
    const auto lines = static_cast<std::size_t>(std::count(yaml.begin(), yaml.end(), '\n')) + 1;
    for (const LoadError& error : scenario.error()) {
      EXPECT_EQ(error.where.file, "s.yaml") << yaml;
      EXPECT_GE(error.where.line, 1U) << yaml << error.message;
      EXPECT_LE(error.where.line, lines + 1) << yaml << error.message;
      EXPECT_GE(error.where.column, 1U) << yaml << error.message;
      EXPECT_FALSE(error.message.empty()) << yaml;
    }
    return false;
  }

  TemporaryFolder folder_;
  std::string good_ = std::string(kScenario).replace(kScenario.find("\"NO\""), 4, "'NO'");
};

TEST_F(MutatedScenario, IsGoodBeforeAnyMutation) {
  EXPECT_TRUE(check(good_));
  EXPECT_FALSE(check(kScenario));
}

TEST_F(MutatedScenario, CutAnywhere) {
  int loaded = 0;
  for (std::size_t i = 0; i < good_.size(); ++i) loaded += check(std::string_view(good_).substr(0, i)) ? 1 : 0;
  EXPECT_GT(loaded, 0);
  EXPECT_LT(loaded, 100);
}

TEST_F(MutatedScenario, WithoutAnyOneOctet) {
  for (std::size_t i = 0; i < good_.size(); ++i) check(std::string(good_).erase(i, 1));
}

TEST_F(MutatedScenario, WithAnyOctetReplaced) {
  for (const char octet : std::string_view("'\"{]:-*|\\\n\0\xff", 12)) {
    for (std::size_t i = 0; i < good_.size(); ++i) {
      std::string text = good_;
      text[i] = octet;
      check(text);
    }
  }
}

TEST_F(MutatedScenario, OfNothingButOneSign) {
  for (const std::string_view sign :
       {"[",  "{", "- ",    "? ",  "[a,", "{a: ", "'",   "\"",   "!",  "&a ", "*a ", ", ",
        "[:", "%", "---\n", "|\n", "a: ", "\t",   "[\n", "- - ", ": ", "{a,", "]",   "}"}) {
    std::string text;
    while (text.size() < 60'000) text += sign;
    EXPECT_FALSE(check(text)) << sign;
  }
}

}  // namespace
}  // namespace imapspec::runner
