#include "parser/grammar/extensions/hooks.h"

#include <algorithm>
#include <array>
#include <new>

#include "parser/core/keyword.h"
#include "parser/grammar/extensions/arguments.h"
#include "parser/grammar/extensions/utf8.h"
#include "parser/grammar/sequence_set.h"
#include "parser/grammar/string.h"
#include "parser/grammar/tagged_ext.h"

namespace imapspec::parser {

namespace {

// Added is what a keyword brings: under which extension, what is made of it, and where it is written.
template <class What>
struct Added {
  Extension extension = {};
  What what = {};
  std::string_view reference;
};

template <class What>
using Row = Keyword<Added<What>>;

// Read reads what follows a keyword.
template <class T>
using Read = std::expected<T, Error> (*)(Cursor&, const Profile&);

// as makes one alternative of what a rule yields.
template <class Variant, auto kRule>
std::expected<Variant, Error> as(Cursor& in, const Profile& profile) {
  auto value = kRule(in, profile);
  if (!value) return std::unexpected(value.error());
  return Variant(*value);
}

// ---- what the extensions add, rule by rule

constexpr auto kCommands = std::to_array<Row<Read<commands::Any>>>({
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

constexpr auto kData = std::to_array<Row<Read<Response>>>({
    {"ID", {Extension::Id, as<Response, id_response>, "RFC 2971 section 3.2"}},
    {"QUOTA", {Extension::Quota, as<Response, quota_response>, "RFC 9208 section 4.2.1"}},
    {"QUOTAROOT", {Extension::Quota, as<Response, quotaroot_response>, "RFC 9208 section 4.2.2"}},
    {"ACL", {Extension::Acl, as<Response, acl_data>, "RFC 4314 section 3.6"}},
    {"LISTRIGHTS", {Extension::Acl, as<Response, listrights_data>, "RFC 4314 section 3.7"}},
    {"MYRIGHTS", {Extension::Acl, as<Response, myrights_data>, "RFC 4314 section 3.8"}},
    {"VANISHED", {Extension::Qresync, as<Response, expunged_resp>, "RFC 7162 section 3.2.10"}},
});

constexpr auto kFetchAtts = std::to_array<Row<FetchAtt::Kind>>({
    {"MODSEQ", {Extension::Condstore, FetchAtt::Kind::ModSequence, "RFC 7162 section 3.1.4.2"}},
});

constexpr auto kMsgAtts = std::to_array<Row<MsgAtt::Kind>>({
    {"MODSEQ", {Extension::Condstore, MsgAtt::Kind::ModSequence, "RFC 7162 section 3.1.4.2"}},
});

constexpr auto kSearchKeys = std::to_array<Row<SearchKey::Kind>>({
    {"MODSEQ", {Extension::Condstore, SearchKey::Kind::ModSequence, "RFC 7162 section 3.1.5"}},
});

constexpr auto kStatusAtts = std::to_array<Row<StatusAtt>>({
    {"HIGHESTMODSEQ", {Extension::Condstore, StatusAtt::HighestModSeq, "RFC 7162 section 3.1.7"}},
    {"DELETED", {Extension::Quota, StatusAtt::Deleted, "RFC 9208 section 4.1.4"}},
    {"DELETED-STORAGE", {Extension::Quota, StatusAtt::DeletedStorage, "RFC 9208 section 4.1.4"}},
    {"APPENDLIMIT", {Extension::AppendLimit, StatusAtt::AppendLimit, "RFC 7889 section 3.1"}},
});

constexpr auto kAppendData = std::to_array<Row<Read<String>>>({
    {"UTF8", {Extension::Utf8Accept, utf8_literal, "RFC 6855 section 4"}},
});

enum class CodeArguments { None, ModSequence, Set };

constexpr auto kCodes = std::to_array<Row<CodeArguments>>({
    {"HIGHESTMODSEQ", {Extension::Condstore, CodeArguments::ModSequence, "RFC 7162 section 3.1.2.1"}},
    {"NOMODSEQ", {Extension::Condstore, CodeArguments::None, "RFC 7162 section 3.1.2.2"}},
    {"MODIFIED", {Extension::Condstore, CodeArguments::Set, "RFC 7162 section 3.1.3"}},
    {"CLOSED", {Extension::Qresync, CodeArguments::None, "RFC 7162 section 3.2.11"}},
    {"OVERQUOTA", {Extension::Quota, CodeArguments::None, "RFC 9208 section 4.3.1"}},
});

constexpr auto kSearchReturnData = std::to_array<Row<std::expected<NzNumber64, Error> (*)(Cursor&)>>({
    {"MODSEQ", {Extension::Condstore, mod_sequence_value, "RFC 4731 section 3.2"}},
});

constexpr auto kSearchDataEnds = std::to_array<Row<Read<NzNumber64>>>({
    {"MODSEQ", {Extension::Condstore, search_sort_mod_seq, "RFC 7162 section 3.1.6"}},
});

constexpr auto kSelectParameters = std::to_array<Row<Read<SelectParameter>>>({
    {"CONDSTORE", {Extension::Condstore, as<SelectParameter, condstore_param>, "RFC 7162 section 3.1.8"}},
    {"QRESYNC", {Extension::Qresync, as<SelectParameter, qresync_param>, "RFC 7162 section 3.2.5"}},
});

constexpr auto kFetchModifiers = std::to_array<Row<Read<FetchModifier>>>({
    {"CHANGEDSINCE", {Extension::Condstore, as<FetchModifier, chgsince_fetch_mod>, "RFC 7162 section 3.1.4.1"}},
    {"VANISHED", {Extension::Qresync, as<FetchModifier, rexpunges_fetch_mod>, "RFC 7162 section 3.2.6"}},
});

constexpr auto kStoreModifiers = std::to_array<Row<Read<StoreModifier>>>({
    {"UNCHANGEDSINCE", {Extension::Condstore, as<StoreModifier, unchangedsince_store_mod>, "RFC 7162 section 3.1.3"}},
});

// ---- how the tables are read

// added finds the row whose keyword stands here. A profile without extensions, which has no row,
// does not pay for looking.
template <class What, std::size_t N>
std::expected<What, Error> added(Cursor& in, const Profile& profile, const std::array<Row<What>, N>& rows,
                                 const Error& missed) {
  if (profile.extensions == 0) return std::unexpected(missed);
  const auto row = keyword(in, rows, missed.rule, missed.expected,
                           [&](const Added<What>& each) { return profile.has_added(each.extension); });
  if (row) return row->what;
  return std::unexpected(row.error().offset < missed.offset ? missed : row.error());
}

// named finds the row of a name that has been read.
template <class What, std::size_t N>
const What* named(std::string_view name, const Profile& profile, const std::array<Row<What>, N>& rows) {
  const auto* row = std::find_if(rows.begin(), rows.end(), [&](const Row<What>& each) {
    return profile.has_added(each.value.extension) && equal_ignoring_case(each.word, name);
  });
  return row == rows.end() ? nullptr : &row->value.what;
}

template <class What, std::size_t N>
bool has_any(const Profile& profile, const std::array<Row<What>, N>& rows) {
  return std::any_of(rows.begin(), rows.end(),
                     [&](const Row<What>& each) { return profile.has_added(each.value.extension); });
}

// SP "(" modifier *(SP modifier); `check` judges the name of one that is known, behind it.
template <class Modifier, std::size_t N, class Check>
std::expected<List<Modifier>, Error> modifiers(Cursor& in, const Profile& profile,
                                               const std::array<Row<Read<Modifier>>, N>& rows, Name rule, Check check) {
  ListBuilder<Modifier> list(in.arena());
  if (!in.take(' ')) return in.fail(rule, "SP");
  if (!in.take('(')) return in.fail(rule, "\"(\"");
  do {
    IMAPSPEC_TRY(const Label name, tagged_ext_label(in));
    Modifier& next = list.add();
    if (const Read<Modifier>* known = named(name, profile, rows); known != nullptr) {
      IMAPSPEC_CHECK(check(name));
      IMAPSPEC_TRY(next, (*known)(in, profile));
    } else {
      IMAPSPEC_TRY(next, unknown_modifier(in, profile, name));
    }
  } while (in.take(' '));
  return list.list();
}

template <class Modifier, class Alternative>
bool is(const Modifier& modifier) {
  return std::holds_alternative<Alternative>(modifier);
}

}  // namespace

std::expected<commands::Any, Error> extension_command(Cursor& in, const Profile& profile, const Error& missed) {
  IMAPSPEC_TRY(const auto arguments, added(in, profile, kCommands, missed));
  return arguments(in, profile);
}

std::expected<Response, Error> extension_data(Cursor& in, const Profile& profile, const Error& missed) {
  IMAPSPEC_TRY(const auto data, added(in, profile, kData, missed));
  return data(in, profile);
}

std::expected<FetchAtt, Error> extension_fetch_att(Cursor& in, const Profile& profile, const Error& missed) {
  FetchAtt att;
  IMAPSPEC_TRY(att.kind, added(in, profile, kFetchAtts, missed));
  return att;
}

std::expected<void, Error> extension_msg_att(Cursor& in, const Profile& profile, const Error& missed, MsgAtt& item) {
  IMAPSPEC_TRY(item.kind, added(in, profile, kMsgAtts, missed));
  IMAPSPEC_TRY(item.number, fetch_mod_resp(in, profile));
  return {};
}

std::expected<void, Error> extension_search_key(Cursor& in, const Profile& profile, const Error& missed,
                                                SearchKey& key) {
  IMAPSPEC_TRY(key.kind, added(in, profile, kSearchKeys, missed));
  IMAPSPEC_TRY(const SearchModSequence read, search_modsequence(in, profile));
  key.mod_sequence = new (in.arena().allocate<SearchModSequence>(1)) SearchModSequence(read);
  return {};
}

std::expected<StatusAtt, Error> extension_status_att(Cursor& in, const Profile& profile, const Error& missed) {
  return added(in, profile, kStatusAtts, missed);
}

// status-att-val =/ "HIGHESTMODSEQ" SP mod-sequence-valzer
// status-att-deleted-storage = "DELETED-STORAGE" SP number64
// status-att-val =/ "APPENDLIMIT" SP (number / nil)
std::expected<StatusAttVal, Error> extension_status_att_val(Cursor& in, StatusAtt att) {
  StatusAttVal result;
  result.att = att;
  if (att == StatusAtt::HighestModSeq) {
    IMAPSPEC_TRY(result.value, mod_sequence_valzer(in));
  } else if (att == StatusAtt::DeletedStorage) {
    IMAPSPEC_TRY(result.value, number64(in));
  } else if (nil(in)) {
    result.nil = true;
  } else {
    IMAPSPEC_TRY(result.value, number(in));
  }
  return result;
}

std::string_view extension_status_att_name(StatusAtt att) {
  const auto* row = std::find_if(kStatusAtts.begin(), kStatusAtts.end(),
                                 [att](const Row<StatusAtt>& each) { return each.value.what == att; });
  return row == kStatusAtts.end() ? std::string_view() : row->word;
}

bool extension_knows_code(const Profile& profile, std::string_view name) {
  return profile.extensions != 0 && named(name, profile, kCodes) != nullptr;
}

// resp-text-code =/ "HIGHESTMODSEQ" SP mod-sequence-value / "NOMODSEQ" / "MODIFIED" SP sequence-set
// resp-text-code =/ "CLOSED"
// resp-text-code =/ "OVERQUOTA"
std::expected<void, Error> extension_code(Cursor& in, const Profile& profile, ResponseCode& code) {
  const CodeArguments* arguments = named(code.name, profile, kCodes);
  if (arguments == nullptr || *arguments == CodeArguments::None) return {};
  IMAPSPEC_CHECK(sp(in, "resp-text-code"));
  if (*arguments == CodeArguments::ModSequence) {
    IMAPSPEC_TRY(code.mod_sequence, mod_sequence_value(in));
  } else {
    IMAPSPEC_TRY(code.modified, sequence_set(in, profile));
  }
  return {};
}

std::expected<std::optional<NzNumber64>, Error> extension_search_return_data(Cursor& in, const Profile& profile,
                                                                             std::string_view label) {
  const auto* value = named(label, profile, kSearchReturnData);
  if (value == nullptr) return std::nullopt;
  IMAPSPEC_TRY(const NzNumber64 read, (*value)(in));
  return read;
}

std::expected<std::optional<NzNumber64>, Error> extension_search_data_end(Cursor& in, const Profile& profile) {
  if (!has_any(profile, kSearchDataEnds)) return std::nullopt;
  IMAPSPEC_TRY(const NzNumber64 read, kSearchDataEnds.front().value.what(in, profile));
  return read;
}

// append-data = literal / literal8 / append-data-ext
// append-data =/ utf8-literal
std::expected<void, Error> extension_append_data(Cursor& in, const Profile& profile, const Error& missed,
                                                 AppendMessage& message) {
  if (in.peek() == '~' && profile.has_added(Extension::Binary)) {
    IMAPSPEC_TRY(message.octets, literal8(in, profile));
    return {};
  }
  IMAPSPEC_TRY(const auto data, added(in, profile, kAppendData, missed));
  IMAPSPEC_TRY(message.octets, data(in, profile));
  message.utf8 = true;
  return {};
}

std::expected<List<SelectParameter>, Error> extension_select_params(Cursor& in, const Profile& profile) {
  if (in.peek() != ' ' || !has_any(profile, kSelectParameters)) return List<SelectParameter>();
  Attempt attempt(in, "select-params");
  const auto any = [](std::string_view) { return std::expected<void, Error>(); };
  IMAPSPEC_TRY(const List<SelectParameter> list, modifiers(in, profile, kSelectParameters, "select-params", any));
  if (!in.take(')')) return in.fail("select-params", "SP or \")\"");
  return attempt.accept(list);
}

// Note: T64. VANISHED is for UID FETCH only, and only together with CHANGEDSINCE.
std::expected<List<FetchModifier>, Error> extension_fetch_modifiers(Cursor& in, const Profile& profile, bool uid) {
  if (in.peek() != ' ' || !has_any(profile, kFetchModifiers)) return List<FetchModifier>();
  Attempt attempt(in, "fetch-modifiers");
  const auto allowed = [&](std::string_view name) -> std::expected<void, Error> {
    if (uid || !equal_ignoring_case(name, "VANISHED")) return {};
    return in.fail("fetch-modifier", "a modifier of FETCH, which VANISHED is not", "T64");
  };
  IMAPSPEC_TRY(const List<FetchModifier> list, modifiers(in, profile, kFetchModifiers, "fetch-modifiers", allowed));
  const bool alone = std::any_of(list.begin(), list.end(), is<FetchModifier, VanishedModifier>) &&
                     std::none_of(list.begin(), list.end(), is<FetchModifier, ChangedSince>);
  if (alone) return in.fail("fetch-modifiers", "SP and CHANGEDSINCE, which VANISHED needs", "T64");
  if (!in.take(')')) return in.fail("fetch-modifiers", "SP or \")\"");
  return attempt.accept(list);
}

// Note: T62. Only one UNCHANGEDSINCE.
std::expected<List<StoreModifier>, Error> extension_store_modifiers(Cursor& in, const Profile& profile) {
  if (in.peek() != ' ' || in.peek(1) != '(' || !has_any(profile, kStoreModifiers)) return List<StoreModifier>();
  Attempt attempt(in, "store-modifiers");
  bool unchanged_since = false;
  const auto once = [&](std::string_view name) -> std::expected<void, Error> {
    if (!equal_ignoring_case(name, "UNCHANGEDSINCE")) return {};
    if (unchanged_since) return in.fail("store-modifier", "a modifier other than a second UNCHANGEDSINCE", "T62");
    unchanged_since = true;
    return {};
  };
  IMAPSPEC_TRY(const List<StoreModifier> list, modifiers(in, profile, kStoreModifiers, "store-modifiers", once));
  if (!in.take(')')) return in.fail("store-modifiers", "SP or \")\"");
  return attempt.accept(list);
}

std::vector<ExtensionRow> extension_rows() {
  std::vector<ExtensionRow> all;
  const auto list = [&](std::string_view rule, const auto& rows) {
    for (const auto& row : rows) all.push_back({rule, row.word, row.value.extension, row.value.reference});
  };
  list("command", kCommands);
  list("response-data", kData);
  list("fetch-att", kFetchAtts);
  list("msg-att", kMsgAtts);
  list("search-key", kSearchKeys);
  list("status-att", kStatusAtts);
  list("append-data", kAppendData);
  list("resp-text-code", kCodes);
  list("search-return-data", kSearchReturnData);
  list("mailbox-data", kSearchDataEnds);
  list("select-param", kSelectParameters);
  list("fetch-modifier", kFetchModifiers);
  list("store-modifier", kStoreModifiers);
  return all;
}

}  // namespace imapspec::parser
