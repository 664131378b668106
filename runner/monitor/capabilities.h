// What the server says that it can do, what it enables, and what is left of IMAP4rev1.
//
// RFC 9051 sections 6.1.1, 6.2.1, 6.3.1, 7.2.1, 7.2.2, Appendix A
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "parser/grammar/response.h"
#include "runner/monitor/session.h"

namespace imapspec::runner {

// Capabilities follows CAPABILITY, ENABLED, TLS and login.
class Capabilities {
 public:
  explicit Capabilities(Session& session) : session_(session) {}

  void on_greeting(const parser::StatusResponse& greeting);
  void on_tls();
  void on_sent(const SentCommand& command);
  // on_capability takes a list; `of_code` says that it came in a response code.
  void on_capability(parser::List<parser::AtomName> capabilities, bool of_code);
  void on_enabled(const parser::EnableData& enabled);
  // on_completed is told before the response's code, which is of the time after.
  void on_completed(const SentCommand& command, const parser::StatusResponse& status);
  // on_rev1_response is for a response that IMAP4rev1 has and IMAP4rev2 has not: "RECENT".
  void on_rev1_response(std::string_view what);
  // on_user_data is for a response that only tells a user something: "LIST".
  void on_user_data(std::string_view what);

 private:
  void log_in(const SentCommand& command);

  Session& session_;
  std::optional<std::vector<std::string>> last_;  // in upper case, sorted; since TLS and login last changed
  std::set<std::string> asked_before_;            // in upper case, by ENABLE commands that completed
  bool greeted_ = false;
  bool tls_after_greeting_ = false;
  bool last_listed_ = false;    // the last list was a CAPABILITY response
  bool only_enabled_ = false;   // nothing but ENABLE and CAPABILITY was in progress since
  bool enabled_since_ = false;  // an ENABLE completed since the last list
};

}  // namespace imapspec::runner
