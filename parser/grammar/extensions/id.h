// ID: who the client and the server are.
//
// RFC 2971
#pragma once

#include <expected>
#include <optional>
#include <string_view>

#include "parser/core/cursor.h"
#include "parser/core/list.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/string.h"
#include "parser/grammar/writer.h"

namespace imapspec::parser {

// IdField is a field and its value, which is nil where the sender will not tell. Fields ignore case.
struct IdField {
  String field;
  NString value;
  friend bool operator==(const IdField& a, const IdField& b);
};

// IdParameters is id_params_list: nullopt where the wire has NIL.
using IdParameters = std::optional<List<IdField>>;

namespace commands {
struct Id {
  static constexpr std::string_view kName = "ID";
  IdParameters parameters;
  friend bool operator==(const Id&, const Id&) = default;
};
}  // namespace commands

struct IdResponse {
  IdParameters parameters;
  friend bool operator==(const IdResponse&, const IdResponse&) = default;
};

// id ::= "ID" SPACE id_params_list, from the octet after "ID"
std::expected<commands::Id, Error> id(Cursor& in, const Profile& profile);

// id_response ::= "ID" SPACE id_params_list, from the octet after "ID"
std::expected<IdResponse, Error> id_response(Cursor& in, const Profile& profile);

// id_params_list ::= "(" #(string SPACE nstring) ")" / nil
//
// Section 3.3 limits the number of the fields, their sizes and their repetition: that is about what
// they say and not looked at here.
std::expected<IdParameters, Error> id_params_list(Cursor& in, const Profile& profile);

// write_arguments and write append the command's arguments, with the SP in front of them, and the response.
void write_arguments(const commands::Id& id, Writer& out);
void write(const IdResponse& response, Writer& out);

}  // namespace imapspec::parser
