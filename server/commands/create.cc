// CREATE (RFC 9051 section 6.3.4)
#include "server/commands/handlers.h"
#include "server/commands/listing.h"
#include "server/commands/name_error.h"

namespace imapspec::server::commands {

Result create(Context& context, const syntax::Create& command) {
  const std::string name = context.name_of(command.mailbox);
  const std::uint32_t last_validity = context.account->last_uid_validity(name);
  if (const auto created = context.account->create(name); !created) {
    if (created.error() == NameError::AlreadyExists && context.faults.has(Fault::CreateExistingOk)) {
      return ok("CREATE completed");
    }
    return name_refused(created.error());
  }
  if (last_validity != 0 && context.faults.has(Fault::UidsRepeatAfterRecreate)) {
    context.account->find(name)->set_uid_validity(last_validity);
  }
  send_normalized(context, command.mailbox, name);
  return ok("CREATE completed");
}

}  // namespace imapspec::server::commands
