// One function per command; each is in the file of its name.
//
// RFC 9051 sections 6.1 to 6.4, RFC 3501 sections 6.3.9, 6.4.1, RFC 2971, RFC 9208
#pragma once

#include <optional>

#include "parser/grammar/command.h"
#include "server/session/context.h"

namespace imapspec::server::commands {

using Result = std::optional<Completion>;
namespace syntax = parser::commands;

Result capability(Context& context, const syntax::Capability& command);
Result noop(Context& context, const syntax::Noop& command);
Result logout(Context& context, const syntax::Logout& command);
Result starttls(Context& context, const syntax::StartTls& command);
Result login(Context& context, const syntax::Login& command);
Result authenticate(Context& context, const syntax::Authenticate& command);
Result enable(Context& context, const syntax::Enable& command);
Result select(Context& context, const syntax::Select& command);
Result examine(Context& context, const syntax::Examine& command);
Result create(Context& context, const syntax::Create& command);
Result delete_(Context& context, const syntax::Delete& command);
Result rename(Context& context, const syntax::Rename& command);
Result subscribe(Context& context, const syntax::Subscribe& command);
Result unsubscribe(Context& context, const syntax::Unsubscribe& command);
Result list(Context& context, const syntax::List& command);
Result namespace_(Context& context, const syntax::Namespace& command);
Result status(Context& context, const syntax::Status& command);
Result append(Context& context, const syntax::Append& command);
Result idle(Context& context, const syntax::Idle& command);
Result close(Context& context, const syntax::Close& command);
Result unselect(Context& context, const syntax::Unselect& command);
Result expunge(Context& context, const syntax::Expunge& command);
Result copy(Context& context, const syntax::Copy& command);
Result move(Context& context, const syntax::Move& command);
Result fetch(Context& context, const syntax::Fetch& command);
Result store(Context& context, const syntax::Store& command);
Result search(Context& context, const syntax::Search& command);
Result lsub(Context& context, const syntax::Lsub& command);
Result check(Context& context, const syntax::Check& command);
Result unauthenticate(Context& context, const syntax::Unauthenticate& command);
Result id(Context& context, const syntax::Id& command);
Result get_quota(Context& context, const syntax::GetQuota& command);
Result get_quota_root(Context& context, const syntax::GetQuotaRoot& command);
Result set_quota(Context& context, const syntax::SetQuota& command);

}  // namespace imapspec::server::commands
