// A recording as commands and what came back for each.
//
// RFC 9051 sections 2.2, 5.5
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "parser/grammar/response.h"
#include "runner/record/recording.h"

namespace imapspec::runner {

// Turn is a command and its answer. It views the recording.
struct Turn {
  const Said* said = nullptr;
  std::uint64_t at = 0;                            // when it was sent, by the clock of the recordings
  std::vector<const Said*> lines;                  // of AUTHENTICATE and IDLE
  std::vector<const parser::Response*> responses;  // untagged, from the completion before this one on
  std::uint64_t asked_on = 0;                      // when a continuation request came that no literal waited for
  std::uint64_t went_on = 0;                       // when the first line was sent
  std::size_t heard_before = 0;                    // how many of the responses had come when it was asked for
  std::size_t heard = 0;                           // and when it was sent
  const parser::StatusResponse* completion = nullptr;

  [[nodiscard]] bool ok() const { return completion->status == parser::Status::Ok; }
};

// Conversation turns of a recording: the greeting, then the commands that completed, in the order in which they were
// sent. What was said before TLS is left out, unless somebody was logged in then: how a connection is secured is a
// run's business.
struct Turns {
  const parser::StatusResponse* greeting = nullptr;
  std::vector<Turn> commands;
  std::vector<std::string> left_out;  // commands that never completed
};
Turns turns_of(const Recording& recording);

}  // namespace imapspec::runner
