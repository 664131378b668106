// All steps of a list and their texts, also of those inside steps.
#pragma once

#include <functional>
#include <span>

#include "runner/scenario/scenario.h"

namespace imapspec::runner {

// each_step calls `visit` for each step, and for those inside it.
void each_step(std::span<const Step> steps, const std::function<void(const Step&)>& visit);

// each_sent_text calls `visit` for what is sent.
void each_sent_text(std::span<const Step> steps, const std::function<void(const WireText&)>& visit);

// each_expected_text calls `visit` for what is expected; `binds` says whether its holes bind names.
void each_expected_text(std::span<const Step> steps, const std::function<void(const WireText&, bool binds)>& visit);

}  // namespace imapspec::runner
