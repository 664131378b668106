#include "runner/lint/bad_commands.h"

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <variant>

#include "runner/scenario/bad_answers.h"
#include "runner/scenario/target.h"

namespace imapspec::runner {
namespace {

// BadCounter adds up what is plainly answered BAD.
class BadCounter {
 public:
  BadCounter(std::size_t most, std::vector<LintFinding>& findings) : most_(most), findings_(findings) {}

  void count(std::span<const Step> steps) {
    for (const Step& step : steps) {
      if (const auto* const at_once = std::get_if<AtOnceStep>(&step.action)) {
        for (const auto& branch : at_once->branches) count(branch);
        continue;
      }
      std::size_t& so_far = of_connection_[step.connection];
      if (std::holds_alternative<ConnectStep>(step.action)) so_far = 0;
      const std::size_t more = bad_answers(step).sure;
      if (so_far <= most_ && so_far + more > most_) {
        findings_.push_back(
            {"too-many-bad", step.where,
             "more than " + std::to_string(most_) +
                 " commands of a connection are to be answered BAD: the scenario is skipped here, unless "
                 "a target says that its server bears more",
             "use \"connect\" before it, or \"reconnect: true\""});
      }
      so_far += more;
    }
  }

 private:
  const std::size_t most_;
  std::vector<LintFinding>& findings_;
  std::map<std::size_t, std::size_t> of_connection_;
};

}  // namespace

void lint_bad_commands(const Scenario& scenario, std::vector<LintFinding>& findings) {
  if (scenario.reconnect) return;
  constexpr BadCommands kMost;
  // Who may log in somewhere is not followed there.
  const std::size_t most = scenario.risk == Risk::P0 ? kMost.before_login : kMost.after_login;
  BadCounter(most, findings).count(scenario.steps);
}

}  // namespace imapspec::runner
