// STORE and UID STORE (RFC 9051 section 6.4.6)
#include <vector>

#include "server/commands/destination.h"
#include "server/commands/handlers.h"

namespace imapspec::server::commands {

namespace {

using Operation = syntax::Store::Operation;

FlagNames changed(const FlagNames& before, Operation operation, const FlagNames& argument) {
  if (operation == Operation::Replace) return argument;
  FlagNames after = before;
  for (const std::string& name : argument.names()) {
    if (operation == Operation::Add) {
      after.add(name);
    } else {
      after.remove(name);
    }
  }
  return after;
}

}  // namespace

Result store(Context& context, const syntax::Store& command) {
  MailboxView& view = *context.view;
  const auto numbers = context.numbers(command.set, command.uid);
  if (!numbers) return numbers.error();
  if (view.read_only()) return no("The mailbox is read-only");
  Operation operation = command.operation;
  if (operation == Operation::Add && context.faults.has(Fault::StoreAddReplaces)) operation = Operation::Replace;
  const FlagNames argument = permanent(command.flags);
  if (operation != Operation::Remove && !view.mailbox().admits(argument)) return flags_refused();
  const bool silent = command.silent && !context.faults.has(Fault::StoreSilentEchoes);
  std::vector<parser::SequenceNumber> told;
  for (const parser::SequenceNumber number : *numbers) {
    Message& message = view.message(number);
    // What another session changed before is news to the client, even now (section 6.4.6).
    const bool knew = view.knows_flags(number);
    view.mailbox().set_flags(message, changed(message.flags, operation, argument));
    if (!silent) {
      told.push_back(number);
    } else if (knew) {
      view.told_flags(number);
    }
  }
  // FLAGS has to name a new keyword before a FETCH response uses it.
  context.send_keywords();
  for (const parser::SequenceNumber number : told) context.send_flags(number, context.adds_uid(command.uid));
  return ok("STORE completed");
}

}  // namespace imapspec::server::commands
