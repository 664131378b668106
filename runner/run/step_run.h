// The steps of a scenario, one after the other and at once.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runner/match/bindings.h"
#include "runner/result/result.h"
#include "runner/run/connections.h"
#include "runner/run/context.h"
#include "runner/run/judge.h"
#include "runner/scenario/scenario.h"

namespace imapspec::runner {

// Ending is why a scenario came to an end other than by a finding.
struct Ending {
  Verdict verdict = Verdict::Error;
  std::string reason;
};

// StepScope is what all steps of a scenario share.
struct StepScope {
  const Scenario& scenario;
  const RunContext& context;
  std::string_view profile;  // "rev1" or "rev2"
  Connections& connections;
};

// StepRun performs steps in one thread and gathers what they find.
class StepRun {
 public:
  // What the scope refers to must outlive the run.
  StepRun(const StepScope& scope, Bindings bindings);
  StepRun(const StepRun&) = delete;
  StepRun& operator=(const StepRun&) = delete;

  // run performs steps until one ends the scenario, and says whether none did.
  bool run(const std::vector<Step>& steps);

  // facts answers what conditions ask, about the connection of the step that is being performed.
  [[nodiscard]] const Condition::Facts& facts() const { return facts_; }

  [[nodiscard]] const Bindings& bindings() const { return bindings_; }
  [[nodiscard]] std::vector<Finding>& findings() { return findings_; }
  [[nodiscard]] const std::optional<Ending>& ending() const { return ending_; }

 private:
  bool perform(const Step& step);
  bool open(Connection& connection, Start start);
  bool judge_step(const Step& step);
  // read_to_end reads on where the end of the connection is expected.
  void read_to_end(const Step& step);
  // end_by_bye ends the scenario where the server ended the connection. Always false.
  bool end_by_bye();

  bool act(const Step& step, const StartStep& action);
  bool act(const Step& step, const CommandStep& action);
  bool act(const Step& step, const PipelineStep& action);
  bool act(const Step& step, const ContinueStep& action);
  bool act(const Step& step, const SendStep& action);
  bool act(const Step& step, const WaitStep& action);
  bool act(const Step& step, const QuietStep& action);
  bool act(const Step& step, const PauseStep& action);
  bool act(const Step& step, const TlsStep& action);
  bool act(const Step& step, const HalfCloseStep& action);
  bool act(const Step& step, const CloseStep& action);
  bool act(const Step& step, const ConnectStep& action);
  bool act(const Step& step, const AtOnceStep& action);

  bool ask_again(const Step& step, const CommandStep& action, Clock::time_point begun);
  bool may_ask_again(const Exchange& so_far) const;
  // holds says whether an expectation does, of what came so far.
  [[nodiscard]] bool holds(const Expectation& expectation, const Exchange& so_far) const;
  bool agreed(const Step& step, const HandshakeFacts& wanted, const TlsFacts& got);
  // A step's own expectation that does not hold. Always false.
  bool missed(const Step& step, std::string expected, std::string deviation);
  bool end(Verdict verdict, std::string reason);
  std::optional<WireOctets> expand_or_end(const WireText& text, std::size_t most = kMostExpanded);
  std::optional<Outgoing> outgoing_or_end(const Step& step, const CommandStep& action);
  [[nodiscard]] bool knows_capability(std::string_view name) const;
  [[nodiscard]] std::string fact(std::string_view name) const;
  [[nodiscard]] JudgeInput judge_input() const;

  StepScope scope_;
  Bindings bindings_;
  Condition::Facts facts_;
  Connection* connection_;                        // of the step
  std::optional<std::vector<std::string>> told_;  // what conditions of the step go by
  std::vector<Finding> findings_;
  std::optional<Ending> ending_;
};

}  // namespace imapspec::runner
