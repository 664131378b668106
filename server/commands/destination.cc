#include "server/commands/destination.h"

#include <algorithm>
#include <utility>

#include "parser/core/ascii.h"
#include "server/store/mailbox_name.h"

namespace imapspec::server {

std::expected<Account::MailboxPtr, Completion> destination(Context& context, const parser::Mailbox& name) {
  const std::string value = context.name_of(name);
  Account::MailboxPtr mailbox = context.account->find(value);
  if (mailbox != nullptr) return mailbox;
  if (context.faults.has(Fault::AppendAutoCreates) && context.account->create(value)) {
    return context.account->find(value);
  }
  // It is certain that the client cannot create a name that no mailbox can have.
  if (!is_valid_name(value)) return std::unexpected(no(code("CANNOT"), "No such mailbox"));
  if (context.faults.has(Fault::AppendNoTrycreate)) return std::unexpected(no("No such mailbox"));
  return std::unexpected(no(code("TRYCREATE"), "No such mailbox"));
}

std::optional<Completion> room_for(const Context& context, const Mailbox& mailbox, const Usage& added, bool moved) {
  if (!mailbox.has_room(added.messages)) return no(code("LIMIT"), "The mailbox is full");
  if (!moved && !context.account->within_quota(added))
    return no(code("OVERQUOTA"), "That is more than the quota allows");
  return std::nullopt;
}

parser::Uid deliver(Context& context, Mailbox& mailbox, std::shared_ptr<const std::string> octets,
                    const FlagNames& flags, const parser::DateTime& internal_date) {
  if (context.faults.has(Fault::UidReusedAfterExpunge)) mailbox.forget_expunged_uids();
  if (context.faults.has(Fault::UidsOutOfTurn)) {
    return mailbox.append_out_of_turn(context.session_number, std::move(octets), flags, internal_date)->uid;
  }
  return mailbox.append(std::move(octets), flags, internal_date)->uid;
}

FlagNames permanent(parser::List<parser::Flag> flags) {
  FlagNames names;
  for (const parser::Flag& flag : flags) {
    if (is_keyword(flag)) {
      names.add(flag);
      continue;
    }
    const auto& system = system_flags().names();
    const auto known = std::find_if(system.begin(), system.end(), [&flag](const std::string& name) {
      return parser::equal_ignoring_case(name, flag);
    });
    if (known != system.end()) names.add(*known);
  }
  return names;
}

Completion flags_refused() { return no(code("LIMIT"), "Too many keywords in that mailbox"); }

}  // namespace imapspec::server
