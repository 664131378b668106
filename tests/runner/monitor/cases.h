// For each check a session that trips it and one where it holds.
#pragma once

#include <string_view>
#include <vector>

#include "parser/grammar/profile.h"
#include "tests/runner/monitor/script.h"

namespace imapspec::runner::test {

// Case is a pair of sessions about one check.
struct Case {
  std::string_view check;
  Lines trips;
  Lines holds;
  parser::Profile profile = parser::kRev2;
  parser::Profile read_as = parser::kRev2;
};

// with is a profile with an extension.
constexpr parser::Profile with(parser::Profile profile, parser::Extension extension) { return profile.add(extension); }

std::vector<Case> connection_cases();
std::vector<Case> mailbox_cases();
std::vector<Case> message_cases();

}  // namespace imapspec::runner::test
