// CHECK (RFC 3501 section 6.4.1)
#include "server/commands/handlers.h"

namespace imapspec::server::commands {

// Everything is in memory: there is no checkpoint to make.
Result check(Context&, const syntax::Check&) { return ok("CHECK completed"); }

}  // namespace imapspec::server::commands
