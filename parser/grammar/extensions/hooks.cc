#include "parser/grammar/extensions/hooks.h"

#include <array>

#include "parser/core/keyword.h"

namespace imapspec::parser {

namespace {

// Added is what a keyword brings: under which extension, what is made of it, and where it is written.
template <class What>
struct Added {
  Extension extension = {};
  What what = {};
  std::string_view reference;
};

// Rows is what extensions add to one base rule.
template <class What, std::size_t N>
using Rows = std::array<Keyword<Added<What>>, N>;

// added finds the row whose keyword stands here. A profile without extensions, which has no row,
// does not pay for looking.
template <class What, std::size_t N>
std::expected<What, Error> added(Cursor& in, const Profile& profile, const Rows<What, N>& rows, const Error& missed) {
  if (profile.extensions == 0) return std::unexpected(missed);
  const auto row = keyword(in, rows, missed.rule, missed.expected,
                           [&](const Added<What>& each) { return profile.has_added(each.extension); });
  if (row) return row->what;
  return std::unexpected(row.error().offset < missed.offset ? missed : row.error());
}

// Read reads what follows a keyword.
template <class T>
using Read = std::expected<T, Error> (*)(Cursor&, const Profile&);

// as makes the variant of what a rule yields.
template <class Variant, auto kRule>
std::expected<Variant, Error> as(Cursor& in, const Profile& profile) {
  auto value = kRule(in, profile);
  if (!value) return std::unexpected(value.error());
  return Variant(*value);
}

constexpr auto kCommands = std::to_array<Keyword<Added<Read<commands::Any>>>>({
    {"ID", {Extension::Id, as<commands::Any, id>, "RFC 2971 section 3.1"}},
    {"GETQUOTA", {Extension::Quota, as<commands::Any, getquota>, "RFC 9208 section 4.1.1"}},
    {"GETQUOTAROOT", {Extension::Quota, as<commands::Any, getquotaroot>, "RFC 9208 section 4.1.2"}},
    {"SETQUOTA", {Extension::Quota, as<commands::Any, setquota>, "RFC 9208 section 4.1.3"}},
    {"SETACL", {Extension::Acl, as<commands::Any, setacl>, "RFC 4314 section 3.1"}},
    {"DELETEACL", {Extension::Acl, as<commands::Any, deleteacl>, "RFC 4314 section 3.2"}},
    {"GETACL", {Extension::Acl, as<commands::Any, getacl>, "RFC 4314 section 3.3"}},
    {"LISTRIGHTS", {Extension::Acl, as<commands::Any, listrights>, "RFC 4314 section 3.4"}},
    {"MYRIGHTS", {Extension::Acl, as<commands::Any, myrights>, "RFC 4314 section 3.5"}},
    {"UNAUTHENTICATE", {Extension::Unauthenticate, as<commands::Any, unauthenticate>, "RFC 8437 section 3"}},
});

constexpr auto kData = std::to_array<Keyword<Added<Read<Response>>>>({
    {"ID", {Extension::Id, as<Response, id_response>, "RFC 2971 section 3.2"}},
    {"QUOTA", {Extension::Quota, as<Response, quota_response>, "RFC 9208 section 4.2.1"}},
    {"QUOTAROOT", {Extension::Quota, as<Response, quotaroot_response>, "RFC 9208 section 4.2.2"}},
    {"ACL", {Extension::Acl, as<Response, acl_data>, "RFC 4314 section 3.6"}},
    {"LISTRIGHTS", {Extension::Acl, as<Response, listrights_data>, "RFC 4314 section 3.7"}},
    {"MYRIGHTS", {Extension::Acl, as<Response, myrights_data>, "RFC 4314 section 3.8"}},
});

}  // namespace

std::expected<commands::Any, Error> extension_command(Cursor& in, const Profile& profile, const Error& missed) {
  IMAPSPEC_TRY(const auto arguments, added(in, profile, kCommands, missed));
  return arguments(in, profile);
}

std::expected<Response, Error> extension_data(Cursor& in, const Profile& profile, const Error& missed) {
  IMAPSPEC_TRY(const auto data, added(in, profile, kData, missed));
  return data(in, profile);
}

std::vector<ExtensionRow> extension_rows() {
  std::vector<ExtensionRow> all;
  const auto list = [&](std::string_view rule, const auto& rows) {
    for (const auto& row : rows) all.push_back({rule, row.word, row.value.extension, row.value.reference});
  };
  list("command", kCommands);
  list("response-data", kData);
  return all;
}

}  // namespace imapspec::parser
