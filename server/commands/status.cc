// STATUS (RFC 9051 section 6.3.11)
#include "parser/grammar/status.h"

#include <algorithm>

#include "server/commands/handlers.h"
#include "server/commands/listing.h"
#include "server/commands/mailbox_status.h"
#include "server/store/mailbox_name.h"

namespace imapspec::server {

namespace {

std::uint64_t count(const Mailbox& mailbox, std::string_view flag, bool present) {
  const auto& messages = mailbox.messages();
  return static_cast<std::uint64_t>(
      std::count_if(messages.begin(), messages.end(),
                    [flag, present](const MessagePtr& message) { return message->flags.has(flag) == present; }));
}

std::uint64_t value_of(const Context& context, const Mailbox& mailbox, parser::StatusAtt att) {
  switch (att) {
    case parser::StatusAtt::Messages:
      return mailbox.messages().size() + (context.faults.has(Fault::StatusMessagesOff) ? 1 : 0);
    case parser::StatusAtt::UidNext:
      if (!mailbox.messages().empty() && context.faults.has(Fault::StatusUidnextDrops)) {
        return static_cast<std::uint32_t>(mailbox.messages().back()->uid) + 1;
      }
      return mailbox.uid_next();
    case parser::StatusAtt::UidValidity:
      return mailbox.uid_validity();
    case parser::StatusAtt::Unseen:
      return count(mailbox, "\\Seen", context.faults.has(Fault::StatusUnseenCountsSeen));
    case parser::StatusAtt::Deleted:
      return context.faults.has(Fault::StatusDeletedZero) ? 0 : count(mailbox, "\\Deleted", true);
    case parser::StatusAtt::Size: {
      std::uint64_t size = 0;
      if (context.faults.has(Fault::StatusSizeTooSmall)) return size;
      for (const MessagePtr& message : mailbox.messages()) size += message->octets->size();
      return size;
    }
    case parser::StatusAtt::Recent:
      return std::min<std::uint64_t>(mailbox.uid_next() - mailbox.recent_from(), mailbox.messages().size());
    case parser::StatusAtt::HighestModSeq:
      return mailbox.mod_sequence() + (context.faults.has(Fault::StatusHighestmodseqOff) ? 1 : 0);
    case parser::StatusAtt::DeletedStorage: {  // RFC 9208 section 4.1.4
      std::uint64_t octets = 0;
      for (const MessagePtr& message : mailbox.messages()) {
        if (message->flags.has("\\Deleted")) octets += message->octets->size();
      }
      return octets;
    }
    case parser::StatusAtt::AppendLimit:
      return context.append_limit();
  }
  return 0;
}

}  // namespace

bool offers_items(const Context& context, parser::List<parser::StatusAtt> atts) {
  return context.offers(parser::Extension::StatusSize) ||
         std::find(atts.begin(), atts.end(), parser::StatusAtt::Size) == atts.end();
}

void send_status(Context& context, std::string_view name, const Mailbox& mailbox,
                 parser::List<parser::StatusAtt> atts) {
  parser::ListBuilder<parser::StatusAttVal> values(context.arena);
  for (const parser::StatusAtt att : atts) {
    if (att == parser::StatusAtt::HighestModSeq) context.enable_condstore();
    values.push({att, parser::Number64::nearest(value_of(context, mailbox, att))});
  }
  const parser::StatusData data{mailbox_of(context, name), values.list()};
  if (context.faults.has(Fault::StatusEndsWithSpace)) return context.replies.altered(data, ")\r\n", " )\r\n");
  context.replies.send(data);
}

namespace commands {

Result status(Context& context, const syntax::Status& command) {
  if (!offers_items(context, command.atts)) return bad("Unknown STATUS item");
  std::string name = context.name_of(command.mailbox);
  Account::MailboxPtr mailbox = context.account->find(name);
  if (mailbox == nullptr && context.faults.has(Fault::StatusTakesWildcards)) {
    for (const auto& [each, found] : context.account->names()) {
      if (!matches_pattern(each, name)) continue;
      name = each;
      mailbox = found;
    }
  }
  if (mailbox == nullptr) return no(code("NONEXISTENT"), "No such mailbox");
  const bool selected = context.view && &context.view->mailbox() == mailbox.get();
  if (selected && context.faults.has(Fault::StatusOfSelectedRefused)) return no("The mailbox is selected");
  if (context.view && context.faults.has(Fault::StatusDeselects)) context.deselect();
  send_status(context, name, *mailbox, command.atts);
  return ok("STATUS completed");
}

}  // namespace commands
}  // namespace imapspec::server
