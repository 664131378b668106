#include "runner/scenario/step_texts.h"

namespace imapspec::runner {
void each_step(std::span<const Step> steps, const std::function<void(const Step&)>& visit) {
  for (const Step& step : steps) {
    visit(step);
    if (const auto* pipeline = std::get_if<PipelineStep>(&step.action)) {
      each_step(pipeline->commands, visit);
    } else if (const auto* at_once = std::get_if<AtOnceStep>(&step.action)) {
      for (const auto& branch : at_once->branches) each_step(branch, visit);
    }
  }
}

void each_sent_text(std::span<const Step> steps, const std::function<void(const WireText&)>& visit) {
  each_step(steps, [&](const Step& step) {
    if (const auto* command = std::get_if<CommandStep>(&step.action)) {
      if (command->tag) visit(*command->tag);
      visit(command->text);
    } else if (const auto* going_on = std::get_if<ContinueStep>(&step.action)) {
      visit(going_on->text);
    } else if (const auto* send = std::get_if<SendStep>(&step.action)) {
      visit(send->text);
    }
  });
}

void each_expected_text(std::span<const Step> steps, const std::function<void(const WireText&, bool binds)>& visit) {
  each_step(steps, [&](const Step& step) {
    for (const Expectation& expectation : step.expectations) {
      for (const Alternative& alternative : expectation.alternatives) {
        visit(alternative.pattern, expectation.kind != Expectation::Kind::MustNot);
      }
    }
  });
}

}  // namespace imapspec::runner
