// RENAME (RFC 9051 section 6.3.6)
#include <string>
#include <vector>

#include "server/commands/handlers.h"
#include "server/commands/listing.h"
#include "server/commands/name_error.h"
#include "server/store/mailbox_name.h"

namespace imapspec::server::commands {

Result rename(Context& context, const syntax::Rename& command) {
  const std::string from = context.name_of(command.from);
  const std::string to = context.name_of(command.to);
  if (const auto renamed = context.account->rename(from, to); !renamed) {
    if (renamed.error() == NameError::AlreadyExists && context.faults.has(Fault::RenameOntoExistingOk)) {
      return ok("RENAME completed");
    }
    return name_refused(renamed.error());
  }
  if (context.faults.has(Fault::RenameLeavesInferiors)) {
    std::vector<std::string> moved;
    for (const auto& [name, mailbox] : context.account->names()) {
      if (is_inferior(name, to)) moved.push_back(name);
    }
    for (const std::string& name : moved) context.account->rename(name, from + name.substr(to.size()));
  }
  send_normalized(context, command.to, to);
  return ok("RENAME completed");
}

}  // namespace imapspec::server::commands
