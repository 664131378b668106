// STORE and UID STORE (RFC 9051 section 6.4.6, RFC 7162 section 3.1.3)
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "server/commands/destination.h"
#include "server/commands/handlers.h"
#include "server/session/number_set.h"

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

// spelt_so leaves out system flags that are not spelt as they are listed: only under a fault.
FlagNames spelt_so(parser::List<parser::Flag> flags) {
  FlagNames names;
  for (const parser::Flag& flag : flags) {
    const std::string_view name = flag;
    const auto& system = system_flags().names();
    if (is_keyword(name) || std::ranges::find(system, name) != system.end()) names.add(name);
  }
  return names;
}

// Modifiers is what stands in parentheses behind the set.
struct Modifiers {
  std::optional<std::uint64_t> unchanged_since;
  bool unknown = false;
};

Modifiers modifiers_of(const syntax::Store& command) {
  Modifiers modifiers;
  for (const parser::StoreModifier& modifier : command.modifiers) {
    if (const auto* since = std::get_if<parser::UnchangedSince>(&modifier)) {
      modifiers.unchanged_since = since->mod_sequence;
    } else {
      modifiers.unknown = true;
    }
  }
  return modifiers;
}

Completion modified(Context& context, const std::vector<std::uint32_t>& failed) {
  parser::ResponseCode code = server::code("MODIFIED");
  code.modified = sequence_set_of(failed, context.arena);
  return ok(code, "Some of the messages changed before");
}

}  // namespace

Result store(Context& context, const syntax::Store& command) {
  MailboxView& view = *context.view;
  const Modifiers modifiers = modifiers_of(command);
  if (modifiers.unknown) return bad("Unknown STORE modifier");
  const bool uids = command.uid && !context.faults.has(Fault::UidStoreTakesNumbers);
  const auto numbers = context.numbers(command.set, uids);
  if (!numbers) return numbers.error();
  if (view.read_only()) return no("The mailbox is read-only");
  Operation operation = command.operation;
  if (operation == Operation::Replace && context.faults.has(Fault::StoreReplaceAdds)) operation = Operation::Add;
  const bool clears = operation == Operation::Remove && context.faults.has(Fault::StoreRemoveClears);
  if (operation == Operation::Add && context.faults.has(Fault::StoreAddReplaces)) operation = Operation::Replace;
  const FlagNames argument =
      context.faults.has(Fault::FlagsCaseSensitive) ? spelt_so(command.flags) : permanent(command.flags);
  if (operation != Operation::Remove && !view.mailbox().admits(argument)) return flags_refused();
  const bool silent = command.silent && !context.faults.has(Fault::StoreSilentEchoes);
  if (modifiers.unchanged_since) context.enable_condstore();
  // Told is a message of which the client is told its flags, or only the mod-sequence.
  struct Told {
    parser::SequenceNumber number;
    bool flags;
  };
  std::vector<Told> told;
  std::vector<std::uint32_t> failed;
  for (const parser::SequenceNumber number : *numbers) {
    Message& message = view.message(number);
    if (modifiers.unchanged_since && message.mod_sequence > *modifiers.unchanged_since &&
        !context.faults.has(Fault::UnchangedsinceIgnored)) {
      failed.push_back(command.uid ? static_cast<std::uint32_t>(message.uid) : static_cast<std::uint32_t>(number));
      told.push_back({number, true});
      continue;
    }
    // What another session changed before is news to the client, even now (section 6.4.6).
    const bool knew = view.knows_flags(number);
    view.mailbox().set_flags(message, clears ? FlagNames() : changed(message.flags, operation, argument));
    if (!silent) {
      told.push_back({number, true});
    } else if (context.condstore_enabled && !context.faults.has(Fault::ConditionalStoreSilent)) {
      told.push_back({number, !knew});
    } else if (knew) {
      view.told_flags(number);
    }
  }
  // FLAGS has to name a new keyword before a FETCH response uses it.
  context.send_keywords();
  for (const auto& [number, flags] : told) {
    if (flags) {
      context.send_flags(number, context.adds_uid(command.uid));
    } else {
      context.send_mod_sequence(number);
    }
  }
  if (!failed.empty() && !context.faults.has(Fault::ModifiedMissing)) return modified(context, failed);
  return ok("STORE completed");
}

}  // namespace imapspec::server::commands
