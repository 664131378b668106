// How many commands a step has that a right server answers BAD.
#pragma once

#include <cstddef>

#include "runner/scenario/scenario.h"

namespace imapspec::runner {

// BadAnswers is what the expectations of a step say of it.
struct BadAnswers {
  std::size_t sure = 0;      // of commands that are to be answered BAD, and nothing else is right
  std::size_t possible = 0;  // of those and of others for which BAD is right too
};

// bad_answers looks at one step, and at the commands of a pipeline.
BadAnswers bad_answers(const Step& step);

}  // namespace imapspec::runner
