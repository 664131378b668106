// ENVELOPE and BODYSTRUCTURE of a stored message.
//
// RFC 9051 section 7.5.2
#pragma once

#include <string_view>

#include "parser/core/arena.h"
#include "parser/grammar/body_structure.h"
#include "parser/grammar/envelope.h"
#include "server/faults/faults.h"
#include "server/mime/part.h"

namespace imapspec::server {

// Structures builds values whose strings view the message or live in `arena`; both have to
// outlive them.
class Structures {
 public:
  Structures(parser::Arena& arena, const parser::Profile& profile, const FaultSet& faults)
      : arena_(arena), profile_(profile), faults_(faults) {}

  // envelope is made of a message's header.
  const parser::Envelope* envelope(std::string_view header);
  // body is the structure of a message; without `extensible` that of FETCH BODY.
  const parser::Body* body(const mime::Part& message, bool extensible);

 private:
  parser::Body part(const mime::Part& part, bool extensible);
  void single_part(const mime::Part& part, const std::vector<mime::Field>& fields, bool extensible, parser::Body& body);
  parser::String string(std::string_view value);
  parser::String quoted(std::string_view value);
  parser::NString nstring(const std::optional<std::string>& value);
  parser::NString envelope_string(const std::optional<std::string>& value);
  parser::List<parser::Address> addresses(const std::vector<mime::Field>& fields, std::string_view name);
  parser::List<parser::BodyParameter> type_parameters(const mime::Part& part, const std::vector<mime::Field>& fields);
  parser::List<parser::BodyParameter> parameters(const std::vector<mime::Parameter>& parameters);
  void extension(const std::vector<mime::Field>& fields, parser::BodyExtension& extension);

  parser::Arena& arena_;
  const parser::Profile& profile_;
  const FaultSet& faults_;
};

}  // namespace imapspec::server
