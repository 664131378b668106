// Which flags a mailbox has, and which of them may be kept.
//
// RFC 9051 sections 2.3.2, 7.1, 7.3.5, 9
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parser/grammar/response.h"
#include "runner/monitor/session.h"

namespace imapspec::runner {

// Flags follows FLAGS and PERMANENTFLAGS of the selected mailbox, and holds messages' flags against them.
class Flags {
 public:
  explicit Flags(Session& session) : session_(session) {}

  void on_flags(const parser::FlagsData& data);
  void on_permanent_flags(parser::List<parser::Flag> flags);
  void on_fetch(const parser::Fetch& fetch);
  void on_completed(const SentCommand& command);
  // on_closed is for a mailbox whose flags no longer count.
  void on_closed();

 private:
  void check_names(parser::List<parser::Flag> flags, std::string_view where);
  [[nodiscard]] bool announced(std::string_view flag) const;

  Session& session_;
  bool told_ = false;                   // FLAGS came since SELECT
  std::vector<std::string> announced_;  // in upper case, sorted
  std::vector<std::string> permanent_;  // that were told and not compared yet
};

}  // namespace imapspec::runner
