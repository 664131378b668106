// ENABLE (RFC 9051 section 6.3.1, RFC 7162 section 3.2.3)
#include "parser/grammar/capability.h"
#include "server/commands/handlers.h"

namespace imapspec::server::commands {

Result enable(Context& context, const syntax::Enable& command) {
  const bool unknown = !parser::contains_capability(command.capabilities, "IMAP4rev2");
  if (unknown && context.faults.has(Fault::EnableUnknownBad)) return bad("Unknown extension");
  // Note: without IMAP4rev1 beside it IMAP4rev2 is in force anyway. Enabling it is confirmed once, since clients that
  // know both revisions ask for it whatever they are offered.
  parser::ListBuilder<parser::AtomName> enabled(context.arena);
  if (context.options.offer.rev2 && !context.rev2_enabled &&
      parser::contains_capability(command.capabilities, "IMAP4rev2")) {
    context.rev2_enabled = true;
    context.profile = context.options.offer.profile(true);
    enabled.push("IMAP4rev2");
  }
  const auto asks = [&](parser::Extension extension, std::string_view name) {
    return context.offers(extension) && parser::contains_capability(command.capabilities, name);
  };
  const bool qresync = asks(parser::Extension::Qresync, "QRESYNC") && !context.qresync_enabled;
  if (qresync) enabled.push("QRESYNC");
  if ((qresync || asks(parser::Extension::Condstore, "CONDSTORE")) && !context.condstore_enabled) {
    context.enable_condstore();
    enabled.push("CONDSTORE");
  }
  context.qresync_enabled |= qresync;
  if (context.faults.has(Fault::EnableConfirmsUnknown)) {
    for (const parser::AtomName& name : command.capabilities) {
      if (name != "IMAP4rev2") enabled.push(name);
    }
  }
  const auto list = enabled.list();
  if (!list.empty() || !context.faults.has(Fault::EnableNothingSilent)) {
    context.replies.send(parser::EnableData{list});
  }
  return ok("ENABLE completed");
}

}  // namespace imapspec::server::commands
