// EXPUNGE and UID EXPUNGE (RFC 9051 sections 6.4.3, 6.4.9)
#include <algorithm>
#include <vector>

#include "server/commands/handlers.h"

namespace imapspec::server::commands {

Result expunge(Context& context, const syntax::Expunge& command) {
  if (command.uids && !context.offers(parser::Extension::Uidplus)) return bad("UIDPLUS is switched off");
  MailboxView& view = *context.view;
  if (view.read_only()) return no("The mailbox is read-only");
  std::vector<std::uint32_t> chosen;
  if (command.uids) {
    const auto numbers = context.numbers(*command.uids, true);
    if (!numbers) return numbers.error();
    for (const parser::SequenceNumber number : *numbers) {
      chosen.push_back(static_cast<std::uint32_t>(view.message(number).uid));
    }
  }
  const std::uint64_t mod_sequence = view.mailbox().mod_sequence();
  const bool all = !command.uids || context.faults.has(Fault::UidExpungeRemovesAll);
  const bool any_flags = command.uids && context.faults.has(Fault::UidExpungeIgnoresFlag);
  view.mailbox().expunge([&](const Message& message) {
    const auto uid = static_cast<std::uint32_t>(message.uid);
    return (any_flags || message.flags.has("\\Deleted")) &&
           (all || std::binary_search(chosen.begin(), chosen.end(), uid));
  });
  if (context.faults.has(Fault::ExpungeSilent)) {
    News news = view.take_news(true);
    news.expunged.clear();
    context.tell(news);
  } else if (context.faults.has(Fault::ExistsShrinks)) {
    News news = view.take_news(true);
    if (!news.expunged.empty()) news.exists = view.size();
    news.expunged.clear();
    context.tell(news);
  } else if (context.faults.has(Fault::ExpungeWrongNumbers)) {
    News news = view.take_news(true);
    std::uint32_t before = 0;
    for (parser::SequenceNumber& number : news.expunged) {
      number = parser::sequence_number(static_cast<std::uint32_t>(number) + before++);
    }
    context.tell(news);
  }
  const bool removed = view.mailbox().mod_sequence() != mod_sequence;
  if (removed && context.qresync_enabled && !context.faults.has(Fault::ExpungeWithoutHighestmodseq)) {
    return ok(context.highest_code(view.mailbox().mod_sequence()), "EXPUNGE completed");
  }
  return ok("EXPUNGE completed");
}

}  // namespace imapspec::server::commands
