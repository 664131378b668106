// STARTTLS (RFC 9051 section 6.2.1)
#include "server/commands/handlers.h"

namespace imapspec::server::commands {

Result starttls(Context& context, const syntax::StartTls&) {
  if (context.tls) {
    if (context.faults.has(Fault::StarttlsUnderTlsAccepted)) return ok("Begin TLS negotiation now");
    return bad("TLS is in use");
  }
  if (!context.options.starttls) return no("TLS is not available");
  context.wish = Wish::StartTls;
  return ok("Begin TLS negotiation now");
}

}  // namespace imapspec::server::commands
