#include "runner/scenario/condition.h"

#include <gtest/gtest.h>

#include <set>

namespace imapspec::runner {
namespace {

// The facts that all conditions here are about.
const Condition::Facts& facts() {
  static const Condition::Facts kFacts = {
      [](std::string_view name) { return std::set<std::string_view>{"IDLE", "AUTH=PLAIN"}.contains(name); },
      [](std::string_view name) -> std::string {
        return name == "profile" ? "rev1" : name == "tls" ? "none" : name == "tls-cipher" ? "AES" : "";
      },
      [](std::string_view name) { return name == "told"; }};
  return kFacts;
}

struct Row {
  std::string_view text;
  bool holds;
};

TEST(Condition, HoldsByItsFacts) {
  constexpr Row kTable[] = {
      {"capability IDLE", true},
      {"capability MOVE", false},
      {"capability AUTH=PLAIN", true},
      {"not capability IDLE", false},
      {"not not capability IDLE", true},
      {"profile = rev1", true},
      {"profile=rev1", true},
      {"profile = rev2", false},
      {"plaintext-login = refused", false},
      {"capability IDLE and capability MOVE", false},
      {"capability IDLE or capability MOVE", true},
      // "and" binds more than "or", "not" more than both.
      {"capability IDLE or capability MOVE and capability MOVE", true},
      {"(capability IDLE or capability MOVE) and capability MOVE", false},
      {"not capability MOVE and tls = none", true},
      {"not (capability MOVE and tls = none)", true},
      {"not capability IDLE or tls = none", true},
      {"not (capability IDLE or tls = none)", false},
      {"profile = rev1 and tls = none and capability IDLE", true},
      {"profile = rev1 and tls = none and capability MOVE", false},
      {"  ( capability\tIDLE )  ", true},
      {"((profile=rev1))", true},
      // A capability's name may be a word that means something elsewhere.
      {"capability capability or capability profile", false},
      {"captured told", true},
      {"not captured told or captured untold", false},
      {"tls-cipher = AES", true},
      {"tls-cipher = DES", false},
  };
  for (const Row& row : kTable) {
    const auto condition = Condition::parse(row.text, condition_names());
    ASSERT_TRUE(condition.has_value()) << row.text << ": " << condition.error();
    EXPECT_EQ(condition->holds(facts()), row.holds) << row.text;
    EXPECT_EQ(condition->text(), row.text);
  }
}

TEST(Condition, TellsWhatIsWrong) {
  const std::vector<std::pair<std::string, std::string_view>> table = {
      {"", "a condition is empty"},
      {"  ", "a condition is empty"},
      {"capability", "expected a name after \"capability\" in a condition"},
      {"capability and", "expected a name after \"capability\" in a condition"},
      {"capability (IDLE)", "expected a name after \"capability\" in a condition"},
      {"capabilty IDLE", "unknown name \"capabilty\" in a condition; did you mean \"capability\"?"},
      {"profil = rev1", "unknown name \"profil\" in a condition; did you mean \"profile\"?"},
      {"moon = full",
       "unknown name \"moon\" in a condition; expected one of capability, captured, not, profile, tls, "
       "plaintext-login, tls-version, tls-cipher, tls-alpn, tls-resumed"},
      {"captured", "expected a name after \"captured\" in a condition, without braces"},
      {"captured {n}", "expected a name after \"captured\" in a condition, without braces"},
      {"captured and", "expected a name after \"captured\" in a condition, without braces"},
      {"tls-cipher =", "expected a value after \"tls-cipher =\" in a condition"},
      {"profile", "expected \"=\" after \"profile\" in a condition"},
      {"profile rev1", "expected \"=\" after \"profile\" in a condition"},
      {"profile =", "expected a value after \"profile =\" in a condition: rev1, rev2"},
      {"profile = and", "expected a value after \"profile =\" in a condition: rev1, rev2"},
      {"profile = rev3", "unknown value \"rev3\" of \"profile\" in a condition; expected rev1, rev2"},
      {"profile = REV1", "unknown value \"REV1\" of \"profile\" in a condition; expected rev1, rev2"},
      {"and", "expected \"capability NAME\", \"captured NAME\" or \"NAME = VALUE\" at the start of a condition"},
      {"tls = none and",
       "expected \"capability NAME\", \"captured NAME\" or \"NAME = VALUE\" after \"and\" in a condition"},
      {"tls = none or )",
       "expected \"capability NAME\", \"captured NAME\" or \"NAME = VALUE\" after \"or\" in a condition"},
      {"not", "expected \"capability NAME\", \"captured NAME\" or \"NAME = VALUE\" after \"not\" in a condition"},
      {"()", "expected \"capability NAME\", \"captured NAME\" or \"NAME = VALUE\" after \"(\" in a condition"},
      {"(tls = none", "\")\" is missing in a condition"},
      {"tls = none)", "expected \"and\" or \"or\" before \")\" in a condition"},
      {"tls = none tls = none", "expected \"and\" or \"or\" before \"tls\" in a condition"},
      {"tls = none AND tls = none", "expected \"and\" or \"or\" before \"AND\" in a condition"},
      {std::string(21, '(') + "tls=none" + std::string(21, ')'), "a condition is nested deeper than 20 levels"},
      {std::string(1001, ' '), "a condition is longer than 1000 octets"},
  };
  for (const auto& [text, message] : table) {
    const auto condition = Condition::parse(text, condition_names());
    ASSERT_FALSE(condition.has_value()) << text;
    EXPECT_EQ(condition.error(), message) << text;
  }
}

TEST(Condition, TellsWhatItAsksForThatOnlyAConversationKnows) {
  const auto condition =
      Condition::parse("captured a or not (captured b and tls-version = 1.2) and tls-resumed = yes", condition_names());
  ASSERT_TRUE(condition.has_value()) << condition.error();
  EXPECT_EQ(condition->captured(), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(condition->of_connection(), "tls-version");
}

TEST(Condition, NestsToItsLimit) {
  const std::string text = std::string(19, '(') + "tls=none" + std::string(19, ')');
  const auto condition = Condition::parse(text, condition_names());
  ASSERT_TRUE(condition.has_value()) << condition.error();
  EXPECT_TRUE(condition->holds(facts()));
}

}  // namespace
}  // namespace imapspec::runner
