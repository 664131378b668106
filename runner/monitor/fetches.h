// What FETCH responses say of messages: UIDs, mod-sequences, and all that never changes.
//
// RFC 9051 sections 2.3.1.1, 2.3.4, 6.4.9, 7.5.2, RFC 7162 section 3.1
#pragma once

#include <cstdint>
#include <vector>

#include "parser/grammar/response.h"
#include "runner/monitor/selected_state.h"
#include "runner/monitor/session.h"

namespace imapspec::runner {

// Fetches takes FETCH responses of one connection.
class Fetches {
 public:
  Fetches(Session& session, SelectedState& selection) : session_(session), selected_state_(selection) {}

  void on_fetch(const parser::Fetch& fetch);
  void on_completed(const SentCommand& command, const parser::StatusResponse& status);

 private:
  void learn_uid(std::uint32_t number, std::uint32_t uid, ToldMessage& message);
  void check_uid_is_there(std::uint32_t number, const parser::Fetch& fetch);
  void check_mod_sequence(const parser::Fetch& fetch, ToldMessage* message);
  void check_static_data(const parser::Fetch& fetch, ToldMessage& message);
  // whole_binary says that no command in progress asks for a part of what BINARY is.
  [[nodiscard]] bool whole_binary() const;
  void check_fields(const parser::MsgAtt& item);
  void report(const std::vector<Contradiction>& found);
  // check_doubts is for messages that are there after all.
  void check_doubts();

  Session& session_;
  SelectedState& selected_state_;
  std::vector<Contradiction> contradictions_;  // kept for its memory
  bool doubts_ = false;                        // an answer said nothing, since the last NOOP
};

}  // namespace imapspec::runner
