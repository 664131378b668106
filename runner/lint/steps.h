// Steps, and the steps inside of them.
#pragma once

#include <variant>
#include <vector>

#include "runner/scenario/scenario.h"

namespace imapspec::runner {

// each_step calls with every step of a list, and then with those that it holds: of a pipeline, or of what happens at
// once.
template <class Call>
void each_step(const std::vector<Step>& steps, const Call& call) {
  for (const Step& step : steps) {
    call(step);
    const auto inside = [&](const auto& action) {
      if constexpr (requires { action.commands; }) each_step(action.commands, call);
      if constexpr (requires { action.branches; }) {
        for (const auto& branch : action.branches) each_step(branch, call);
      }
    };
    std::visit(inside, step.action);
  }
}

}  // namespace imapspec::runner
