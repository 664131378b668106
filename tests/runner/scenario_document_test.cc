// The examples of docs/scenario-format.md are what the loader reads.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "runner/scenario/loader.h"
#include "runner/scenario/reference.h"
#include "tests/runner/load_errors.h"
#include "tests/runner/yaml_blocks.h"

namespace imapspec::runner {
namespace {

using ::testing::IsEmpty;

// Its scenarios are run by tests/e2e.
TEST(ScenarioDocument, HasRowsOfALedgerThatLoad) {
  int ledgers = 0;
  for (const std::string& block : test::yaml_blocks(IMAPSPEC_SOURCE_DIR "/docs/scenario-format.md")) {
    if (!block.starts_with("- id:")) continue;
    EXPECT_THAT(error_lines(parse_ledger(block, "ledger.yaml")), IsEmpty()) << block;
    ++ledgers;
  }
  EXPECT_GE(ledgers, 1);
}

TEST(ScenarioDocument, NamesEveryRuleAndName) {
  std::ifstream file(IMAPSPEC_SOURCE_DIR "/docs/scenario-format.md");
  std::stringstream document;
  document << file.rdbuf();
  for (const auto words : {hole_rules(), hole_wildcards(), hole_directives(), built_in_names()}) {
    for (const std::string_view word : words) {
      EXPECT_THAT(document.str(), ::testing::HasSubstr("`" + std::string(word) + "`"));
    }
  }
}

}  // namespace
}  // namespace imapspec::runner
