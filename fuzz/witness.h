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

namespace imapspec::fuzz {

// Witness sees both directions, in any pieces. What the client sends up to a synchronizing literal, and what follows
// it, must be two calls with the answer between them.
class Witness {
 public:
  // The judge may be shared, and left out; it must outlive the witness.
  explicit Witness(GrammarJudge* judge, const parser::Profile& profile = parser::kRev2);

  void on_sent(std::string_view octets);
  void on_said(std::string_view octets);
  void on_tls();

  // invited says whether the last thing said was a continuation request.
  [[nodiscard]] bool invited() const { return invited_; }

  // take hands over the complaints since the last call.
  std::vector<std::string> take();

 private:
  void on_unit(std::string_view unit);
  void complain(std::string_view what, std::string_view unit);

  GrammarJudge* judge_;
  parser::Profile profile_;
  parser::Framer from_client_{parser::Direction::FromClient};
  parser::Framer from_server_{parser::Direction::FromServer};
  parser::Arena arena_;
  runner::Monitor monitor_;
  bool announced_ = false;  // the monitor knows of the command being sent
  bool waits_ = false;      // a synchronizing literal was announced and not asked for
  bool greeted_ = false;
  bool invited_ = false;
  std::vector<std::string> complaints_;
};

}  // namespace imapspec::fuzz
