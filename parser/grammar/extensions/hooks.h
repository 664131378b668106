// Where extensions enter the grammar: one function for each place that can be extended.
//
// RFC 4466, RFC 9051 section 9
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>
#include <vector>

#include "parser/core/cursor.h"
#include "parser/core/list.h"
#include "parser/grammar/command.h"
#include "parser/grammar/fetch.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/response.h"
#include "parser/grammar/response_code.h"
#include "parser/grammar/search.h"
#include "parser/grammar/status.h"

namespace imapspec::parser {

// Each of these is called by a base rule where none of its own keywords stands, with the error that
// says so, and reads what an extension of the profile adds there, from its keyword on. Where none does,
// the further of the two errors is the outcome.

// command-any, command-auth, command-nonauth and command-select
std::expected<commands::Any, Error> extension_command(Cursor& in, const Profile& profile, const Error& missed);

// response-data, mailbox-data and message-data, without a number in front
std::expected<Response, Error> extension_data(Cursor& in, const Profile& profile, const Error& missed);

// fetch-att
std::expected<FetchAtt, Error> extension_fetch_att(Cursor& in, const Profile& profile, const Error& missed);

// msg-att-dynamic and msg-att-static
std::expected<void, Error> extension_msg_att(Cursor& in, const Profile& profile, const Error& missed, MsgAtt& item);

// search-key
std::expected<void, Error> extension_search_key(Cursor& in, const Profile& profile, const Error& missed,
                                                SearchKey& key);

// status-att, and the keyword of a status-att-val
std::expected<StatusAtt, Error> extension_status_att(Cursor& in, const Profile& profile, const Error& missed);

// The value of a status-att-val whose item is not one of the base grammar, from the octet after SP.
std::expected<StatusAttVal, Error> extension_status_att_val(Cursor& in, StatusAtt att);

// extension_status_att_name is the keyword of such an item, in upper case.
std::string_view extension_status_att_name(StatusAtt att);

// extension_knows_code says whether an extension of the profile has a resp-text-code of this name.
bool extension_knows_code(const Profile& profile, std::string_view name);

// The arguments of such a code, from the octet after its name.
std::expected<void, Error> extension_code(Cursor& in, const Profile& profile, ResponseCode& code);

// The value of search-return-data, a mod-sequence, from the octet after SP; nullopt where no extension
// knows the label.
std::expected<std::optional<NzNumber64>, Error> extension_search_return_data(Cursor& in, const Profile& profile,
                                                                             std::string_view label);

// What may end the numbers of a SEARCH response, from its "(" on; nullopt where no extension has any.
std::expected<std::optional<NzNumber64>, Error> extension_search_data_end(Cursor& in, const Profile& profile);

// The data of a message for APPEND, which is no literal.
std::expected<void, Error> extension_append_data(Cursor& in, const Profile& profile, const Error& missed,
                                                 AppendMessage& message);

// Each of these reads modifiers from the SP in front of them, if an extension of the profile has any
// and they are there. Of those that may come there, a known one has its own arguments, an unknown one any.

// [select-params]
std::expected<List<SelectParameter>, Error> extension_select_params(Cursor& in, const Profile& profile);

// [fetch-modifiers], of UID FETCH where `uid`
std::expected<List<FetchModifier>, Error> extension_fetch_modifiers(Cursor& in, const Profile& profile, bool uid);

// [store-modifiers]
std::expected<List<StoreModifier>, Error> extension_store_modifiers(Cursor& in, const Profile& profile);

// ExtensionRow is what a row of the tables behind these says.
struct ExtensionRow {
  std::string_view rule;  // the base rule that it extends
  std::string_view word;  // the keyword that it adds there
  Extension extension;
  std::string_view reference;  // where that is written
};

// extension_rows is all rows of all tables.
std::vector<ExtensionRow> extension_rows();

}  // namespace imapspec::parser
