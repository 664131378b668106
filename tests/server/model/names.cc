// Plans of the commands that work on names (RFC 9051 sections 6.3.2 to 6.3.8, 6.3.11, 6.3.12).
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <variant>

#include "tests/server/model/disagreement.h"
#include "tests/server/model/model.h"

namespace imapspec::server::model {

namespace {

using parser::Status;
namespace commands = parser::commands;

std::uint64_t value_of(const Box& box, parser::StatusAtt att) {
  switch (att) {
    case parser::StatusAtt::Messages:
      return box.mails.size();
    case parser::StatusAtt::UidNext:
      return box.next_uid;
    case parser::StatusAtt::Unseen:
      return box.mails.size() - box.with_flag("\\seen").size();
    case parser::StatusAtt::Deleted:
      return box.with_flag("\\deleted").size();
    default: {
      std::uint64_t octets = 0;
      for (const MailPtr& mail : box.mails) octets += mail->octets.size();
      return octets;
    }
  }
}

// Opening is what SELECT and EXAMINE have said so far.
struct Opening {
  bool closed = false;
  bool exists = false;
  bool list = false;
  std::set<std::string> codes;
};

void hear_code(Mailboxes& mailboxes, const std::string& name, View& view, const parser::ResponseCode& code) {
  if (code.is("UIDVALIDITY")) mailboxes.learn(name, code.number.value());
  if (code.is("UIDNEXT")) {
    require(*code.number == view.box->next_uid, fmt::format("UIDNEXT is {}", view.box->next_uid));
  }
  if (code.is("PERMANENTFLAGS")) require(code.flags.empty() == view.read_only, "PERMANENTFLAGS of the other mode");
}

Plan plan_open(Mailboxes& mailboxes, Client& client, const parser::Mailbox& mailbox, bool read_only) {
  const std::string name = canonical(mailbox.value());
  const BoxPtr box = mailboxes.find(name);
  Plan plan = box == nullptr ? refused({Status::No}) : Plan();
  const bool had_one = client.view.has_value();
  const auto opening = std::make_shared<Opening>();
  plan.effect = [&client, box, read_only](Status) {
    client.view.reset();
    if (box == nullptr) return;
    client.view.emplace(box, read_only);
    for (const MailPtr& mail : box->mails) client.view->entries.push_back({mail, mail->changes});
  };
  plan.data = [&mailboxes, &client, name, opening, had_one](const parser::Response& response) {
    if (const auto* status = std::get_if<parser::StatusResponse>(&response); status && status->text.code) {
      const parser::ResponseCode& code = *status->text.code;
      opening->codes.insert(std::string(code.name.octets()));
      if (code.is("CLOSED")) {
        require(had_one && !opening->exists, "CLOSED out of place");
        opening->closed = true;
        return true;
      }
      if (client.view) hear_code(mailboxes, name, *client.view, code);
      return true;
    }
    require(client.view && (opening->closed || !had_one), "data of a mailbox before CLOSED");
    if (const auto* exists = std::get_if<parser::Exists>(&response)) {
      require(exists->count == client.view->size(), fmt::format("EXISTS of {} messages", client.view->size()));
      opening->exists = true;
      return true;
    }
    const auto* list = std::get_if<parser::ListData>(&response);
    if (list != nullptr) {
      require(canonical(list->list.mailbox.value()) == name, "LIST of another mailbox");
      opening->list = true;
    }
    return list != nullptr;
  };
  plan.finish = [opening, had_one, read_only](const parser::StatusResponse& end) {
    require(opening->closed == had_one, "CLOSED is missing");
    if (end.status != Status::Ok) return;
    require(opening->exists && opening->list, "EXISTS or LIST is missing");
    for (const char* code : {"UIDVALIDITY", "UIDNEXT", "PERMANENTFLAGS"}) {
      require(opening->codes.contains(code), fmt::format("{} is missing", code));
    }
    require_code(end, read_only ? "READ-ONLY" : "READ-WRITE");
  };
  return plan;
}

Plan plan_status(Mailboxes& mailboxes, const commands::Status& command) {
  const std::string name = canonical(command.mailbox.value());
  if (mailboxes.find(name) == nullptr) return refused({Status::No});
  Plan plan;
  const auto heard = std::make_shared<int>(0);
  plan.data = [&mailboxes, &command, name, heard](const parser::Response& response) {
    const auto* data = std::get_if<parser::StatusData>(&response);
    if (data == nullptr) return false;
    require(canonical(data->mailbox.value()) == name, "STATUS of another mailbox");
    require_status(mailboxes, *data, command.atts);
    ++*heard;
    return true;
  };
  plan.finish = [heard](const parser::StatusResponse&) { require(*heard == 1, "no STATUS response"); };
  return plan;
}

Plan plan_append(Mailboxes& mailboxes, const commands::Append& command) {
  const std::string name = canonical(command.mailbox.value());
  const BoxPtr box = mailboxes.find(name);
  Plan plan = box == nullptr ? refused({Status::No}) : Plan();
  plan.effect = [box, &command](Status) {
    if (box == nullptr) return;
    for (const parser::AppendMessage& message : command.messages) {
      Mail mail;
      mail.flags = flags_of(message.flags);
      mail.octets = message.octets.value();
      mail.date = message.date_time;
      box->add(mail);
    }
  };
  plan.finish = [&mailboxes, box, name](const parser::StatusResponse& end) {
    if (box == nullptr) {
      if (may_exist(name)) require_code(end, "TRYCREATE");
      return;
    }
    require_code(end, "APPENDUID");
    mailboxes.learn(name, end.text.code->number.value());
    const auto uids = end.text.code->uids.ranges();
    require(uids.size() == 1 && uids.front().first.or_largest(0) == box->mails.back()->uid, "APPENDUID of another UID");
  };
  return plan;
}

// tells_name says whether a response is the LIST with OLDNAME of a name that the client writes otherwise than the
// server (section 6.3.9.7).
bool tells_name(const parser::Response& response, const parser::Mailbox& supplied) {
  const auto* data = std::get_if<parser::ListData>(&response);
  if (data == nullptr || data->list.extended.size() != 1) return false;
  const parser::ListItem& item = data->list.extended[0];
  if (item.tag.value() != "OLDNAME") return false;
  require(item.old_name && item.old_name->name().value() == supplied.name().value(), "OLDNAME of another name");
  std::string name = canonical(supplied.value());
  if (name.ends_with('/')) name.pop_back();
  require(data->list.mailbox.name().value() == name, fmt::format("OLDNAME of {}", name));
  return true;
}

// plan_change is for what only changes names.
Plan plan_change(bool (Mailboxes::*change)(std::string_view), Mailboxes& mailboxes, const parser::Mailbox& name) {
  Plan plan;
  const std::string wanted = name.value();
  plan.allowed = {Status::Ok, Status::No};
  const auto changed = std::make_shared<bool>(false);
  plan.effect = [&mailboxes, change, wanted, changed](Status) { *changed = (mailboxes.*change)(wanted); };
  plan.data = [name](const parser::Response& response) { return tells_name(response, name); };
  plan.finish = [changed](const parser::StatusResponse& end) {
    require(*changed == (end.status == Status::Ok), *changed ? "refused" : "not refused");
  };
  return plan;
}

Plan plan_rename(Mailboxes& mailboxes, const commands::Rename& command) {
  Plan plan;
  plan.allowed = {Status::Ok, Status::No};
  const auto changed = std::make_shared<bool>(false);
  plan.effect = [&mailboxes, &command, changed](Status) {
    *changed = mailboxes.rename(command.from.value(), command.to.value());
  };
  plan.data = [&command](const parser::Response& response) { return tells_name(response, command.to); };
  plan.finish = [changed](const parser::StatusResponse& end) {
    require(*changed == (end.status == Status::Ok), *changed ? "refused" : "not refused");
  };
  return plan;
}

Plan plan_subscription(Mailboxes& mailboxes, const parser::Mailbox& mailbox, bool subscribed) {
  Plan plan;
  const std::string name = canonical(mailbox.value());
  // A server may look at the name (section 6.3.7).
  if (subscribed && !may_exist(name)) plan.allowed.insert(Status::No);
  plan.effect = [&mailboxes, name, subscribed](Status status) {
    if (status != Status::Ok) return;
    if (subscribed) {
      mailboxes.subscriptions.insert(name);
    } else {
      mailboxes.subscriptions.erase(name);
    }
  };
  return plan;
}

}  // namespace

void require_status(Mailboxes& mailboxes, const parser::StatusData& data, parser::List<parser::StatusAtt> asked) {
  const std::string name = canonical(data.mailbox.value());
  const BoxPtr box = mailboxes.find(name);
  require(box != nullptr, "STATUS of a mailbox that is not there");
  for (const parser::StatusAtt att : asked) {
    require(std::any_of(data.values.begin(), data.values.end(), [att](const auto& value) { return value.att == att; }),
            fmt::format("STATUS without {}", parser::status_att_name(att)));
  }
  for (const parser::StatusAttVal& value : data.values) {
    if (value.att == parser::StatusAtt::UidValidity) {
      mailboxes.learn(name, static_cast<std::uint32_t>(value.value));
      continue;
    }
    const std::uint64_t right = value_of(*box, value.att);
    require(value.value == right,
            fmt::format("{} {} is {}", parser::status_att_name(value.att), std::uint64_t{value.value}, right));
  }
}

std::optional<Plan> plan_for_names(Mailboxes& mailboxes, Client& client, const commands::Any& body) {
  if (const auto* select = std::get_if<commands::Select>(&body)) {
    return plan_open(mailboxes, client, select->mailbox, false);
  }
  if (const auto* examine = std::get_if<commands::Examine>(&body)) {
    return plan_open(mailboxes, client, examine->mailbox, true);
  }
  if (const auto* create = std::get_if<commands::Create>(&body)) {
    return plan_change(&Mailboxes::create, mailboxes, create->mailbox);
  }
  if (const auto* deletion = std::get_if<commands::Delete>(&body)) {
    return plan_change(&Mailboxes::remove, mailboxes, deletion->mailbox);
  }
  if (const auto* rename = std::get_if<commands::Rename>(&body)) return plan_rename(mailboxes, *rename);
  if (const auto* subscribe = std::get_if<commands::Subscribe>(&body)) {
    return plan_subscription(mailboxes, subscribe->mailbox, true);
  }
  if (const auto* unsubscribe = std::get_if<commands::Unsubscribe>(&body)) {
    return plan_subscription(mailboxes, unsubscribe->mailbox, false);
  }
  if (const auto* list = std::get_if<commands::List>(&body)) return plan_list(mailboxes, list->arguments);
  if (const auto* status = std::get_if<commands::Status>(&body)) return plan_status(mailboxes, *status);
  if (const auto* append = std::get_if<commands::Append>(&body)) return plan_append(mailboxes, *append);
  return std::nullopt;
}

}  // namespace imapspec::server::model
