// Several connections as one course of events: what happens on which connection of a scenario, in which order.
//
// docs/recording.md
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runner/record/recording.h"
#include "runner/record/turns.h"

namespace imapspec::runner {

// Act is something that a client did.
struct Act {
  enum class Kind : std::uint8_t {
    Connect,  // a connection of the scenario is used once more
    Command,  // a command with its answer
    Begin,    // IDLE up to its continuation request
    Rest,     // the rest of it
  };
  Kind kind = Kind::Command;
  std::size_t recording = 0;   // its place among those that were given
  std::size_t connection = 0;  // its place in Course::connections
  const Turn* turn = nullptr;
};

// Course is what several recordings become. It views them.
struct Course {
  std::vector<std::string> connections;  // of the scenario, by their names; the first is its own
  std::vector<Act> acts;                 // in the order in which the commands were sent
  std::deque<Turns> turns;               // of each recording
};

// course_of puts them in order. A connection that began when another one was over takes its place. nullopt where more
// connections were open at the same time than a scenario can have.
std::optional<Course> course_of(std::span<const Recording* const> recordings);

// clients_of groups recordings so that each group can be one scenario: those of one user, as many as a scenario can
// have. Where nobody logged in it is as if the first user had.
std::vector<std::vector<const Recording*>> clients_of(std::span<const Recording* const> recordings);

}  // namespace imapspec::runner
