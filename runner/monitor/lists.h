// What is said of mailboxes that are not selected: LIST and STATUS.
//
// RFC 9051 sections 6.3.9, 6.3.11, 7.3.1, 7.3.5
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "parser/grammar/response.h"
#include "runner/monitor/session.h"

namespace imapspec::runner {

// Lists takes LIST and STATUS responses of one connection.
class Lists {
 public:
  explicit Lists(Session& session) : session_(session) {}

  void on_list(const parser::ListData& data);
  void on_status(const parser::StatusData& data);
  void on_completed(const SentCommand& command, const parser::StatusResponse& status);

 private:
  void check_attributes(const parser::MailboxList& list);
  void check_delimiter(const parser::MailboxList& list);
  void check_selected_name(const parser::MailboxList& list);
  void check_child_info(const parser::MailboxList& list);
  void check_request(const parser::StatusData& data);
  void tell(const parser::StatusData& data);

  Session& session_;
  // What STATUS responses brought for the STATUS in progress, which may be several; nullopt where none came.
  std::optional<std::set<parser::StatusAtt>> status_told_;
  std::map<std::string, std::string> delimiters_;  // by top-level name
};

}  // namespace imapspec::runner
