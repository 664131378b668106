#include "tests/server/model/model.h"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "tests/server/model/disagreement.h"

namespace imapspec::server::model {

namespace {

using parser::Status;
using parser::StatusResponse;
namespace commands = parser::commands;

const StatusResponse* tagged(const parser::Response& response) {
  const auto* status = std::get_if<StatusResponse>(&response);
  return status != nullptr && status->tag ? status : nullptr;
}

// end_of yields the tagged response, which has to be the only one and the last.
const StatusResponse& end_of(Responses heard, std::string_view tag) {
  require(!heard.empty() && tagged(heard.back()) != nullptr, "the last response is not tagged");
  const StatusResponse& end = *tagged(heard.back());
  require(*end.tag == tag, fmt::format("the tag {} in place of {}", end.tag->octets(), tag));
  for (const parser::Response& response : heard.first(heard.size() - 1)) {
    require(tagged(response) == nullptr, "two tagged responses to one command");
  }
  return end;
}

template <class... Kinds>
bool is_any_of(const commands::Any& body) {
  return (std::holds_alternative<Kinds>(body) || ...);
}

// in_wrong_state says whether the command has no place in the client's state (section 3).
bool in_wrong_state(const Client& client, const commands::Any& body) {
  if (is_any_of<commands::Capability, commands::Noop, commands::Logout>(body)) return false;
  if (is_any_of<commands::Login, commands::Authenticate, commands::StartTls>(body)) return client.authenticated;
  if (!client.authenticated) return true;
  if (is_any_of<commands::Enable>(body)) return client.view.has_value();
  return is_any_of<commands::Close, commands::Unselect, commands::Expunge, commands::Copy, commands::Move,
                   commands::Fetch, commands::Store, commands::Search>(body) &&
         !client.view;
}

Plan plan_logout(Client& client) {
  Plan plan;
  plan.effect = [&client](Status) { client = Client(); };
  plan.data = [](const parser::Response& response) {
    const auto* status = std::get_if<StatusResponse>(&response);
    return status != nullptr && status->status == Status::Bye;
  };
  return plan;
}

Plan plan_for_session(Client& client, const commands::Any& body) {
  Plan plan;
  if (std::holds_alternative<commands::Login>(body)) {
    plan.effect = [&client](Status status) { client.authenticated = status == Status::Ok; };
  }
  plan.data = [](const parser::Response& response) {
    return std::holds_alternative<parser::CapabilityData>(response) ||
           std::holds_alternative<parser::EnableData>(response) ||
           std::holds_alternative<parser::NamespaceResponse>(response);
  };
  return plan;
}

}  // namespace

Plan refused(std::set<Status> with) {
  Plan plan;
  plan.allowed = std::move(with);
  return plan;
}

void require_code(const StatusResponse& status, std::string_view code) {
  require(status.text.code && status.text.code->is(code), fmt::format("no response code {}", code));
}

Plan plan_of(Mailboxes& mailboxes, Client& client, std::string_view tag, const commands::Any& body) {
  if (in_wrong_state(client, body)) return refused();
  if (std::holds_alternative<commands::Logout>(body)) return plan_logout(client);
  if (auto plan = plan_for_names(mailboxes, client, body)) return *plan;
  if (auto plan = plan_for_messages(mailboxes, client, tag, body)) return *plan;
  return plan_for_session(client, body);
}

void Model::connected(std::size_t session) {
  clients_[session] = Client();
  clients_[session].connected = true;
}

void Model::answered(std::size_t session, std::string_view tag, const parser::Command* command, Responses heard) {
  Client& client = clients_[session];
  if (command != nullptr && std::holds_alternative<commands::Idle>(command->body) && client.authenticated) {
    return idle(client, tag, heard);
  }
  Plan plan = command == nullptr ? refused() : plan_of(mailboxes_, client, tag, command->body);
  const StatusResponse& end = end_of(heard, tag);
  require(plan.allowed.contains(end.status), fmt::format("answered {}, expected {}", parser::status_name(end.status),
                                                         plan.allowed.contains(Status::Ok)   ? "OK"
                                                         : plan.allowed.contains(Status::No) ? "NO"
                                                                                             : "BAD"));
  require(end.status != Status::Bad || heard.size() == 1, "untagged responses to what is BAD");
  if (end.status != Status::Bad) plan.effect(end.status);
  for (const parser::Response& response : heard.first(heard.size() - 1)) {
    if (!plan.data(response)) news(client, response, plan.expunges);
  }
  plan.finish(end);
  if (end.status == Status::Ok) ++accepted_;
  if (client.view && end.status != Status::Bad) client.view->require_all_told(plan.expunges);
}

void Model::idle(Client& client, std::string_view tag, Responses heard) {
  std::size_t requests = 0;
  for (const parser::Response& response : heard) {
    require(tagged(response) == nullptr, "IDLE ended at once");
    if (std::holds_alternative<parser::ContinueReq>(response)) {
      ++requests;
    } else {
      news(client, response, true);
    }
  }
  require(requests == 1, "no continuation request for IDLE");
  client.idle_tag = tag;
  ++accepted_;
  if (client.view) client.view->require_all_told(true);
}

void Model::done(std::size_t session, Responses heard) {
  Client& client = clients_[session];
  require(end_of(heard, client.idle_tag).status == Status::Ok, "DONE is not answered OK");
  for (const parser::Response& response : heard.first(heard.size() - 1)) news(client, response, true);
  client.idle_tag.clear();
  if (client.view) client.view->require_all_told(true);
}

void Model::overheard(std::size_t session, Responses heard) {
  Client& client = clients_[session];
  require(heard.empty() || !client.idle_tag.empty(), "a response with no command in progress");
  for (const parser::Response& response : heard) news(client, response, true);
  if (!client.idle_tag.empty() && client.view) client.view->require_all_told(true);
}

void Model::news(Client& client, const parser::Response& response, bool expunges) {
  const auto* status = std::get_if<StatusResponse>(&response);
  if (status != nullptr) {
    require(status->status == Status::Ok && !status->tag, "a status response that nothing is known of");
    if (!status->text.code || status->text.code->is("PERMANENTFLAGS")) return;
    require(status->text.code->is("UIDVALIDITY") && client.view,
            fmt::format("the code {} for no reason", status->text.code->name.octets()));
    return client.view->on_uid_validity(status->text.code->number.value());
  }
  require(client.view.has_value(), "news of a mailbox, but none is selected");
  if (const auto* exists = std::get_if<parser::Exists>(&response)) return client.view->on_exists(exists->count);
  if (const auto* flags = std::get_if<parser::FlagsData>(&response)) return client.view->on_flags(flags->flags);
  if (const auto* fetch = std::get_if<parser::Fetch>(&response)) {
    require(std::any_of(fetch->items.begin(), fetch->items.end(),
                        [](const parser::MsgAtt& item) { return item.kind == parser::MsgAtt::Kind::Uid; }),
            "a FETCH response that nobody asked for is without UID");
    return client.view->on_fetch(*fetch);
  }
  if (const auto* expunge = std::get_if<parser::Expunge>(&response)) {
    require(expunges, "EXPUNGE during FETCH, STORE or SEARCH");
    return client.view->on_expunge(static_cast<std::uint32_t>(expunge->number));
  }
  require(false, "data that answers no command");
}

}  // namespace imapspec::server::model
