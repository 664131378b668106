// Folders of scenarios, with their ledger.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runner/scenario/loader.h"
#include "tests/runner/load_errors.h"
#include "tests/runner/temporary_folder.h"

namespace imapspec::runner {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string scenario(std::string_view requirement) {
  return "title: T\nrequirement: " + std::string(requirement) +
         "\nstart: connected\nsteps:\n  - C: 'NOOP'\n  - S: 'OK'\n";
}

std::string row(std::string_view id) { return "- {id: " + std::string(id) + ", section: '1', level: must, text: T}\n"; }

class Suites : public ::testing::Test {
 protected:
  std::vector<std::string> errors(std::vector<Requirement> built_in = {}) {
    std::vector<std::string> lines = error_lines(load_suite(folder_.path(), std::move(built_in)));
    const std::string prefix = folder_.path().string();
    // Without the temporary folder's name.
    for (std::string& line : lines) {
      for (auto at = line.find(prefix); at != std::string::npos; at = line.find(prefix))
        line.replace(at, prefix.size(), "DIR");
    }
    return lines;
  }

  TemporaryFolder folder_;
};

TEST_F(Suites, AreReadInOrderOfId) {
  folder_.write("ledger/b.yaml", row("b/x"));
  folder_.write("ledger/a.yaml", row("a/y") + row("a/x"));
  folder_.write("z.yaml", scenario("a/x"));
  folder_.write("rfc/6-b/one.yaml", scenario("[a/x, b/x, built-in]"));
  folder_.write("rfc/6.yaml", scenario("a/x"));
  folder_.write("rfc/6-b.yaml", scenario("a/x"));
  folder_.write("messages/fixture.yaml", "not a scenario");
  folder_.write("README.md", "not a scenario");
  folder_.write(".hidden.yaml", "not a scenario");
  folder_.write(".git/x.yaml", "not a scenario");
  Requirement built_in;
  built_in.id = "built-in";
  built_in.tests = {"monitor"};
  const auto suite = load_suite(folder_.path(), {built_in});
  ASSERT_THAT(error_lines(suite), IsEmpty());
  EXPECT_EQ(suite->folder, folder_.path());
  std::vector<std::string> ids;
  for (const Scenario& one : suite->scenarios) ids.push_back(one.id);
  EXPECT_THAT(ids, ElementsAre("rfc/6", "rfc/6-b", "rfc/6-b/one", "z"));
  EXPECT_EQ(suite->scenarios[3].where.file, (folder_.path() / "z.yaml").string());

  std::vector<std::string> rows;
  for (const Requirement& one : suite->requirements) rows.push_back(one.id);
  EXPECT_THAT(rows, ElementsAre("a/y", "a/x", "b/x", "built-in"));
  EXPECT_THAT(suite->requirements[0].tests, IsEmpty());
  EXPECT_THAT(suite->requirements[1].tests, ElementsAre("rfc/6", "rfc/6-b", "rfc/6-b/one", "z"));
  EXPECT_THAT(suite->requirements[2].tests, ElementsAre("rfc/6-b/one"));
  EXPECT_THAT(suite->requirements[3].tests, ElementsAre("monitor", "rfc/6-b/one"));
}

TEST_F(Suites, CountARequirementOncePerScenario) {
  folder_.write("ledger/a.yaml", row("a") + row("b"));
  folder_.write("s.yaml", scenario("a") + "    requirement: a\n  - S: '* OK'\n    requirement: b\n");
  const auto suite = load_suite(folder_.path());
  ASSERT_THAT(error_lines(suite), IsEmpty());
  EXPECT_THAT(suite->requirements[0].tests, ElementsAre("s"));
  EXPECT_THAT(suite->requirements[1].tests, ElementsAre("s"));
}

TEST_F(Suites, NameOnlyRequirementsThatExist) {
  folder_.write("ledger/a.yaml", row("6.3.2/uidvalidity-is-sent"));
  folder_.write("s.yaml", scenario("6.3.2/uidvalidity-is-snet") + "    requirement: other\n");
  EXPECT_THAT(errors(), ElementsAre("DIR/s.yaml:2:14: the requirement \"6.3.2/uidvalidity-is-snet\" is not in the "
                                    "ledger; did you mean \"6.3.2/uidvalidity-is-sent\"?",
                                    "DIR/s.yaml:7:18: the requirement \"other\" is not in the ledger"));
}

TEST_F(Suites, HaveEveryRequirementOnce) {
  folder_.write("ledger/a.yaml", row("a") + row("a"));
  folder_.write("s.yaml", scenario("a"));
  EXPECT_THAT(errors(), ElementsAre("DIR/ledger/a.yaml:2:3: duplicate id \"a\"; the first is in line 1"));
  folder_.write("ledger/a.yaml", row("a"));
  folder_.write("ledger/b.yaml", row("a"));
  EXPECT_THAT(errors(), ElementsAre("DIR/ledger/b.yaml:1:3: duplicate id \"a\"; the first is DIR/ledger/a.yaml:1"));
  folder_.write("ledger/b.yaml", row("b"));
  Requirement built_in;
  built_in.id = "b";
  EXPECT_THAT(errors({built_in}), ElementsAre("DIR: duplicate id \"b\"; the first is DIR/ledger/b.yaml:1"));
  built_in.id = "c";
  EXPECT_THAT(errors({built_in, built_in}),
              ElementsAre("DIR: duplicate id \"c\"; the first is a row of the program itself"));
}

TEST_F(Suites, ShowTheErrorsOfAllFiles) {
  folder_.write("ledger/a.yaml", "- {id: a}\n");
  folder_.write("one.yaml", "title: [\n");
  folder_.write("two.yaml", scenario("a") + "extra: 1\n");
  EXPECT_THAT(
      errors(),
      ElementsAre(
          "DIR/ledger/a.yaml:1:3: the key \"section\" is missing",
          "DIR/ledger/a.yaml:1:3: the key \"level\" is missing", "DIR/ledger/a.yaml:1:3: the key \"text\" is missing",
          "DIR/one.yaml:2:1: not YAML: end of sequence flow not found; a bracket is not closed, or wire text is not in "
          "single quotes",
          "DIR/two.yaml:7:1: unknown key \"extra\"; expected one of title, requirement, start, tls, "
          "needs, profile, mailbox, mailboxes, let, each, connections, steps, version, class, inbox, tags, reconnect"));
}

TEST_F(Suites, AreNotEmpty) {
  EXPECT_THAT(errors(), ElementsAre("DIR: there are no scenarios in the folder"));
  folder_.write("messages/a.yaml", scenario("a"));
  EXPECT_THAT(errors(), ElementsAre("DIR: there are no scenarios in the folder"));
  EXPECT_THAT(error_lines(load_suite("/nowhere/at/all")), ElementsAre("/nowhere/at/all: there is no such folder"));
}

TEST_F(Suites, HaveNoFileThatWouldBeMissed) {
  folder_.write("a.yml", scenario("a"));
  EXPECT_THAT(errors(), ElementsAre("DIR/a.yml: expected the extension .yaml"));
  std::filesystem::remove(folder_.path() / "a.yml");
  folder_.write("with space.yaml", scenario("a"));
  EXPECT_THAT(errors(),
              ElementsAre("DIR/with space.yaml: a path of a scenario is made of letters, digits and . _ + -"));
}

TEST_F(Suites, StayInTheirFolder) {
  TemporaryFolder outside;
  outside.write("s.yaml", scenario("a"));
  folder_.write("ledger/a.yaml", row("a"));
  folder_.write("s.yaml", scenario("a"));
  std::filesystem::create_symlink(outside.path() / "s.yaml", folder_.path() / "link.yaml");
  std::filesystem::create_directory_symlink(outside.path(), folder_.path() / "linked");
  EXPECT_THAT(errors(),
              ::testing::UnorderedElementsAre("DIR/link.yaml: a link out of the folder",
                                              "DIR/linked: a link to a folder; scenarios behind it are not read"));
  std::filesystem::remove(folder_.path() / "link.yaml");
  std::filesystem::remove(folder_.path() / "linked");
  std::filesystem::create_symlink("s.yaml", folder_.path() / "link.yaml");
  EXPECT_THAT(errors(), IsEmpty());
}

}  // namespace
}  // namespace imapspec::runner
