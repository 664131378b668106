// A recording as commands and what came back for each.
//
// RFC 9051 sections 2.2, 5.5
#pragma once

#include <string>
#include <vector>

#include "parser/grammar/response.h"
#include "runner/record/recording.h"

namespace imapspec::runner {

// Turn is a command and its answer. It views the recording.
struct Turn {
  const Said* said = nullptr;
  std::vector<const Said*> lines;                  // of AUTHENTICATE and IDLE
  std::vector<const parser::Response*> responses;  // untagged, from the completion before this one on
  bool asked_on = false;                           // a continuation request came that no literal waited for
  const parser::StatusResponse* completion = nullptr;

  [[nodiscard]] bool ok() const { return completion->status == parser::Status::Ok; }
};

// Conversation turns of a recording: the greeting, then the commands that completed, in the order in which they were
// sent. What was said before TLS is left out: how a connection is secured is a run's business.
struct Turns {
  const parser::StatusResponse* greeting = nullptr;
  std::vector<Turn> commands;
  std::vector<std::string> left_out;  // commands that never completed
};
Turns turns_of(const Recording& recording);

}  // namespace imapspec::runner
