// The scenarios that the documents show are what they say: each passes on the bundled server, and lint finds nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/e2e/imapspec_command.h"
#include "tests/e2e/process.h"
#include "tests/runner/temporary_folder.h"
#include "tests/runner/yaml_blocks.h"

namespace imapspec::e2e {
namespace {

namespace fs = std::filesystem;
using runner::TemporaryFolder;

const fs::path kSource = IMAPSPEC_SOURCE_DIR;

// DocumentSuite is a folder with the scenarios of a document. The first line of a block can be a comment with its
// file's name; rows of the ledger are for another test.
class DocumentSuite {
 public:
  explicit DocumentSuite(const std::string& document) {
    fs::copy(kSource / "scenarios" / "messages", folder_.path() / "messages", fs::copy_options::recursive);
    for (const std::string& block : runner::test::yaml_blocks(kSource / "docs" / document)) {
      if (block.starts_with("- id:")) continue;
      std::string name = "example-" + std::string(1, static_cast<char>('a' + scenarios_.size() / 26)) +
                         static_cast<char>('a' + scenarios_.size() % 26) + ".yaml";
      if (block.starts_with("# ")) name = block.substr(2, block.find('\n') - 2);
      folder_.write(name, block);
      if (!name.starts_with("fragments/")) scenarios_.insert(name);
    }
  }

  [[nodiscard]] std::string path() const { return folder_.path().string(); }
  [[nodiscard]] std::size_t size() const { return scenarios_.size(); }
  [[nodiscard]] std::string file(const std::string& name) const { return (folder_.path() / name).string(); }

 private:
  TemporaryFolder folder_;
  std::set<std::string> scenarios_;
};

class Documents : public testing::TestWithParam<const char*> {};

TEST_P(Documents, ShowScenariosThatPass) {
  const DocumentSuite suite(GetParam());
  ASSERT_GE(suite.size(), 5U);
  const TemporaryFolder reports;
  const std::string report = (reports.path() / "report.json").string();
  const Finished finished =
      run_program(command({"run", "--quiet", "--scenarios", suite.path(), "--json", report, "--fail-on", "warn"}));
  EXPECT_EQ(finished.exit_code, 0) << finished.output << finished.errors;
  std::ifstream in(report);
  const auto json = nlohmann::json::parse(in, nullptr, false);
  ASSERT_TRUE(json.is_object());
  std::size_t passed = 0;
  for (const auto& scenario : json["scenarios"]) {
    // The bundled server gives no TLS sessions, and says so by a skip.
    const bool resumes = std::string(scenario["reason"]).find("no TLS session") != std::string::npos;
    EXPECT_TRUE(resumes || scenario["verdict"] == "pass") << scenario["id"] << ": " << scenario["reason"];
    if (resumes || scenario["verdict"] == "pass") ++passed;
  }
  EXPECT_GE(passed, suite.size());
}

TEST_P(Documents, ShowScenariosWithoutMistakes) {
  const DocumentSuite suite(GetParam());
  const Finished finished = run_program(command({"lint", suite.path()}));
  EXPECT_EQ(finished.exit_code, 0);
  EXPECT_EQ(finished.output, "");
}

INSTANTIATE_TEST_SUITE_P(All, Documents, testing::Values("scenario-format.md", "from-imaptest.md"),
                         [](const auto& one) {
                           return std::string(one.param).starts_with("from") ? "FromImaptest" : "ScenarioFormat";
                         });

TEST(Lint, FindsNothingInTheBundledSuite) {
  const Finished finished = run_program(command({"lint"}));
  EXPECT_EQ(finished.exit_code, 0);
  EXPECT_EQ(finished.output, "");
  EXPECT_EQ(finished.errors, "");
}

TEST(Lint, TellsPlaceCheckAndRemedy) {
  const TemporaryFolder folder;
  folder.write("one.yaml",
               "title: t\nrequirement: 6.1.2/noop-succeeds\nstart: connected\nlet: {word: 'x'}\nsteps:\n"
               "  - C: 'NOOP'\n  - S: 'OK'\n");
  const Finished text = run_program(command({"lint", folder.path().string()}));
  EXPECT_EQ(text.exit_code, 1);
  EXPECT_THAT(text.output,
              testing::HasSubstr("one.yaml:4:7: the name \"word\" is used nowhere [unused-name]\n    remove it\n"));
  const Finished json = run_program(command({"lint", "--json", folder.path().string()}));
  EXPECT_EQ(json.exit_code, 1);
  const auto findings = nlohmann::json::parse(json.output, nullptr, false);
  ASSERT_TRUE(findings.is_array());
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0]["check"], "unused-name");
  EXPECT_EQ(findings[0]["line"], 4);
  EXPECT_EQ(findings[0]["column"], 7);
}

TEST(Lint, TellsWhatDoesNotLoadAndWhatMakesNoSense) {
  const TemporaryFolder folder;
  folder.write("one.yaml", "title: t\n");
  const Finished broken = run_program(command({"lint", folder.path().string()}));
  EXPECT_EQ(broken.exit_code, 1);
  EXPECT_THAT(broken.output, testing::HasSubstr("one.yaml:1:1: the key \"requirement\" is missing [load]"));
  EXPECT_EQ(run_program(command({"lint", "--nonsense"})).exit_code, 2);
}

}  // namespace
}  // namespace imapspec::e2e
