#include "runner/lint/lint.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <set>
#include <utility>

#include "runner/lint/bad_commands.h"
#include "runner/lint/commands.h"
#include "runner/lint/names.h"
#include "runner/lint/patterns.h"
#include "runner/lint/spelling.h"
#include "runner/scenario/step_texts.h"

namespace imapspec::runner {
namespace {

constexpr std::array<LintCheck, 21> kChecks = {{
    {"unused-name", "a name of let, each or mailboxes is used nowhere"},
    {"unused-connection", "a connection that no step is about"},
    {"unused-capture", "a hole binds a name that nothing uses"},
    {"maybe-unbound", "a name is used that has a value only if the server sends what it need not send"},
    {"never-holds", "an expectation asks for what another one of the step forbids"},
    {"shadowed", "an alternative comes after one that matches whatever it would"},
    {"twice", "an expectation stands twice in a step"},
    {"after-closed", "something is sent on a connection that is closed by then"},
    {"too-many-bad", "a connection gets more bad commands than a server is asked to bear"},
    {"not-in-profile", "a pattern asks for what the grammar of the scenario's profile does not have"},
    {"command-grammar", "a command that the server is to take does not follow the grammar"},
    {"wrong-state", "a command that the server is to take wants a login or a mailbox, and there is none"},
    {"line-end", "a command has a line end of its own, besides the one that the runner adds"},
    {"quoted-reference", "a reference stands in double quotes, of which it may write its own"},
    {"never-completes", "a completion is awaited that cannot come"},
    {"typed-tag", "a pattern has a tag with which nothing is sent"},
    {"no-mailbox", "{mailbox} is used in a scenario without a mailbox"},
    {"misspelt", "a flag, an attribute of a mailbox or a response code is nearly a known one"},
    {"requirement-not-tested", "a requirement of the scenario that no expectation is about"},
    {"requirement-not-listed", "an expectation is about a requirement that the scenario does not name"},
    {"unused-fragment", "a fragment that no scenario uses"},
}};

using Ids = std::set<std::string, std::less<>>;

void lint_requirements(const Scenario& scenario, const Ids& judged_always, std::vector<LintFinding>& findings) {
  Ids tested = judged_always;
  bool by_default = false;
  each_step(scenario.steps, [&](const Step& step) {
    // A handshake and silence are judged without an expectation.
    if (std::holds_alternative<TlsStep>(step.action) || std::holds_alternative<QuietStep>(step.action)) {
      by_default = by_default || step.requirement.empty();
      tested.insert(step.requirement);
    }
    for (const Expectation& expectation : step.expectations) {
      if (expectation.requirement.empty()) {
        by_default = by_default || expectation.kind != Expectation::Kind::May;
        continue;
      }
      const bool listed =
          std::ranges::find(scenario.requirements, expectation.requirement) != scenario.requirements.end();
      if (!listed && tested.insert(expectation.requirement).second) {
        findings.push_back({"requirement-not-listed", expectation.where,
                            "the scenario does not name the requirement " + expectation.requirement,
                            "add it to \"requirement\""});
      }
      tested.insert(expectation.requirement);
    }
  });
  for (std::size_t i = 0; i < scenario.requirements.size(); ++i) {
    const std::string& requirement = scenario.requirements[i];
    if (tested.contains(requirement) || (i == 0 && by_default)) continue;
    findings.push_back({"requirement-not-tested", scenario.where,
                        "no expectation is about the requirement " + requirement,
                        "put \"requirement: " + requirement + "\" beside the expectation that is, or remove it"});
  }
}

// The rows of one scenario have its mistakes in common.
bool same(const LintFinding& a, const LintFinding& b) {
  return a.check == b.check && a.where == b.where && a.message == b.message;
}

}  // namespace

std::span<const LintCheck> lint_checks() { return kChecks; }

std::vector<LintFinding> lint_scenario(const Scenario& scenario, const Ids& judged_always) {
  std::vector<LintFinding> findings;
  lint_names(scenario, findings);
  lint_patterns(scenario, findings);
  lint_commands(scenario, findings);
  lint_spelling(scenario, findings);
  lint_requirements(scenario, judged_always, findings);
  lint_bad_commands(scenario, findings);
  return findings;
}

std::vector<LintFinding> lint_suite(const Suite& suite) {
  std::vector<LintFinding> all;
  Ids judged_always;
  for (const Requirement& requirement : suite.requirements) {
    const bool always = std::ranges::any_of(
        requirement.tests, [](const std::string& test) { return test == "monitor" || test == "grammar"; });
    if (always) judged_always.insert(requirement.id);
  }
  for (const Scenario& scenario : suite.scenarios) {
    for (LintFinding& finding : lint_scenario(scenario, judged_always)) {
      if (std::ranges::none_of(all, [&](const LintFinding& known) { return same(known, finding); })) {
        all.push_back(std::move(finding));
      }
    }
  }
  for (const Where& fragment : suite.unused_fragments) {
    all.push_back({"unused-fragment", fragment, "no scenario uses this fragment", "remove the file"});
  }
  return all;
}

}  // namespace imapspec::runner
