// Patterns beside each other.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runner/lint/lint.h"

namespace imapspec::runner {

// lint_patterns finds expectations that can never match, and those that others leave nothing for.
void lint_patterns(const Scenario& scenario, std::vector<LintFinding>& findings);

// takes_all_of says whether whatever matches `narrow` matches `wide` as well. It says no where it cannot know.
bool takes_all_of(std::string_view wide, std::string_view narrow);

// not_in_profile says why no server that speaks only `profile` ("rev1", "rev2") can send what a pattern asks for.
std::optional<std::string> not_in_profile(std::string_view pattern, std::string_view profile);

}  // namespace imapspec::runner
