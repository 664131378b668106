#include "parser/grammar/extensions/acl.h"

#include <algorithm>

#include "parser/grammar/char_class.h"
#include "parser/grammar/extensions/arguments.h"
#include "parser/grammar/string.h"

namespace imapspec::parser {

namespace {

constexpr bool is_right(int octet) { return (octet >= 'a' && octet <= 'z') || (octet >= '0' && octet <= '9'); }
constexpr bool is_sign(int octet) { return octet == '+' || octet == '-'; }
constexpr bool is_right_or_sign(int octet) { return is_right(octet) || is_sign(octet); }

constexpr Name kRights("a-z or 0-9");

// [rights-sign] *rights-octet, the sign only where they modify
std::string_view run_of_rights(Cursor& in, bool modifies) {
  const std::size_t start = in.offset();
  if (modifies && is_sign(in.peek())) in.skip(1);
  while (is_right(in.peek())) in.skip(1);
  return in.since(start);
}

std::expected<String, Error> quoted_rights(Cursor& in, bool modifies) {
  Attempt attempt(in, "quoted");
  in.skip(1);
  const std::string_view octets = run_of_rights(in, modifies);
  if (!in.take('"')) return attempt.fail("a-z, 0-9 or DQUOTE", is_text_char(in.peek()) ? "X2" : Name());
  return attempt.accept(String::unchecked(octets, StringForm::Quoted));
}

std::expected<String, Error> literal_rights(Cursor& in, const Profile& profile, bool modifies) {
  IMAPSPEC_TRY(const String read,
               literal(in, profile,
                       {.in_class = modifies ? is_right_or_sign : is_right, .expected = kRights, .resolution = "X2"}));
  const std::string_view rights = read.octets();
  if (std::ranges::any_of(rights.substr(std::min<std::size_t>(rights.size(), 1)), is_sign)) {
    return in.fail("mod-rights", "a sign in front only", "X2");
  }
  return read;
}

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
  Attempt attempt(in, modifies ? Name("mod-rights") : Name("rights"));
  if (in.peek() == '"') {
    IMAPSPEC_TRY(const String read, quoted_rights(in, modifies));
    return attempt.accept(read);
  }
  if (in.peek() == '{') {
    IMAPSPEC_TRY(const String read, literal_rights(in, profile, modifies));
    return attempt.accept(read);
  }
  const std::string_view octets = run_of_rights(in, modifies);
  if (is_astring_char(in.peek())) return attempt.fail(kRights, "X2");
  if (octets.empty()) return attempt.fail(kRights);
  return attempt.accept(String::unchecked(octets, StringForm::Atom));
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
