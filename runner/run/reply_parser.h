// Octets from a server to responses, and what the grammar has against them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "parser/diagnose/diagnose.h"
#include "parser/grammar/profile.h"
#include "runner/monitor/monitor.h"
#include "runner/run/exchange.h"
#include "runner/run/transcript.h"

namespace imapspec::runner {

// ReplyParser reads what one server says on one connection. What does not parse is repaired where that keeps its
// meaning, so that the conversation goes on.
class ReplyParser {
 public:
  ReplyParser(parser::Profile profile, Transcript transcript) : profile_(profile), transcript_(std::move(transcript)) {}

  [[nodiscard]] const parser::Profile& profile() const { return profile_; }

  // enable widens the grammar by what ENABLED told.
  void enable(std::string_view capability);

  // parse fills in `received.response` from its octets, or from what it repairs them to. What is beyond the parser's
  // limits is marked as that.
  void parse(Received& received, parser::Unit unit);

  // set_code_apart reads a text that only lacks a space, or a text behind it, to be a response code as that code. The
  // monitor, which records it, is told of the response before.
  void set_code_apart(Received& received, parser::Unit unit);

  // take_findings hands over the responses that did not parse since the last call.
  std::vector<Violation> take_findings();

 private:
  // told is an error with the rules that were open, and the sections that say so.
  [[nodiscard]] std::string told(const parser::Error& error, std::string_view octets, parser::Unit unit) const;
  parser::Diagnosis diagnose(std::string_view octets, parser::Unit unit, const parser::Error& error);

  parser::Profile profile_;
  Transcript transcript_;
  std::vector<Violation> findings_;
  std::size_t unexplained_octets_ = 0;
  std::vector<std::string> told_deviations_;  // of all findings so far
};

}  // namespace imapspec::runner
