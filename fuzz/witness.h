// A witness of one connection: all that the server says is held against the strict parser, the grammar and the monitor.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fuzz/grammar_judge.h"
#include "parser/core/arena.h"
#include "parser/framing/framer.h"
#include "parser/grammar/profile.h"
#include "runner/monitor/monitor.h"
#include "runner/monitor/sent_octets.h"
#include "server/session/offer.h"

namespace imapspec::fuzz {

// Witness sees both directions, in any pieces. What the client sends up to a synchronizing literal, and what follows
// it, must be two calls with the answer between them.
class Witness {
 public:
  // The server offers `offer`. The judges may be shared, and left out; both must outlive the witness.
  Witness(const server::Offer& offer, GrammarJudges* judges);

  void on_sent(std::string_view octets);
  void on_said(std::string_view octets);
  void on_tls();

  // profile is the grammar in force.
  [[nodiscard]] const parser::Profile& profile() const { return profile_; }

  // invited says whether the last thing said was a continuation request.
  [[nodiscard]] bool invited() const { return invited_; }

  // take hands over the complaints since the last call.
  std::vector<std::string> take();

 private:
  void use_profile(bool rev2_enabled);
  void on_unit(std::string_view unit);
  void complain(std::string_view what, std::string_view unit);

  const server::Offer* offer_;
  GrammarJudges* judges_;
  GrammarJudge* judge_ = nullptr;
  parser::Profile profile_;
  runner::SentOctets sent_;
  parser::Framer from_server_{parser::Direction::FromServer};
  parser::Arena arena_;
  runner::Monitor monitor_;
  bool greeted_ = false;
  bool invited_ = false;
  std::vector<std::string> complaints_;
};

}  // namespace imapspec::fuzz
