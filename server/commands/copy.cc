// COPY and MOVE (RFC 9051 sections 6.4.7, 6.4.8)
#include <optional>
#include <utility>
#include <vector>

#include "server/commands/destination.h"
#include "server/commands/handlers.h"
#include "server/session/number_set.h"

namespace imapspec::server::commands {

namespace {

struct Copied {
  std::optional<parser::ResponseCode> copyuid;  // nullopt where no message was copied, and without UIDPLUS
  std::vector<MessagePtr> sources;
  bool within = false;  // the mailbox that is selected
  std::uint32_t first_uid = 0;
};

// copy_existing copies the messages of a set that are there: only under a fault.
void copy_existing(Context& context, const parser::SequenceSet& set, const parser::Mailbox& to) {
  const auto mailbox = destination(context, to);
  const NumberSet wanted(set, context.view->size(), context.faults);
  for (std::uint32_t at = 1; mailbox && at <= context.view->size(); ++at) {
    if (!wanted.contains(at)) continue;
    const Message& message = context.view->message(parser::sequence_number(at));
    deliver(context, **mailbox, message.octets, message.flags, message.internal_date);
  }
}

// copy_messages copies all or nothing. What is moved stays under the same quota.
std::expected<Copied, Completion> copy_messages(Context& context, const parser::SequenceSet& set, bool uid,
                                                const parser::Mailbox& to, bool moves) {
  const auto numbers = context.numbers(set, uid && !context.faults.has(Fault::UidCopyTakesNumbers));
  if (!numbers) {
    if (context.faults.has(Fault::FailedCopyIsPartial)) copy_existing(context, set, to);
    return std::unexpected(numbers.error());
  }
  auto mailbox = destination(context, to);
  if (!mailbox) return std::unexpected(std::move(mailbox.error()));
  Copied copied;
  copied.within = mailbox->get() == &context.view->mailbox();
  copied.first_uid = (*mailbox)->uid_next();
  FlagNames flags;
  for (const parser::SequenceNumber number : *numbers) {
    MessagePtr message = context.view->message_pointer(number);
    if (message->expunged) {
      // The client does not know yet. A UID that is gone is ignored; a number stands for a
      // message that it expects to be there (RFC 2180 section 4.4).
      if (uid) continue;
      return std::unexpected(no(code("EXPUNGEISSUED"), "Some of the messages are gone"));
    }
    for (const std::string& name : message->flags.names()) flags.add(name);
    copied.sources.push_back(std::move(message));
  }
  if (!(*mailbox)->admits(flags)) return std::unexpected(flags_refused());
  Usage added{.octets = 0, .messages = copied.sources.size()};
  for (const MessagePtr& message : copied.sources) added.octets += message->octets->size();
  if (auto refused = room_for(context, **mailbox, added, moves)) return std::unexpected(*std::move(refused));
  if (copied.sources.empty()) return copied;
  std::vector<std::uint32_t> from_uids;
  std::vector<std::uint32_t> to_uids;
  for (const MessagePtr& message : copied.sources) {
    from_uids.push_back(static_cast<std::uint32_t>(message->uid));
    to_uids.push_back(static_cast<std::uint32_t>(
        deliver(context, **mailbox, message->octets, message->flags, message->internal_date)));
  }
  if (!context.offers(parser::Extension::Uidplus)) return copied;
  copied.copyuid = code("COPYUID");
  const bool other = context.faults.has(Fault::CopyuidOfSource);
  const Mailbox& named = other ? context.view->mailbox() : **mailbox;
  copied.copyuid->number = parser::NzNumber::nearest(named.uid_validity());
  if (context.faults.has(Fault::CopyuidSwapped)) std::swap(from_uids, to_uids);
  copied.copyuid->source = sequence_set_of(from_uids, context.arena);
  copied.copyuid->uids = sequence_set_of(to_uids, context.arena);
  return copied;
}

// show_deleted sets and tells \Deleted as STORE would: only under a fault.
void show_deleted(Context& context, const std::vector<MessagePtr>& messages) {
  for (const MessagePtr& message : messages) {
    FlagNames flags = message->flags;
    flags.add("\\Deleted");
    context.view->mailbox().set_flags(*message, flags);
    const auto number = context.view->number_of(static_cast<std::uint32_t>(message->uid));
    if (number) context.send_flags(*number, true);
  }
}

}  // namespace

Result copy(Context& context, const syntax::Copy& command) {
  const auto copied = copy_messages(context, command.set, command.uid, command.mailbox, false);
  if (!copied) return copied.error();
  if (!copied->copyuid || context.faults.has(Fault::CopyuidMissing)) return ok("COPY completed");
  return ok(*copied->copyuid, "COPY completed");
}

Result move(Context& context, const syntax::Move& command) {
  if (context.view->read_only()) return no("The mailbox is read-only");
  const auto copied = copy_messages(context, command.set, command.uid, command.mailbox, true);
  if (!copied) return copied.error();
  const bool tagged = copied->copyuid && context.faults.has(Fault::MoveCopyuidTagged);
  if (copied->copyuid && !tagged) context.replies.status(parser::Status::Ok, copied->copyuid, "Moved");
  if (context.faults.has(Fault::MoveShowsDeleted)) show_deleted(context, copied->sources);
  if (!context.faults.has(Fault::MoveKeepsOriginal)) {
    for (const MessagePtr& message : copied->sources) message->expunged = true;
  }
  const bool loses = copied->within && context.faults.has(Fault::MoveWithinMailboxLoses);
  context.view->mailbox().expunge([&](const Message& message) {
    return message.expunged || (loses && static_cast<std::uint32_t>(message.uid) >= copied->first_uid);
  });
  return tagged ? ok(*copied->copyuid, "MOVE completed") : ok("MOVE completed");
}

}  // namespace imapspec::server::commands
