// A script played to the server and to the model at once.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "fuzz/grammar_judge.h"
#include "server/faults/faults.h"
#include "tests/server/model/script.h"

namespace imapspec::server::model {

// Failure is the first step that was answered wrong.
struct Failure {
  std::size_t step = 0;
  std::string message;
};

struct Played {
  std::size_t commands = 0;  // that were sent
  std::size_t accepted = 0;  // of them, answered OK
  std::optional<Failure> failure;
};

// play starts kSessions sessions of one user, logged in, on a new store, and gives them the steps. What a session
// cannot say (it is not connected, or idles, or the step is no whole unit) is left out, so that any part of a script
// is a script. All output has to please a witness, with the judges if there are any.
Played play(const Script& script, const FaultSet& faults, fuzz::GrammarJudges* judges);

// shrink makes a failing script shorter and simpler, as long as it fails.
Script shrink(Script script, const FaultSet& faults, fuzz::GrammarJudges* judges);

}  // namespace imapspec::server::model
