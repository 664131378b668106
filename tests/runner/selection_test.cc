#include "runner/run/selection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace imapspec::runner {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

Scenario scenario(std::string id, std::string requirement, std::vector<std::string> tags = {}) {
  Scenario one;
  one.id = std::move(id);
  one.requirements = {std::move(requirement)};
  one.tags = std::move(tags);
  return one;
}

Requirement requirement(std::string id, std::string section, std::string rfc = "9051") {
  Requirement one;
  one.id = std::move(id);
  one.section = std::move(section);
  one.rfc = std::move(rfc);
  return one;
}

// Asked is a selection of which only some is said.
struct Asked {
  std::vector<std::string> prefixes = {};
  std::vector<std::string> sections = {};
  std::vector<std::string> tags = {};
  std::vector<std::string> requirements = {};
  std::vector<std::string> exclude = {};

  [[nodiscard]] Selection selection() const { return {prefixes, sections, tags, requirements, exclude}; }
};

class SelectionTest : public ::testing::Test {
 protected:
  SelectionTest() {
    for (const Requirement& row : rows_) ledger_.emplace(row.id, &row);
  }

  std::vector<std::string> ids(const Asked& asked) {
    std::vector<std::string> found;
    for (const Scenario* const one : select_scenarios(scenarios_, asked.selection(), ledger_)) found.push_back(one->id);
    return found;
  }

  std::string mistake(const Asked& asked) { return unmatched(scenarios_, asked.selection(), ledger_).value_or(""); }

  const std::vector<Requirement> rows_ = {requirement("6.3.2/a", "6.3.2"), requirement("6.3.20/b", "6.3.20"),
                                          requirement("7162/c", "3.1.2", "7162"), requirement("11/d", "11")};
  RequirementMap ledger_;
  const std::vector<Scenario> scenarios_ = {
      scenario("rfc7162/x", "7162/c"), scenario("rfc9051/6.3.2-select/a", "6.3.2/a"),
      scenario("rfc9051/6.3.2-select/ab", "6.3.2/a", {"slow"}), scenario("rfc9051/6.3.20-other/a", "6.3.20/b"),
      scenario("security/a", "11/d", {"slow", "odd"})};
};

TEST_F(SelectionTest, TakesWholeIdsAndFolders) {
  EXPECT_THAT(ids({}), SizeIs(5));
  EXPECT_THAT(ids({.prefixes = {"rfc9051/6.3.2-select/a"}}), ElementsAre("rfc9051/6.3.2-select/a"));
  EXPECT_THAT(ids({.prefixes = {"rfc9051/6.3.2"}}), SizeIs(2));
  EXPECT_THAT(ids({.prefixes = {"rfc9051/"}}), SizeIs(3));
  EXPECT_THAT(ids({.prefixes = {"security", "rfc9051/6.3.20"}}), SizeIs(2));
  EXPECT_THAT(ids({.prefixes = {"nothing"}}), IsEmpty());
}

TEST_F(SelectionTest, TakesSectionsWithAllBelowThem) {
  EXPECT_THAT(ids({.sections = {"6.3.2"}}), SizeIs(2));
  EXPECT_THAT(ids({.sections = {"6.3"}}), SizeIs(3));
  EXPECT_THAT(ids({.sections = {"3.1"}}), IsEmpty());
  EXPECT_THAT(ids({.sections = {"7162:3.1"}}), ElementsAre("rfc7162/x"));
  EXPECT_THAT(ids({.sections = {"11", "6.3.20"}}), ElementsAre("rfc9051/6.3.20-other/a", "security/a"));
}

TEST_F(SelectionTest, TakesTagsAndLeavesTagsOut) {
  EXPECT_THAT(ids({.tags = {"slow"}}), ElementsAre("rfc9051/6.3.2-select/ab", "security/a"));
  EXPECT_THAT(ids({.tags = {"slow", "!odd"}}), ElementsAre("rfc9051/6.3.2-select/ab"));
  EXPECT_THAT(ids({.tags = {"!slow"}}), SizeIs(3));
}

TEST_F(SelectionTest, AllKindsHaveToAgree) {
  EXPECT_THAT(ids({.prefixes = {"rfc9051"}, .sections = {"6.3.2"}, .tags = {"slow"}}),
              ElementsAre("rfc9051/6.3.2-select/ab"));
  EXPECT_THAT(ids({.requirements = {"6.3.*"}, .exclude = {"*ab", "rfc9051/6.3.20"}}),
              ElementsAre("rfc9051/6.3.2-select/a"));
}

TEST_F(SelectionTest, WhatMatchesNothingIsAMistake) {
  EXPECT_EQ(mistake({.prefixes = {"rfc9051"}, .sections = {"6"}, .tags = {"odd", "!new"}, .requirements = {"*"}}), "");
  EXPECT_THAT(mistake({.prefixes = {"security/b"}}), HasSubstr("did you mean \"security/a\"?"));
  EXPECT_THAT(mistake({.sections = {"9"}}), HasSubstr("--section 9: no scenario is about it"));
  EXPECT_THAT(mistake({.tags = {"slwo"}}), HasSubstr("--tag slwo: no scenario has it; did you mean \"slow\"?"));
  EXPECT_THAT(mistake({.requirements = {"6.3.2/aa"}}), HasSubstr("did you mean \"6.3.2/a\"?"));
  EXPECT_THAT(mistake({.exclude = {"nothing"}}), HasSubstr("--exclude nothing"));
}

TEST_F(SelectionTest, ShardsAreAllOfItAndNothingTwice) {
  std::vector<const Scenario*> all = select_scenarios(scenarios_, {}, ledger_);
  std::vector<const Scenario*> together;
  for (std::size_t i = 1; i <= 3; ++i) {
    for (const Scenario* const one : shard_of(all, {.index = i, .count = 3})) together.push_back(one);
  }
  std::ranges::sort(together);
  std::ranges::sort(all);
  EXPECT_EQ(together, all);
  EXPECT_THAT(shard_of(all, {.index = 7, .count = 7}), IsEmpty());
  EXPECT_THAT(parse_shard("2/3"), Optional(Shard{.index = 2, .count = 3}));
  for (const char* const wrong : {"", "1", "0/3", "4/3", "1/", "/2", "1/2x", "-1/2", "a/b"}) {
    EXPECT_EQ(parse_shard(wrong), std::nullopt) << wrong;
  }
}

TEST(ConsentTest, EachClassNeedsItsOwn) {
  Scenario one;
  const auto why = [&](const Consent& consent) { return not_allowed(one, consent, false).value_or(""); };
  one.risk = Risk::P0;
  EXPECT_EQ(why({.risk = Risk::P0}), "");
  one.risk = Risk::P1;
  EXPECT_THAT(why({.risk = Risk::P0}), HasSubstr("not without --allow P1"));
  EXPECT_EQ(why({}), "");
  one.risk = Risk::P2;
  EXPECT_THAT(why({}), HasSubstr("not without --allow P2"));
  EXPECT_EQ(why({.risk = Risk::P3}), "");
  one.risk = Risk::P3;
  EXPECT_THAT(why({.risk = Risk::P2, .loopback = true}), HasSubstr("not without --allow P3"));
  EXPECT_THAT(why({.risk = Risk::P3, .loopback = false}), HasSubstr("only against a server on this machine"));
  EXPECT_EQ(why({.risk = Risk::P3, .loopback = true}), "");
}

TEST(ConsentTest, InboxAndSlownessAreAskedFor) {
  Scenario one;
  one.inbox = true;
  EXPECT_THAT(not_allowed(one, {}, true), Optional(HasSubstr("--allow-inbox")));
  EXPECT_EQ(not_allowed(one, {.inbox = true}, false), std::nullopt);
  one.inbox = false;
  one.tags = {"slow"};
  EXPECT_THAT(not_allowed(one, {}, false), Optional(HasSubstr("--slow")));
  EXPECT_EQ(not_allowed(one, {.slow = true}, false), std::nullopt);
  EXPECT_EQ(not_allowed(one, {}, true), std::nullopt);
}

TEST(ConsentTest, WrongPasswordsComeAloneAndLast) {
  Scenario one;
  EXPECT_FALSE(runs_alone(one));
  one.sends = {"password"};
  EXPECT_FALSE(runs_alone(one));
  one.sends = {"plain-wrong"};
  EXPECT_TRUE(runs_alone(one));
  one.sends = {"wrong-password"};
  EXPECT_TRUE(runs_alone(one));
}

}  // namespace
}  // namespace imapspec::runner
