#include "server/commands/table.h"

#include <algorithm>
#include <array>
#include <variant>

#include "parser/core/ascii.h"
#include "server/commands/handlers.h"

namespace imapspec::server {

namespace {

// run unpacks the command for its handler.
template <class Syntax, std::optional<Completion> (*Handle)(Context&, const Syntax&)>
std::optional<Completion> run(Context& context, const parser::commands::Any& body) {
  return Handle(context, std::get<Syntax>(body));
}

namespace syntax = parser::commands;
using enum States;

constexpr auto kTable = std::to_array<CommandRow>({
    {"CAPABILITY", Any, Expunges::Allowed, run<syntax::Capability, commands::capability>},
    {"NOOP", Any, Expunges::Allowed, run<syntax::Noop, commands::noop>},
    {"LOGOUT", Any, Expunges::Allowed, run<syntax::Logout, commands::logout>},
    {"STARTTLS", NotAuthenticated, Expunges::Allowed, run<syntax::StartTls, commands::starttls>},
    {"LOGIN", NotAuthenticated, Expunges::Allowed, run<syntax::Login, commands::login>},
    {"AUTHENTICATE", NotAuthenticated, Expunges::Allowed, run<syntax::Authenticate, commands::authenticate>},
    {"ENABLE", Authenticated, Expunges::Allowed, run<syntax::Enable, commands::enable>, parser::Extension::Enable},
    {"SELECT", AuthenticatedOrSelected, Expunges::Allowed, run<syntax::Select, commands::select>},
    {"EXAMINE", AuthenticatedOrSelected, Expunges::Allowed, run<syntax::Examine, commands::examine>},
    {"CREATE", AuthenticatedOrSelected, Expunges::Allowed, run<syntax::Create, commands::create>},
    {"DELETE", AuthenticatedOrSelected, Expunges::Allowed, run<syntax::Delete, commands::delete_>},
    {"RENAME", AuthenticatedOrSelected, Expunges::Allowed, run<syntax::Rename, commands::rename>},
    {"SUBSCRIBE", AuthenticatedOrSelected, Expunges::Allowed, run<syntax::Subscribe, commands::subscribe>},
    {"UNSUBSCRIBE", AuthenticatedOrSelected, Expunges::Allowed, run<syntax::Unsubscribe, commands::unsubscribe>},
    {"LIST", AuthenticatedOrSelected, Expunges::Allowed, run<syntax::List, commands::list>},
    {"NAMESPACE", AuthenticatedOrSelected, Expunges::Allowed, run<syntax::Namespace, commands::namespace_>,
     parser::Extension::Namespace},
    {"STATUS", AuthenticatedOrSelected, Expunges::Allowed, run<syntax::Status, commands::status>},
    {"APPEND", AuthenticatedOrSelected, Expunges::Allowed, run<syntax::Append, commands::append>},
    {"IDLE", AuthenticatedOrSelected, Expunges::Allowed, run<syntax::Idle, commands::idle>, parser::Extension::Idle},
    {"CLOSE", Selected, Expunges::Allowed, run<syntax::Close, commands::close>},
    {"UNSELECT", Selected, Expunges::Allowed, run<syntax::Unselect, commands::unselect>, parser::Extension::Unselect},
    {"EXPUNGE", Selected, Expunges::Allowed, run<syntax::Expunge, commands::expunge>},
    {"COPY", Selected, Expunges::Allowed, run<syntax::Copy, commands::copy>},
    {"MOVE", Selected, Expunges::Allowed, run<syntax::Move, commands::move>, parser::Extension::Move},
    {"FETCH", Selected, Expunges::InUidForm, run<syntax::Fetch, commands::fetch>},
    {"STORE", Selected, Expunges::InUidForm, run<syntax::Store, commands::store>},
    {"SEARCH", Selected, Expunges::InUidForm, run<syntax::Search, commands::search>},
    {"LSUB", AuthenticatedOrSelected, Expunges::Allowed, run<syntax::Lsub, commands::lsub>},
    {"CHECK", Selected, Expunges::Allowed, run<syntax::Check, commands::check>},
    {"ID", Any, Expunges::Allowed, run<syntax::Id, commands::id>, parser::Extension::Id},
    {"GETQUOTA", AuthenticatedOrSelected, Expunges::Allowed, run<syntax::GetQuota, commands::get_quota>,
     parser::Extension::Quota},
    {"GETQUOTAROOT", AuthenticatedOrSelected, Expunges::Allowed, run<syntax::GetQuotaRoot, commands::get_quota_root>,
     parser::Extension::Quota},
    {"SETQUOTA", AuthenticatedOrSelected, Expunges::Allowed, run<syntax::SetQuota, commands::set_quota>,
     parser::Extension::Quota},
    {"UNAUTHENTICATE", AuthenticatedOrSelected, Expunges::Allowed,
     run<syntax::Unauthenticate, commands::unauthenticate>, parser::Extension::Unauthenticate},
});

}  // namespace

std::span<const CommandRow> command_table() { return kTable; }

const CommandRow* row_of(const parser::commands::Any& body) {
  std::string_view name = parser::command_name(body);
  if (name.starts_with("UID ")) name.remove_prefix(4);
  const auto* row = std::ranges::find(kTable, name, &CommandRow::name);
  return row == kTable.end() ? nullptr : row;
}

const CommandRow* row_named(std::string_view name) {
  const auto* row = std::find_if(kTable.begin(), kTable.end(), [name](const CommandRow& candidate) {
    return parser::equal_ignoring_case(candidate.name, name);
  });
  return row == kTable.end() ? nullptr : row;
}

}  // namespace imapspec::server
