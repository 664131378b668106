#include "runner/record/turns.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace imapspec::runner {
namespace {

class TurnReader {
 public:
  Turns read(const Recording& recording) {
    for (const RecordedEvent& event : recording.events()) {
      if (std::holds_alternative<Blurred>(event.what)) break;
      if (const auto* said = std::get_if<Said>(&event.what)) on_said(*said, event.at);
      if (const auto* received = std::get_if<Received>(&event.what); received != nullptr && received->response) {
        on_response(*received->response, event.at);
      }
      if (std::holds_alternative<Secured>(event.what)) on_secured();
    }
    for (const Turn& turn : turns_.commands) {
      if (turn.completion == nullptr) turns_.left_out.push_back(turn.said->name);
    }
    std::erase_if(turns_.commands, [](const Turn& turn) { return turn.completion == nullptr; });
    return std::move(turns_);
  }

 private:
  void on_said(const Said& said, std::uint64_t at) {
    if (said.kind != Said::Kind::Line) {
      turns_.commands.push_back({.said = &said, .at = at, .lines = {}, .responses = {}});
      return;
    }
    Turn* const turn = taking_lines();
    if (turn == nullptr) return;
    if (turn->lines.empty()) {
      turn->went_on = at;
      turn->heard = untagged_.size();
    }
    turn->lines.push_back(&said);
  }

  void on_secured() {
    const bool was_in = std::ranges::any_of(turns_.commands, [](const Turn& turn) {
      return turn.completion != nullptr && turn.ok() &&
             (turn.said->name == "LOGIN" || turn.said->name == "AUTHENTICATE");
    });
    untagged_.clear();
    if (!was_in) turns_.commands.clear();
  }

  // The command in progress that a continuation request or a line belongs to.
  Turn* taking_lines() {
    const auto found = std::find_if(turns_.commands.rbegin(), turns_.commands.rend(), [](const Turn& turn) {
      return turn.completion == nullptr && (turn.said->name == "AUTHENTICATE" || turn.said->name == "IDLE");
    });
    return found == turns_.commands.rend() ? nullptr : &*found;
  }

  void on_response(const parser::Response& response, std::uint64_t at) {
    if (std::holds_alternative<parser::ContinueReq>(response)) {
      Turn* const turn = taking_lines();
      if (turn != nullptr && turn->asked_on == 0) {
        turn->asked_on = at;
        turn->heard_before = untagged_.size();
      }
      return;
    }
    const auto* status = std::get_if<parser::StatusResponse>(&response);
    if (turns_.greeting == nullptr && status != nullptr && turns_.commands.empty() && !status->tag) {
      turns_.greeting = status;
      return;
    }
    if (status == nullptr || !status->tag) {
      untagged_.push_back(&response);
      return;
    }
    const std::string_view tag = *status->tag;
    for (Turn& turn : turns_.commands) {
      if (turn.completion != nullptr || turn.said->tag != tag) continue;
      turn.completion = status;
      turn.responses = std::exchange(untagged_, {});
      return;
    }
  }

  Turns turns_;
  std::vector<const parser::Response*> untagged_;
};

}  // namespace

Turns turns_of(const Recording& recording) { return TurnReader().read(recording); }

}  // namespace imapspec::runner
