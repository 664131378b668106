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
};

// copy_messages copies all or nothing. What is moved stays under the same quota.
std::expected<Copied, Completion> copy_messages(Context& context, const parser::SequenceSet& set, bool uid,
                                                const parser::Mailbox& to, bool moves) {
  const auto numbers = context.numbers(set, uid);
  if (!numbers) return std::unexpected(numbers.error());
  auto mailbox = destination(context, to);
  if (!mailbox) return std::unexpected(std::move(mailbox.error()));
  Copied copied;
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
  copied.copyuid->number = parser::NzNumber::nearest((*mailbox)->uid_validity());
  copied.copyuid->source = sequence_set_of(from_uids, context.arena);
  copied.copyuid->uids = sequence_set_of(to_uids, context.arena);
  return copied;
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
  for (const MessagePtr& message : copied->sources) message->expunged = true;
  context.view->mailbox().expunge([](const Message& message) { return message.expunged; });
  return tagged ? ok(*copied->copyuid, "MOVE completed") : ok("MOVE completed");
}

}  // namespace imapspec::server::commands
