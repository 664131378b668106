// The naive model of the whole server: what each session may be answered.
//
// RFC 9051 sections 3, 5, 6, 7. It goes by parsed values only, and throws a Disagreement where the server does
// something else.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parser/grammar/command.h"
#include "parser/grammar/response.h"
#include "tests/server/model/mailboxes.h"
#include "tests/server/model/view.h"

namespace imapspec::server::model {

using Responses = std::span<const parser::Response>;

// Client is one session.
struct Client {
  bool connected = false;
  bool authenticated = false;
  std::string idle_tag;  // not empty while it idles
  std::optional<View> view;
};

// Plan is what a command may be answered, made before the answer is looked at.
struct Plan {
  std::set<parser::Status> allowed{parser::Status::Ok};
  bool expunges = true;  // EXPUNGE may be told
  // effect is what the command does. It is called before any response is looked at.
  std::function<void(parser::Status)> effect = [](parser::Status) {};
  // data takes an untagged response that answers the command; false where it is news.
  std::function<bool(const parser::Response&)> data = [](const parser::Response&) { return false; };
  // finish sees the end, after all responses.
  std::function<void(const parser::StatusResponse&)> finish = [](const parser::StatusResponse&) {};
};

// refused is the plan of a command that cannot be given now.
Plan refused(std::set<parser::Status> with = {parser::Status::Bad});

// require_code throws where a status response has no such code.
void require_code(const parser::StatusResponse& status, std::string_view code);

// plan_of makes the plan of a command in the client's state. The command must outlive it.
Plan plan_of(Mailboxes& mailboxes, Client& client, std::string_view tag, const parser::commands::Any& body);

// These make the plans of the commands that work on names, and of those that work on messages.
std::optional<Plan> plan_for_names(Mailboxes& mailboxes, Client& client, const parser::commands::Any& body);
std::optional<Plan> plan_for_messages(Mailboxes& mailboxes, Client& client, std::string_view tag,
                                      const parser::commands::Any& body);
Plan plan_list(Mailboxes& mailboxes, const parser::ListArguments& arguments);
Plan plan_search(Client& client, std::string_view tag, const parser::commands::Search& command);

// require_status throws where a STATUS response is not right.
void require_status(Mailboxes& mailboxes, const parser::StatusData& data, parser::List<parser::StatusAtt> asked);

// Model is some sessions on one account.
class Model {
 public:
  explicit Model(std::size_t sessions) : clients_(sessions) {}

  [[nodiscard]] const Client& client(std::size_t session) const { return clients_[session]; }
  // accepted counts the commands that were answered OK.
  [[nodiscard]] std::size_t accepted() const { return accepted_; }

  void connected(std::size_t session);
  // answered judges all that a session said to a command, or to a line that is none (nullptr).
  void answered(std::size_t session, std::string_view tag, const parser::Command* command, Responses heard);
  // done judges what was said to DONE.
  void done(std::size_t session, Responses heard);
  // overheard judges what a session said while another one was given a command.
  void overheard(std::size_t session, Responses heard);

 private:
  static void news(Client& client, const parser::Response& response, bool expunges);
  void idle(Client& client, std::string_view tag, Responses heard);

  Mailboxes mailboxes_;
  std::vector<Client> clients_;
  std::size_t accepted_ = 0;
};

}  // namespace imapspec::server::model
