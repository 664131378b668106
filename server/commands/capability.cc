// CAPABILITY (RFC 9051 section 6.1.1)
#include "server/commands/handlers.h"

namespace imapspec::server::commands {

Result capability(Context& context, const syntax::Capability&) {
  parser::List<parser::AtomName> list = context.capabilities();
  if (context.account == nullptr && context.faults.has(Fault::CapabilityWithoutImap4rev2)) {
    parser::ListBuilder<parser::AtomName> others(context.arena);
    for (const parser::AtomName& name : list) {
      if (name != "IMAP4rev2") others.push(name);
    }
    list = others.list();
  }
  if (context.faults.has(Fault::CapabilityAfterOk)) {
    context.replies.complete(context.tag, parser::Status::Ok, std::nullopt, "CAPABILITY completed");
    context.replies.send(parser::CapabilityData{list});
    return std::nullopt;
  }
  context.replies.send(parser::CapabilityData{list});
  return ok("CAPABILITY completed");
}

}  // namespace imapspec::server::commands
