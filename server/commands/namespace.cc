// NAMESPACE (RFC 9051 section 6.3.10)
#include "server/commands/handlers.h"
#include "server/store/mailbox_name.h"

namespace imapspec::server::commands {

Result namespace_(Context& context, const syntax::Namespace&) {
  if (context.faults.has(Fault::NamespaceUnknown)) return bad("Unknown command");
  static constexpr std::string_view kSeparator(&kDelimiter, 1);
  parser::NamespaceDescr personal;
  personal.prefix = {"", parser::StringForm::Quoted};
  personal.delimiter = parser::String::from(kSeparator, parser::StringForm::Quoted);
  parser::NamespaceResponse response;
  response.personal = parser::List<parser::NamespaceDescr>(&personal, 1);
  context.replies.send(response);
  return ok("NAMESPACE completed");
}

}  // namespace imapspec::server::commands
