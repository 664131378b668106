#include "parser/grammar/extensions/id.h"

#include "parser/core/ascii.h"
#include "parser/grammar/extensions/arguments.h"

namespace imapspec::parser {

namespace {

// What follows the keyword of both, SPACE id_params_list
std::expected<IdParameters, Error> parameters(Cursor& in, const Profile& profile, Name rule) {
  if (!in.take(' ')) return in.fail(rule, "SP");
  return id_params_list(in, profile);
}

void write_parameters(const IdParameters& parameters, Writer& out) {
  out.sp();
  write_nil_or(!parameters, out, [&] {
    write_joined(*parameters, out, [](const IdField& each, Writer& to) {
      to.string(each.field, StringRule::String, Letters::AnyCase);
      to.sp();
      to.nstring(each.value);
    });
  });
}

}  // namespace

bool operator==(const IdField& a, const IdField& b) {
  return equal_ignoring_case(a.field.value(), b.field.value()) && a.value == b.value;
}

// id_params_list ::= "(" #(string SPACE nstring) ")" / nil
//     ;; list of field value pairs
//
// "#" is RFC 2060's: none or more, a single SPACE between them.
std::expected<IdParameters, Error> id_params_list(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "id_params_list");
  if (nil(in)) return attempt.accept(IdParameters());
  if (!in.take('(')) return in.fail("id_params_list", "\"(\" or NIL");
  ListBuilder<IdField> fields(in.arena());
  if (in.take(')')) return attempt.accept(IdParameters(fields.list()));
  do {
    IdField field;
    IMAPSPEC_TRY(field.field, string(in, profile));
    if (!in.take(' ')) return in.fail("id_params_list", "SP");
    IMAPSPEC_TRY(field.value, nstring(in, profile));
    fields.push(field);
  } while (in.take(' '));
  if (!in.take(')')) return in.fail("id_params_list", "SP or \")\"");
  return attempt.accept(IdParameters(fields.list()));
}

std::expected<commands::Id, Error> id(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "id");
  IMAPSPEC_TRY(const IdParameters read, parameters(in, profile, "id"));
  return attempt.accept(commands::Id{read});
}

std::expected<IdResponse, Error> id_response(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "id_response");
  IMAPSPEC_TRY(const IdParameters read, parameters(in, profile, "id_response"));
  return attempt.accept(IdResponse{read});
}

void write_arguments(const commands::Id& id, Writer& out) { write_parameters(id.parameters, out); }

void write(const IdResponse& response, Writer& out) {
  write_keyword("ID", out);
  write_parameters(response.parameters, out);
}

}  // namespace imapspec::parser
