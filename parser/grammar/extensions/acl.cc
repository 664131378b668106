#include "parser/grammar/extensions/acl.h"

#include <algorithm>

#include "parser/grammar/extensions/arguments.h"

namespace imapspec::parser {

namespace {

constexpr bool is_right(char octet) { return (octet >= 'a' && octet <= 'z') || (octet >= '0' && octet <= '9'); }

// rights = astring
//            ;; only lowercase ASCII letters and digits
//            ;; are allowed.
// mod-rights = astring
//                ;; +rights to add, -rights to remove
//                ;; rights to replace
//
// Note: X2. The comments forbid what an astring admits; there may be no rights at all (section 3.1).
// An escape between quotes is none of these octets either, whatever it stands for.
std::expected<String, Error> sp_rights(Cursor& in, const Profile& profile, bool modifies, Name caller) {
  if (!in.take(' ')) return in.fail(caller, "SP");
  const Name rule = modifies ? Name("mod-rights") : Name("rights");
  Attempt attempt(in, rule);
  IMAPSPEC_TRY(const String read, astring(in, profile));
  std::string_view rights = read.octets();
  if (modifies && (rights.starts_with('+') || rights.starts_with('-'))) rights.remove_prefix(1);
  const auto* wrong = std::find_if_not(rights.begin(), rights.end(), is_right);
  if (wrong != rights.end()) {
    return in.fail_at(static_cast<std::size_t>(wrong - in.octets().data()), rule, "a-z or 0-9", "X2");
  }
  return attempt.accept(read);
}

}  // namespace

std::expected<commands::GetAcl, Error> getacl(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "getacl");
  IMAPSPEC_TRY(const Mailbox mailbox, sp_mailbox(in, profile, "getacl"));
  return attempt.accept(commands::GetAcl{mailbox});
}

std::expected<commands::SetAcl, Error> setacl(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "setacl");
  commands::SetAcl command;
  IMAPSPEC_TRY(command.mailbox, sp_mailbox(in, profile, "setacl"));
  IMAPSPEC_TRY(command.identifier, sp_astring(in, profile, "setacl"));
  IMAPSPEC_TRY(command.mod_rights, sp_rights(in, profile, true, "setacl"));
  return attempt.accept(command);
}

std::expected<commands::DeleteAcl, Error> deleteacl(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "deleteacl");
  commands::DeleteAcl command;
  IMAPSPEC_TRY(command.mailbox, sp_mailbox(in, profile, "deleteacl"));
  IMAPSPEC_TRY(command.identifier, sp_astring(in, profile, "deleteacl"));
  return attempt.accept(command);
}

std::expected<commands::ListRights, Error> listrights(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "listrights");
  commands::ListRights command;
  IMAPSPEC_TRY(command.mailbox, sp_mailbox(in, profile, "listrights"));
  IMAPSPEC_TRY(command.identifier, sp_astring(in, profile, "listrights"));
  return attempt.accept(command);
}

std::expected<commands::MyRights, Error> myrights(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "myrights");
  IMAPSPEC_TRY(const Mailbox mailbox, sp_mailbox(in, profile, "myrights"));
  return attempt.accept(commands::MyRights{mailbox});
}

std::expected<AclData, Error> acl_data(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "acl-data");
  AclData data;
  IMAPSPEC_TRY(data.mailbox, sp_mailbox(in, profile, "acl-data"));
  ListBuilder<AclData::Entry> entries(in.arena());
  while (in.peek() == ' ') {
    AclData::Entry entry;
    IMAPSPEC_TRY(entry.identifier, sp_astring(in, profile, "acl-data"));
    IMAPSPEC_TRY(entry.rights, sp_rights(in, profile, false, "acl-data"));
    entries.push(entry);
  }
  data.entries = entries.list();
  return attempt.accept(data);
}

std::expected<ListRightsData, Error> listrights_data(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "listrights-data");
  ListRightsData data;
  IMAPSPEC_TRY(data.mailbox, sp_mailbox(in, profile, "listrights-data"));
  IMAPSPEC_TRY(data.identifier, sp_astring(in, profile, "listrights-data"));
  IMAPSPEC_TRY(data.required, sp_rights(in, profile, false, "listrights-data"));
  ListBuilder<String> optional(in.arena());
  while (in.peek() == ' ') {
    IMAPSPEC_TRY(const String rights, sp_rights(in, profile, false, "listrights-data"));
    optional.push(rights);
  }
  data.optional = optional.list();
  return attempt.accept(data);
}

std::expected<MyRightsData, Error> myrights_data(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "myrights-data");
  MyRightsData data;
  IMAPSPEC_TRY(data.mailbox, sp_mailbox(in, profile, "myrights-data"));
  IMAPSPEC_TRY(data.rights, sp_rights(in, profile, false, "myrights-data"));
  return attempt.accept(data);
}

void write_arguments(const commands::GetAcl& command, Writer& out) { write_argument(command.mailbox, out); }

void write_arguments(const commands::SetAcl& command, Writer& out) {
  write_argument(command.mailbox, out);
  write_argument(command.identifier, out);
  write_argument(command.mod_rights, out);
}

void write_arguments(const commands::DeleteAcl& command, Writer& out) {
  write_argument(command.mailbox, out);
  write_argument(command.identifier, out);
}

void write_arguments(const commands::ListRights& command, Writer& out) {
  write_argument(command.mailbox, out);
  write_argument(command.identifier, out);
}

void write_arguments(const commands::MyRights& command, Writer& out) { write_argument(command.mailbox, out); }

void write(const AclData& data, Writer& out) {
  write_keyword("ACL", out);
  write_argument(data.mailbox, out);
  for (const AclData::Entry& entry : data.entries) {
    write_argument(entry.identifier, out);
    write_argument(entry.rights, out);
  }
}

void write(const ListRightsData& data, Writer& out) {
  write_keyword("LISTRIGHTS", out);
  write_argument(data.mailbox, out);
  write_argument(data.identifier, out);
  write_argument(data.required, out);
  for (const String& rights : data.optional) write_argument(rights, out);
}

void write(const MyRightsData& data, Writer& out) {
  write_keyword("MYRIGHTS", out);
  write_argument(data.mailbox, out);
  write_argument(data.rights, out);
}

}  // namespace imapspec::parser
