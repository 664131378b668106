// GETQUOTA, GETQUOTAROOT and SETQUOTA (RFC 9208 section 4.1)
#include "parser/core/ascii.h"
#include "server/commands/handlers.h"
#include "server/commands/listing.h"

namespace imapspec::server::commands {

namespace {

constexpr parser::AtomName kStorage{"STORAGE"};
constexpr parser::AtomName kMessage{"MESSAGE"};

// kRoot is the one quota root: all mailboxes of a user.
constexpr parser::String kRoot{"", parser::StringForm::Quoted};

// send_quota tells what is limited; where that is nothing the list is empty.
void send_quota(Context& context) {
  const Quota& quota = context.account->quota();
  const Usage usage = context.account->usage();
  parser::ListBuilder<parser::QuotaUsage> resources(context.arena);
  const auto add = [&](parser::AtomName name, std::uint64_t used, const std::optional<std::uint64_t>& limit) {
    if (limit) resources.push({name, parser::Number64::nearest(used), parser::Number64::nearest(*limit)});
  };
  add(kStorage, storage_units(usage.octets), quota.storage);
  add(kMessage, usage.messages, quota.messages);
  context.replies.send(parser::QuotaResponse{kRoot, resources.list()});
}

Completion no_such_root() { return no(code("NONEXISTENT"), "No such quota root"); }

}  // namespace

Result get_quota(Context& context, const syntax::GetQuota& command) {
  if (!command.root.value().empty()) return no_such_root();
  send_quota(context);
  return ok("GETQUOTA completed");
}

// The mailbox need not exist.
Result get_quota_root(Context& context, const syntax::GetQuotaRoot& command) {
  const std::string name = context.name_of(command.mailbox);
  if (!context.faults.has(Fault::QuotarootMissing)) {
    context.replies.send(parser::QuotaRootResponse{mailbox_of(context, name), {&kRoot, 1}});
  }
  send_quota(context);
  return ok("GETQUOTAROOT completed");
}

Result set_quota(Context& context, const syntax::SetQuota& command) {
  if (!context.options.offer.has("QUOTASET")) return no(code("NOPERM"), "Quotas are set by the administrator");
  if (!command.root.value().empty()) return no_such_root();
  Quota quota;  // what is not listed is not limited any more
  for (const parser::QuotaLimit& limit : command.limits) {
    if (parser::equal_ignoring_case(limit.name, kStorage)) {
      quota.storage = limit.limit;
    } else if (parser::equal_ignoring_case(limit.name, kMessage)) {
      quota.messages = limit.limit;
    } else {
      return no(code("CANNOT"), "No such resource");
    }
  }
  context.account->set_quota(quota);
  send_quota(context);
  return ok("SETQUOTA completed");
}

}  // namespace imapspec::server::commands
