// Plans of the commands that work on messages, and of IDLE's rest (RFC 9051 section 6.4).
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <variant>

#include "tests/server/model/disagreement.h"
#include "tests/server/model/model.h"

namespace imapspec::server::model {

namespace {

using parser::Status;
namespace commands = parser::commands;
using Item = parser::MsgAtt::Kind;

// items_of is what each FETCH response has to have.
std::set<Item> items_of(const commands::Fetch& command) {
  using Kind = parser::FetchAtt::Kind;
  std::set<Item> items;
  if (command.uid) items.insert(Item::Uid);
  for (const parser::FetchAtt& att : command.atts) {
    if (att.kind == Kind::Uid) items.insert(Item::Uid);
    if (att.kind == Kind::Flags || att.kind == Kind::Fast) items.insert(Item::Flags);
    if (att.kind == Kind::InternalDate || att.kind == Kind::Fast) items.insert(Item::InternalDate);
    if (att.kind == Kind::Rfc822Size || att.kind == Kind::Fast) items.insert(Item::Rfc822Size);
    if (att.kind == Kind::BodySection) items.insert(Item::BodySection);
  }
  return items;
}

bool sets_seen(const commands::Fetch& command) {
  return std::any_of(command.atts.begin(), command.atts.end(), [](const parser::FetchAtt& att) {
    return att.kind == parser::FetchAtt::Kind::BodySection && !att.peek;
  });
}

std::set<Item> kinds_of(const parser::Fetch& fetch) {
  std::set<Item> kinds;
  for (const parser::MsgAtt& item : fetch.items) kinds.insert(item.kind);
  return kinds;
}

// plan_answers is for commands that are answered by a FETCH response with `items` for each message of a set.
Plan plan_answers(Client& client, const Numbers& numbers, const std::set<Item>& items) {
  Plan plan;
  const auto missing = std::make_shared<std::set<const Mail*>>();
  for (const std::uint32_t number : numbers) missing->insert(&client.view->mail(number));
  plan.data = [&client, missing, items](const parser::Response& response) {
    const auto* fetch = std::get_if<parser::Fetch>(&response);
    if (fetch == nullptr) return false;
    const auto number = static_cast<std::uint32_t>(fetch->number);
    const std::set<Item> told = kinds_of(*fetch);
    if (number > client.view->size() || !std::includes(told.begin(), told.end(), items.begin(), items.end())) {
      return false;
    }
    if (missing->erase(&client.view->mail(number)) == 0) return false;
    client.view->on_fetch(*fetch);
    return true;
  };
  plan.finish = [missing](const parser::StatusResponse&) {
    require(missing->empty(), fmt::format("{} FETCH responses are missing", missing->size()));
  };
  return plan;
}

Plan plan_fetch(Client& client, const commands::Fetch& command) {
  View& view = *client.view;
  const auto numbers = view.resolve(command.set, command.uid);
  if (!numbers) return refused();
  Plan plan = plan_answers(client, *numbers, items_of(command));
  plan.expunges = command.uid;
  plan.effect = [&view, &command, wanted = *numbers](Status) {
    if (!sets_seen(command) || view.read_only) return;
    for (const std::uint32_t number : wanted) {
      Mail& mail = *view.entry(number).mail;
      Flags flags = mail.flags;
      flags.insert("\\seen");
      mail.set_flags(flags);
    }
  };
  return plan;
}

Flags stored(Flags flags, const commands::Store& command) {
  using Operation = commands::Store::Operation;
  const Flags given = flags_of(command.flags);
  if (command.operation == Operation::Replace) return given;
  for (const std::string& name : given) {
    if (command.operation == Operation::Add) {
      flags.insert(name);
    } else {
      flags.erase(name);
    }
  }
  return flags;
}

void store(View& view, const commands::Store& command, const Numbers& numbers) {
  for (const std::uint32_t number : numbers) {
    View::Entry& entry = view.entry(number);
    const bool knew = entry.told == entry.mail->changes;
    entry.mail->set_flags(stored(entry.mail->flags, command));
    // What another session did before is news all the same (section 6.4.6).
    if (command.silent && knew) entry.told = entry.mail->changes;
  }
}

// plan_silent has FETCH responses only for what the client does not know.
Plan plan_silent(Client& client) {
  Plan plan;
  plan.data = [&client](const parser::Response& response) {
    const auto* fetch = std::get_if<parser::Fetch>(&response);
    const auto number = fetch == nullptr ? 0 : static_cast<std::uint32_t>(fetch->number);
    if (number == 0 || number > client.view->size()) return false;
    const View::Entry& entry = client.view->entry(number);
    require(entry.told != entry.mail->changes, fmt::format("FETCH {} in spite of .SILENT", number));
    return false;
  };
  return plan;
}

Plan plan_store(Client& client, const commands::Store& command) {
  View& view = *client.view;
  const auto numbers = view.resolve(command.set, command.uid);
  if (!numbers) return refused(view.read_only ? std::set{Status::Bad, Status::No} : std::set{Status::Bad});
  if (view.read_only) {
    Plan plan = refused({Status::No});
    plan.expunges = command.uid;
    return plan;
  }
  std::set<Item> items{Item::Flags};
  if (command.uid) items.insert(Item::Uid);
  Plan plan = command.silent ? plan_silent(client) : plan_answers(client, *numbers, items);
  plan.expunges = command.uid;
  plan.effect = [&view, &command, wanted = *numbers](Status) { store(view, command, wanted); };
  return plan;
}

Plan plan_expunge(Client& client, const commands::Expunge& command) {
  View& view = *client.view;
  if (view.read_only) return refused({Status::No});
  std::vector<MailPtr> doomed = view.box->with_flag("\\deleted");
  if (command.uids) {
    const auto numbers = view.resolve(*command.uids, true);
    std::set<std::uint32_t> chosen;
    for (const std::uint32_t number : *numbers) chosen.insert(view.mail(number).uid);
    std::erase_if(doomed, [&](const MailPtr& mail) { return !chosen.contains(mail->uid); });
  }
  Plan plan;
  plan.effect = [&view, doomed](Status) { view.box->remove(doomed); };
  return plan;
}

Plan plan_close(Client& client, bool expunges) {
  Plan plan;
  plan.effect = [&client, expunges](Status) {
    if (expunges && !client.view->read_only) client.view->box->remove(client.view->box->with_flag("\\deleted"));
    client.view.reset();
  };
  return plan;
}

// uids_of writes a set out, as far as it can be true.
std::vector<std::uint32_t> uids_of(const parser::SequenceSet& set) {
  std::vector<std::uint32_t> uids;
  for (const parser::SeqRange& range : set.ranges()) {
    for (std::uint64_t uid = range.first.or_largest(0); uid <= range.last.or_largest(0) && uids.size() < 1'000; ++uid) {
      uids.push_back(static_cast<std::uint32_t>(uid));
    }
  }
  return uids;
}

// Transfer is a COPY or MOVE.
struct Transfer {
  std::string name;
  BoxPtr to;
  std::vector<MailPtr> mails;
  std::vector<std::uint32_t> from_uids;
  std::vector<std::uint32_t> to_uids;
  bool told = false;  // COPYUID
  bool moved = false;
};

void hear_copyuid(Mailboxes& mailboxes, Transfer& transfer, const parser::StatusResponse& status) {
  if (!status.text.code || !status.text.code->is("COPYUID")) return;
  const parser::ResponseCode& code = *status.text.code;
  mailboxes.learn(transfer.name, code.number.value());
  require(uids_of(code.source) == transfer.from_uids, "COPYUID with other sources");
  require(uids_of(code.uids) == transfer.to_uids, "COPYUID with other UIDs");
  transfer.told = true;
}

Plan plan_transfer(Mailboxes& mailboxes, Client& client, const parser::SequenceSet& set, bool uid,
                   const parser::Mailbox& mailbox, bool move) {
  View& view = *client.view;
  if (move && view.read_only) return refused({Status::No, Status::Bad});
  const auto transfer = std::make_shared<Transfer>();
  transfer->name = canonical(mailbox.value());
  transfer->to = mailboxes.find(transfer->name);
  const auto numbers = view.resolve(set, uid);
  if (!numbers) return refused(transfer->to == nullptr ? std::set{Status::No, Status::Bad} : std::set{Status::Bad});
  bool some_gone = false;
  for (const std::uint32_t number : *numbers) {
    const MailPtr& mail = view.entry(number).mail;
    some_gone |= mail->gone;
    if (!mail->gone) transfer->mails.push_back(mail);
  }
  Plan plan;
  if (transfer->to == nullptr || (some_gone && !uid)) {
    plan = refused(transfer->mails.empty() && uid ? std::set{Status::No, Status::Ok} : std::set{Status::No});
    plan.finish = [transfer](const parser::StatusResponse& end) {
      if (end.status != Status::No || transfer->to != nullptr || !may_exist(transfer->name)) return;
      require(end.text.code && (end.text.code->is("TRYCREATE") || end.text.code->is("EXPUNGEISSUED")),
              "neither TRYCREATE nor EXPUNGEISSUED");
    };
    return plan;
  }
  plan.effect = [transfer, &view, move](Status) {
    for (const MailPtr& mail : transfer->mails) {
      transfer->from_uids.push_back(mail->uid);
      transfer->to_uids.push_back(transfer->to->add(*mail)->uid);
    }
    if (move) view.box->remove(transfer->mails);
  };
  plan.data = [&mailboxes, transfer](const parser::Response& response) {
    transfer->moved |= std::holds_alternative<parser::Expunge>(response);
    const auto* status = std::get_if<parser::StatusResponse>(&response);
    if (status == nullptr || !status->text.code || !status->text.code->is("COPYUID")) return false;
    require(!transfer->moved, "COPYUID after EXPUNGE");
    hear_copyuid(mailboxes, *transfer, *status);
    return true;
  };
  plan.finish = [&mailboxes, transfer, move](const parser::StatusResponse& end) {
    if (!move) hear_copyuid(mailboxes, *transfer, end);
    require(transfer->told == !transfer->mails.empty(), "COPYUID is missing, or out of place");
  };
  return plan;
}

}  // namespace

std::optional<Plan> plan_for_messages(Mailboxes& mailboxes, Client& client, std::string_view tag,
                                      const commands::Any& body) {
  if (const auto* fetch = std::get_if<commands::Fetch>(&body)) return plan_fetch(client, *fetch);
  if (const auto* store = std::get_if<commands::Store>(&body)) return plan_store(client, *store);
  if (const auto* search = std::get_if<commands::Search>(&body)) return plan_search(client, tag, *search);
  if (const auto* expunge = std::get_if<commands::Expunge>(&body)) return plan_expunge(client, *expunge);
  if (std::holds_alternative<commands::Close>(body)) return plan_close(client, true);
  if (std::holds_alternative<commands::Unselect>(body)) return plan_close(client, false);
  if (const auto* copy = std::get_if<commands::Copy>(&body)) {
    return plan_transfer(mailboxes, client, copy->set, copy->uid, copy->mailbox, false);
  }
  if (const auto* move = std::get_if<commands::Move>(&body)) {
    return plan_transfer(mailboxes, client, move->set, move->uid, move->mailbox, true);
  }
  return std::nullopt;
}

}  // namespace imapspec::server::model
