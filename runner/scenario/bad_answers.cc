#include "runner/scenario/bad_answers.h"

#include <algorithm>
#include <string_view>
#include <variant>

#include "parser/core/ascii.h"

namespace imapspec::runner {
namespace {

// Whether a pattern is BAD, tagged or not.
bool is_bad_answer(std::string_view pattern) {
  constexpr std::string_view kBad = "BAD";
  const std::string_view first = pattern.substr(0, pattern.find(' '));
  if (parser::equal_ignoring_case(first, kBad)) return true;
  pattern.remove_prefix(std::min(first.size() + 1, pattern.size()));
  return parser::equal_ignoring_case(pattern.substr(0, pattern.find(' ')), kBad);
}

bool is_right(const Alternative& alternative) { return alternative.verdict.value_or(Verdict::Pass) == Verdict::Pass; }

bool is_right_and_bad(const Alternative& alternative) {
  return is_right(alternative) && is_bad_answer(alternative.pattern.text);
}

void add_expected(const Expectation& expectation, BadAnswers& answers) {
  using Kind = Expectation::Kind;
  const auto bad = static_cast<std::size_t>(std::ranges::count_if(expectation.alternatives, is_right_and_bad));
  if (bad == 0 || expectation.kind == Kind::MustNot) return;
  if (expectation.kind == Kind::InOrder || expectation.kind == Kind::Only) {
    answers.sure += bad;
    answers.possible += bad;
    return;
  }
  ++answers.possible;
  const auto right = static_cast<std::size_t>(std::ranges::count_if(expectation.alternatives, is_right));
  if (expectation.kind == Kind::Must && bad == right) ++answers.sure;
}

}  // namespace

BadAnswers bad_answers(const Step& step) {
  BadAnswers answers;
  for (const Expectation& expectation : step.expectations) add_expected(expectation, answers);
  if (const auto* const pipeline = std::get_if<PipelineStep>(&step.action)) {
    for (const Step& command : pipeline->commands) {
      const BadAnswers more = bad_answers(command);
      answers.sure += more.sure;
      answers.possible += more.possible;
    }
  } else if (!std::holds_alternative<SendStep>(step.action)) {
    // Whatever is expected of its answer, a command has one.
    answers.sure = std::min<std::size_t>(answers.sure, 1);
    answers.possible = std::min<std::size_t>(answers.possible, 1);
  }
  return answers;
}

}  // namespace imapspec::runner
