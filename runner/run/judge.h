// Expectations against what came back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runner/match/bindings.h"
#include "runner/result/result.h"
#include "runner/run/context.h"
#include "runner/run/conversation.h"
#include "runner/scenario/scenario.h"

namespace imapspec::runner {

// JudgeInput is what expectations are judged with.
struct JudgeInput {
  const Scenario& scenario;
  const RunContext& context;
  const Condition::Facts& facts;
  const Transcript& transcript;
  bool bye = false;  // the server has said BYE, and no LOGOUT asked for it
};

// Judgement is the outcome of one step. `stop` is set when a later step has nothing to stand on.
struct Judgement {
  std::vector<Finding> findings;
  bool stop = false;
  bool cut_off = false;  // by BYE, which may come at any time: the step could not be judged
  std::string trouble;   // the step could not be judged: the harness or the network
};

// judge compares one step's expectations with its exchange and binds what holes captured.
Judgement judge(const Step& step, const Exchange& exchange, const JudgeInput& input, Bindings& bindings);

// make_finding fills in a finding's section and level from the ledger.
Finding make_finding(const RunContext& context, std::string_view requirement, Check check, Where where);

}  // namespace imapspec::runner
