#include <variant>

#include "parser/grammar/command.h"

namespace imapspec::parser {

namespace {

// CommandName names each alternative of commands::Any.
struct CommandName {
  std::string_view operator()(const commands::Capability&) const { return "CAPABILITY"; }
  std::string_view operator()(const commands::Noop&) const { return "NOOP"; }
  std::string_view operator()(const commands::Logout&) const { return "LOGOUT"; }
  std::string_view operator()(const commands::StartTls&) const { return "STARTTLS"; }
  std::string_view operator()(const commands::Login&) const { return "LOGIN"; }
  std::string_view operator()(const commands::Authenticate&) const { return "AUTHENTICATE"; }
  std::string_view operator()(const commands::Enable&) const { return "ENABLE"; }
  std::string_view operator()(const commands::Select&) const { return "SELECT"; }
  std::string_view operator()(const commands::Examine&) const { return "EXAMINE"; }
  std::string_view operator()(const commands::Create&) const { return "CREATE"; }
  std::string_view operator()(const commands::Delete&) const { return "DELETE"; }
  std::string_view operator()(const commands::Rename&) const { return "RENAME"; }
  std::string_view operator()(const commands::Subscribe&) const { return "SUBSCRIBE"; }
  std::string_view operator()(const commands::Unsubscribe&) const { return "UNSUBSCRIBE"; }
  std::string_view operator()(const commands::List&) const { return "LIST"; }
  std::string_view operator()(const commands::Namespace&) const { return "NAMESPACE"; }
  std::string_view operator()(const commands::Status&) const { return "STATUS"; }
  std::string_view operator()(const commands::Append&) const { return "APPEND"; }
  std::string_view operator()(const commands::Idle&) const { return "IDLE"; }
  std::string_view operator()(const commands::Close&) const { return "CLOSE"; }
  std::string_view operator()(const commands::Unselect&) const { return "UNSELECT"; }
  std::string_view operator()(const commands::Expunge& c) const { return c.uids ? "UID EXPUNGE" : "EXPUNGE"; }
  std::string_view operator()(const commands::Copy& c) const { return c.uid ? "UID COPY" : "COPY"; }
  std::string_view operator()(const commands::Move& c) const { return c.uid ? "UID MOVE" : "MOVE"; }
  std::string_view operator()(const commands::Fetch& c) const { return c.uid ? "UID FETCH" : "FETCH"; }
  std::string_view operator()(const commands::Store& c) const { return c.uid ? "UID STORE" : "STORE"; }
  std::string_view operator()(const commands::Search& c) const { return c.uid ? "UID SEARCH" : "SEARCH"; }
  template <class Extended>
  std::string_view operator()(const Extended&) const {
    return Extended::kName;
  }
};

}  // namespace

std::string_view command_name(const commands::Any& body) { return std::visit(CommandName{}, body); }

}  // namespace imapspec::parser
