// CREATE (RFC 9051 section 6.3.4)
#include <algorithm>
#include <string>

#include "server/commands/handlers.h"
#include "server/commands/listing.h"
#include "server/commands/name_error.h"
#include "server/store/mailbox_name.h"

namespace imapspec::server::commands {

Result create(Context& context, const syntax::Create& command) {
  const std::string name = context.name_of(command.mailbox);
  if (name.ends_with(kDelimiter) && context.faults.has(Fault::CreateRefusesDelimiter)) {
    return name_refused(NameError::Invalid);
  }
  const std::uint32_t last_validity = context.account->last_uid_validity(name);
  if (const auto created = context.account->create(name); !created) {
    if (created.error() == NameError::AlreadyExists && context.faults.has(Fault::CreateExistingOk)) {
      return ok("CREATE completed");
    }
    if (created.error() == NameError::Invalid && context.faults.has(Fault::CreateInvalidNameOk)) {
      return ok("CREATE completed");
    }
    return name_refused(created.error());
  }
  // The mailbox that had the name before goes on under another one if it was renamed.
  const bool renamed = std::ranges::any_of(context.account->names(), [last_validity](const auto& each) {
    return each.second != nullptr && each.second->uid_validity() == last_validity;
  });
  const bool repeats =
      renamed ? context.faults.has(Fault::UidsRepeatAfterRename) : context.faults.has(Fault::UidsRepeatAfterRecreate);
  if (last_validity > 1 && context.faults.has(Fault::UidvalidityShrinks)) {
    context.account->find(name)->set_uid_validity(last_validity - 1);
  }
  if (last_validity != 0 && repeats) {
    context.account->find(name)->set_uid_validity(last_validity);
  }
  send_normalized(context, command.mailbox, name);
  return ok("CREATE completed");
}

}  // namespace imapspec::server::commands
