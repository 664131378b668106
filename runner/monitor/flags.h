// Which flags a mailbox has, and which of them may be kept.
//
// RFC 9051 sections 2.3.2, 6.4.6, 7.1, 7.3.5, 9
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parser/grammar/command.h"
#include "parser/grammar/response.h"
#include "runner/monitor/session.h"

namespace imapspec::runner {

// Flags follows FLAGS and PERMANENTFLAGS of the selected mailbox, and holds messages' flags against them.
class Flags {
 public:
  explicit Flags(Session& session) : session_(session) {}

  void on_flags(const parser::FlagsData& data);
  void on_permanent_flags(parser::List<parser::Flag> flags);
  void on_sent(const SentCommand& command);
  void on_fetch(const parser::Fetch& fetch);
  void on_expunge() { stored_.clear(); }
  void on_completed(const SentCommand& command, const parser::StatusResponse& status);
  // on_closed is for a mailbox whose flags no longer count.
  void on_closed();

 private:
  void check_names(parser::List<parser::Flag> flags, std::string_view where);
  [[nodiscard]] bool announced(std::string_view flag) const;
  void check_permanent();
  // learn_keywords notes which keywords a message has; check_keywords compares them with FLAGS.
  void learn_keywords(std::uint32_t number, parser::List<parser::Flag> flags);
  void check_keywords();
  // on_stored_flags takes the flags of a message while STORE is in progress alone.
  void on_stored_flags(const parser::Fetch& fetch, parser::List<parser::Flag> flags);
  [[nodiscard]] bool is_result(const parser::commands::Store& store, parser::List<parser::Flag> flags) const;

  Session& session_;
  bool told_ = false;                     // FLAGS came since SELECT
  bool told_again_ = false;               // and once more, which was not compared yet
  std::vector<std::string> announced_;    // in upper case, sorted
  std::vector<std::string> permanent_;    // the same, of the last PERMANENTFLAGS
  bool told_permanent_ = false;           // which were not compared yet
  std::vector<std::string> keywords_;     // in upper case: what the bits of ToldMessage::keywords mean
  std::map<std::uint32_t, bool> stored_;  // by message number: one of the answers to STORE is its result
  std::vector<std::pair<std::uint32_t, std::uint32_t>> asked_;  // the ranges of its set, sorted
};

}  // namespace imapspec::runner
