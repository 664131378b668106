// DELETE (RFC 9051 section 6.3.5)
#include <string>
#include <vector>

#include "server/commands/handlers.h"
#include "server/commands/listing.h"
#include "server/commands/name_error.h"
#include "server/store/mailbox_name.h"

namespace imapspec::server::commands {

namespace {

std::vector<std::string> inferiors(const Account& account, std::string_view name) {
  std::vector<std::string> found;
  for (const auto& [each, mailbox] : account.names()) {
    if (is_inferior(each, name)) found.push_back(each);
  }
  return found;
}

}  // namespace

Result delete_(Context& context, const syntax::Delete& command) {
  const std::string name = context.name_of(command.mailbox);
  if (const auto removed = context.account->remove(name); !removed) {
    if (removed.error() == NameError::NonExistent && context.faults.has(Fault::DeleteMissingOk)) {
      return ok("DELETE completed");
    }
    if (removed.error() == NameError::Inbox && context.faults.has(Fault::DeleteInboxOk)) {
      return ok("DELETE completed");
    }
    if (removed.error() == NameError::HasChildren && context.faults.has(Fault::DeleteNoselectOk)) {
      return ok("DELETE completed");
    }
    return name_refused(removed.error());
  }
  if (context.faults.has(Fault::DeleteRemovesInferiors)) {
    for (const std::string& inferior : inferiors(*context.account, name)) context.account->remove(inferior);
  }
  send_normalized(context, command.mailbox, name);
  return ok("DELETE completed");
}

}  // namespace imapspec::server::commands
