// ACL: who may do what with a mailbox.
//
// RFC 4314
#pragma once

#include <expected>
#include <string_view>

#include "parser/core/cursor.h"
#include "parser/core/list.h"
#include "parser/grammar/mailbox.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/string.h"
#include "parser/grammar/writer.h"

namespace imapspec::parser {

namespace commands {
struct GetAcl {
  static constexpr std::string_view kName = "GETACL";
  Mailbox mailbox;
  friend bool operator==(const GetAcl&, const GetAcl&) = default;
};
// SetAcl's rights begin with "+" to be added or "-" to be taken away, with neither to replace.
struct SetAcl {
  static constexpr std::string_view kName = "SETACL";
  Mailbox mailbox;
  String identifier;
  String mod_rights;
  friend bool operator==(const SetAcl&, const SetAcl&) = default;
};
struct DeleteAcl {
  static constexpr std::string_view kName = "DELETEACL";
  Mailbox mailbox;
  String identifier;
  friend bool operator==(const DeleteAcl&, const DeleteAcl&) = default;
};
struct ListRights {
  static constexpr std::string_view kName = "LISTRIGHTS";
  Mailbox mailbox;
  String identifier;
  friend bool operator==(const ListRights&, const ListRights&) = default;
};
struct MyRights {
  static constexpr std::string_view kName = "MYRIGHTS";
  Mailbox mailbox;
  friend bool operator==(const MyRights&, const MyRights&) = default;
};
}  // namespace commands

struct AclData {
  struct Entry {
    String identifier;
    String rights;
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  Mailbox mailbox;
  List<Entry> entries;
  friend bool operator==(const AclData&, const AclData&) = default;
};

// ListRightsData's `required` rights are always granted; each of `optional` is a set of rights that
// are granted together.
struct ListRightsData {
  Mailbox mailbox;
  String identifier;
  String required;
  List<String> optional;
  friend bool operator==(const ListRightsData&, const ListRightsData&) = default;
};

struct MyRightsData {
  Mailbox mailbox;
  String rights;
  friend bool operator==(const MyRightsData&, const MyRightsData&) = default;
};

// Each of these reads from the octet after its keyword. An identifier is an astring.

// getacl = "GETACL" SP mailbox
std::expected<commands::GetAcl, Error> getacl(Cursor& in, const Profile& profile);

// setacl = "SETACL" SP mailbox SP identifier SP mod-rights
std::expected<commands::SetAcl, Error> setacl(Cursor& in, const Profile& profile);

// deleteacl = "DELETEACL" SP mailbox SP identifier
std::expected<commands::DeleteAcl, Error> deleteacl(Cursor& in, const Profile& profile);

// listrights = "LISTRIGHTS" SP mailbox SP identifier
std::expected<commands::ListRights, Error> listrights(Cursor& in, const Profile& profile);

// myrights = "MYRIGHTS" SP mailbox
std::expected<commands::MyRights, Error> myrights(Cursor& in, const Profile& profile);

// acl-data = "ACL" SP mailbox *(SP identifier SP rights)
std::expected<AclData, Error> acl_data(Cursor& in, const Profile& profile);

// listrights-data = "LISTRIGHTS" SP mailbox SP identifier SP rights *(SP rights)
std::expected<ListRightsData, Error> listrights_data(Cursor& in, const Profile& profile);

// myrights-data = "MYRIGHTS" SP mailbox SP rights
std::expected<MyRightsData, Error> myrights_data(Cursor& in, const Profile& profile);

// write_arguments and write append a command's arguments, with the SP in front of them, and a response.
void write_arguments(const commands::GetAcl& command, Writer& out);
void write_arguments(const commands::SetAcl& command, Writer& out);
void write_arguments(const commands::DeleteAcl& command, Writer& out);
void write_arguments(const commands::ListRights& command, Writer& out);
void write_arguments(const commands::MyRights& command, Writer& out);
void write(const AclData& data, Writer& out);
void write(const ListRightsData& data, Writer& out);
void write(const MyRightsData& data, Writer& out);

}  // namespace imapspec::parser
