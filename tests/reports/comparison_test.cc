// Runs against several servers, side by side.
#include "reports/comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "reports/escape.h"

namespace imapspec::reports {
namespace {

using runner::Verdict;
using testing::HasSubstr;
using testing::Not;

runner::RunResult run_of(std::string name, const std::vector<std::pair<std::string, Verdict>>& scenarios) {
  runner::RunResult run;
  run.target.name = std::move(name);
  for (const auto& [id, verdict] : scenarios) {
    runner::ScenarioResult scenario;
    scenario.id = id;
    scenario.verdict = verdict;
    scenario.requirements = {"1/" + id.substr(id.find('/') + 1)};
    if (verdict == Verdict::Fail || verdict == Verdict::Warn) {
      runner::Finding finding;
      finding.requirement = scenario.requirements.front();
      finding.rfc = "9051";
      finding.verdict = verdict;
      finding.scenarios = {id};
      scenario.findings.push_back(finding);
    }
    run.scenarios.push_back(std::move(scenario));
  }
  runner::merge_findings(run);
  return run;
}

const std::vector<runner::RunResult>& sample_runs() {
  static const std::vector<runner::RunResult> runs = {
      run_of("one", {{"a/x", Verdict::Pass}, {"a/y", Verdict::Fail}, {"b/z", Verdict::Pass}}),
      run_of("two|", {{"a/x", Verdict::Info}, {"a/y", Verdict::Unimplemented}, {"b/z", Verdict::Warn}}),
  };
  return runs;
}

TEST(Comparison, HasAColumnForEachRun) {
  EXPECT_EQ(comparison_report(sample_runs(), Form::Text),
            "scenarios      one  two|\n"
            "pass           2    0\n"
            "fail           1    0\n"
            "warn           0    1\n"
            "info           0    1\n"
            "unimplemented  0    1\n"
            "\n"
            "group, passed of those that ran  one  two|\n"
            "a                                1/2  1/1\n"
            "b                                1/1  0/1\n"
            "\n"
            "requirement          one   two|\n"
            "1/y (RFC 9051 MUST)  fail  -\n"
            "1/z (RFC 9051 MUST)  pass  warn\n");
}

TEST(Comparison, InMarkdownIsATableWhateverANameHolds) {
  const std::string report = comparison_report(sample_runs(), Form::Markdown);
  EXPECT_THAT(report, HasSubstr("| scenarios | one | two\\| |\n| --- | --- | --- |\n| pass | 2 | 0 |\n"));
  EXPECT_THAT(report, HasSubstr("| 1/z (RFC 9051 MUST) | pass | warn |\n"));
  EXPECT_EQ(markdown_text("a\nb|<c>\x1b"), "a\\\\x0Ab\\|\\<c\\>\\\\x1B");
}

}  // namespace
}  // namespace imapspec::reports
