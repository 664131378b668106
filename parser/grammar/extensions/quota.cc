#include "parser/grammar/extensions/quota.h"

#include "parser/grammar/char_class.h"
#include "parser/grammar/extensions/arguments.h"

namespace imapspec::parser {

namespace {

// resource-name = "STORAGE" / "MESSAGE" / "MAILBOX" / "ANNOTATION-STORAGE" / resource-name-ext
// resource-name-ext = atom
//                     ;; Future resource registrations
std::expected<AtomName, Error> resource_name(Cursor& in) {
  if (!is_atom_char(in.peek())) return in.fail("resource-name", "atom");
  return atom(in);
}

// setquota-resource = resource-name SP resource-limit
// resource-limit = number64
std::expected<QuotaLimit, Error> setquota_resource(Cursor& in) {
  Attempt attempt(in, "setquota-resource");
  QuotaLimit resource;
  IMAPSPEC_TRY(resource.name, resource_name(in));
  IMAPSPEC_TRY(resource.limit, sp_number64(in, "setquota-resource"));
  return attempt.accept(resource);
}

// quota-resource = resource-name SP resource-usage SP resource-limit
// resource-usage = number64
//                  ;; must be less than corresponding resource-limit
//
// Note: section 3.1.2 has soft limits, so that the comment cannot mean the number.
std::expected<QuotaUsage, Error> quota_resource(Cursor& in) {
  Attempt attempt(in, "quota-resource");
  QuotaUsage resource;
  IMAPSPEC_TRY(resource.name, resource_name(in));
  IMAPSPEC_TRY(resource.usage, sp_number64(in, "quota-resource"));
  IMAPSPEC_TRY(resource.limit, sp_number64(in, "quota-resource"));
  return attempt.accept(resource);
}

// "(" [resource *(SP resource)] ")", from the SP in front of it
//
// setquota-list = "(" [setquota-resource *(SP setquota-resource)] ")"
// quota-list = "(" quota-resource *(SP quota-resource) ")"
//
// Note: X1. The ABNF of quota-list has one resource or more, section 4.2.1 has none or more and says
// what none means, and RFC 2087 had none or more. None is taken.
template <class T>
std::expected<List<T>, Error> sp_list(Cursor& in, Name rule, std::expected<T, Error> (*resource)(Cursor&)) {
  if (!in.take(' ')) return in.fail(rule, "SP");
  Attempt attempt(in, rule);
  if (!in.take('(')) return in.fail(rule, "\"(\"");
  ListBuilder<T> list(in.arena());
  if (in.take(')')) return attempt.accept(list.list());
  do {
    IMAPSPEC_TRY(const T next, resource(in));
    list.push(next);
  } while (in.take(' '));
  if (!in.take(')')) return in.fail(rule, "SP or \")\"");
  return attempt.accept(list.list());
}

}  // namespace

std::expected<commands::GetQuota, Error> getquota(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "getquota");
  IMAPSPEC_TRY(const String root, sp_astring(in, profile, "getquota"));
  return attempt.accept(commands::GetQuota{root});
}

std::expected<commands::GetQuotaRoot, Error> getquotaroot(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "getquotaroot");
  IMAPSPEC_TRY(const Mailbox mailbox, sp_mailbox(in, profile, "getquotaroot"));
  return attempt.accept(commands::GetQuotaRoot{mailbox});
}

std::expected<commands::SetQuota, Error> setquota(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "setquota");
  commands::SetQuota command;
  IMAPSPEC_TRY(command.root, sp_astring(in, profile, "setquota"));
  IMAPSPEC_TRY(command.limits, sp_list(in, "setquota-list", setquota_resource));
  return attempt.accept(command);
}

std::expected<QuotaResponse, Error> quota_response(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "quota-response");
  QuotaResponse response;
  IMAPSPEC_TRY(response.root, sp_astring(in, profile, "quota-response"));
  IMAPSPEC_TRY(response.resources, sp_list(in, "quota-list", quota_resource));
  return attempt.accept(response);
}

std::expected<QuotaRootResponse, Error> quotaroot_response(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "quotaroot-response");
  QuotaRootResponse response;
  IMAPSPEC_TRY(response.mailbox, sp_mailbox(in, profile, "quotaroot-response"));
  ListBuilder<String> roots(in.arena());
  while (in.peek() == ' ') {
    IMAPSPEC_TRY(const String root, sp_astring(in, profile, "quotaroot-response"));
    roots.push(root);
  }
  response.roots = roots.list();
  return attempt.accept(response);
}

void write_arguments(const commands::GetQuota& command, Writer& out) { write_argument(command.root, out); }

void write_arguments(const commands::GetQuotaRoot& command, Writer& out) { write_argument(command.mailbox, out); }

void write_arguments(const commands::SetQuota& command, Writer& out) {
  write_argument(command.root, out);
  out.sp();
  write_parenthesized(command.limits, out, [](const QuotaLimit& resource, Writer& to) {
    to.word(resource.name);
    write_argument(resource.limit, to);
  });
}

void write(const QuotaResponse& response, Writer& out) {
  write_keyword("QUOTA", out);
  write_argument(response.root, out);
  out.sp();
  write_parenthesized(response.resources, out, [](const QuotaUsage& resource, Writer& to) {
    to.word(resource.name);
    write_argument(resource.usage, to);
    write_argument(resource.limit, to);
  });
}

void write(const QuotaRootResponse& response, Writer& out) {
  write_keyword("QUOTAROOT", out);
  write_argument(response.mailbox, out);
  for (const String& root : response.roots) write_argument(root, out);
}

}  // namespace imapspec::parser
