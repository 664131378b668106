// What a server answered, unit by unit.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "parser/core/arena.h"
#include "parser/grammar/response.h"
#include "runner/run/link.h"

namespace imapspec::runner {

// Received is one unit from the server.
struct Received {
  std::string octets;                        // as they came
  std::string repaired;                      // what was read instead of `octets`, where that had to be
  std::unique_ptr<parser::Arena> arena;      // what `response` views lives here and in the octets that were read
  std::optional<parser::Response> response;  // nullopt where even repair did not make it parse
  bool beyond_limits = false;                // of the parser: nothing is known of it, and nothing is wrong with it

  [[nodiscard]] bool is_continuation() const {
    return response && std::holds_alternative<parser::ContinueReq>(*response);
  }
};

// Exchange is what came back for one thing sent.
struct Exchange {
  std::string tag;                     // of the command; empty for raw octets and starts
  std::string sent;                    // shown: escaped, without secrets
  std::deque<Received> responses;      // a deque: the values view the octets, which must not move
  bool closed = false;                 // the server closed the connection
  std::optional<LinkError> trouble;    // a timeout, or our own limits: no statement about the server
  std::size_t times = 0;               // a command was sent until something came; 0: that was not asked for
  std::chrono::milliseconds asked{0};  // since it was sent first

  // completion is the tagged response to `tag`, or to another one.
  [[nodiscard]] const parser::StatusResponse* completion() const { return completion_of(tag); }
  [[nodiscard]] const parser::StatusResponse* completion_of(std::string_view of) const;
};

}  // namespace imapspec::runner
