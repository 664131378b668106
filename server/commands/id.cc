// ID (RFC 2971)
#include "server/commands/handlers.h"

namespace imapspec::server::commands {

// What the client says of itself is neither kept nor believed.
Result id(Context& context, const syntax::Id&) {
  static constexpr parser::IdField kName{{"name", parser::StringForm::Quoted},
                                         parser::String{"imapspec", parser::StringForm::Quoted}};
  context.replies.send(parser::IdResponse{parser::List<parser::IdField>(&kName, 1)});
  return ok("ID completed");
}

}  // namespace imapspec::server::commands
