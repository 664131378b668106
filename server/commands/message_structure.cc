#include "server/commands/message_structure.h"

#include <algorithm>
#include <new>
#include <optional>

#include "parser/grammar/serialize.h"
#include "server/commands/message_section.h"
#include "server/mime/address.h"
#include "server/session/context.h"

namespace imapspec::server {

namespace {

template <class T>
T* keep_value(const T& value, parser::Arena& arena) {
  return new (arena.allocate<T>(1)) T(value);
}

}  // namespace

parser::String Structures::string(std::string_view value) {
  char* kept = arena_.allocate<char>(value.size());
  std::copy(value.begin(), value.end(), kept);
  return parser::make_string(without_nul({kept, value.size()}, arena_), profile_, arena_);
}

parser::String Structures::quoted(std::string_view value) {
  parser::String made = string(value);
  const bool form_kept = made.form() == parser::StringForm::Quoted ? !faults_.has(Fault::QuotedUnescaped)
                                                                   : !faults_.has(Fault::OctetsQuoted);
  if (!form_kept) {
    char* kept = arena_.allocate<char>(value.size());
    std::copy(value.begin(), value.end(), kept);
    made = parser::String::unchecked({kept, value.size()}, parser::StringForm::Quoted);
  }
  return made;
}

parser::NString Structures::nstring(const std::optional<std::string>& value) {
  if (!value) return std::nullopt;
  return string(*value);
}

parser::NString Structures::envelope_string(const std::optional<std::string>& value) {
  if (!value) return std::nullopt;
  return quoted(*value);
}

parser::List<parser::Address> Structures::addresses(const std::vector<mime::Field>& fields, std::string_view name) {
  parser::ListBuilder<parser::Address> list(arena_);
  const auto value = mime::field_value(fields, name);
  for (const mime::Address& address : mime::parse_addresses(value.value_or(""))) {
    if (!address.host && faults_.has(Fault::EnvelopeGroupsFlattened)) continue;
    list.push({envelope_string(address.name), envelope_string(address.route), envelope_string(address.mailbox),
               envelope_string(address.host)});
  }
  return list.list();
}

const parser::Envelope* Structures::envelope(std::string_view header) {
  const std::vector<mime::Field> fields = mime::structure_fields(header);
  parser::Envelope envelope;
  envelope.date = envelope_string(mime::field_value(fields, "Date"));
  envelope.subject = envelope_string(mime::field_value(fields, "Subject"));
  envelope.from = addresses(fields, "From");
  envelope.sender = addresses(fields, "Sender");
  envelope.reply_to = addresses(fields, "Reply-To");
  if (!faults_.has(Fault::EnvelopeSenderNil)) {
    if (envelope.sender.empty()) envelope.sender = envelope.from;
    if (envelope.reply_to.empty()) envelope.reply_to = envelope.from;
  }
  envelope.to = addresses(fields, "To");
  envelope.cc = addresses(fields, "Cc");
  envelope.bcc = addresses(fields, "Bcc");
  envelope.in_reply_to = envelope_string(mime::field_value(fields, "In-Reply-To"));
  envelope.message_id = envelope_string(mime::field_value(fields, "Message-ID"));
  return keep_value(envelope, arena_);
}

parser::List<parser::BodyParameter> Structures::type_parameters(const mime::Part& part,
                                                                const std::vector<mime::Field>& fields) {
  static const std::vector<mime::Parameter> kOfDefault{{"CHARSET", "US-ASCII"}};  // RFC 2045 section 5.2
  const auto type = mime::content_type(fields);
  if (part.type_is_default) return parameters(kOfDefault);
  return type ? parameters(type->parameters) : parser::List<parser::BodyParameter>();
}

parser::List<parser::BodyParameter> Structures::parameters(const std::vector<mime::Parameter>& parameters) {
  parser::ListBuilder<parser::BodyParameter> list(arena_);
  for (const mime::Parameter& parameter : parameters) list.push({string(parameter.name), string(parameter.value)});
  return list.list();
}

void Structures::extension(const std::vector<mime::Field>& fields, parser::BodyExtension& extension) {
  extension.fields = 4;
  if (const auto value = mime::field_value(fields, "Content-Disposition")) {
    const mime::Structured disposition = mime::parse_structured(*value);
    if (!disposition.value.empty()) {
      extension.disposition = {string(disposition.value), parameters(disposition.parameters)};
    }
  }
  if (const auto value = mime::field_value(fields, "Content-Language")) {
    parser::ListBuilder<parser::String> languages(arena_);
    for (const std::string& language : mime::parse_tokens(*value)) languages.push(string(language));
    extension.languages = languages.list();
  }
  extension.location = nstring(mime::field_value(fields, "Content-Location"));
}

void Structures::single_part(const mime::Part& part, const std::vector<mime::Field>& fields, bool extensible,
                             parser::Body& body) {
  body.type = string(part.type);
  body.id = nstring(mime::field_value(fields, "Content-ID"));
  body.description = nstring(mime::field_value(fields, "Content-Description"));
  body.encoding = string(mime::transfer_encoding(fields));
  body.octets = static_cast<std::uint32_t>(part.body.size());
  if (part.is_message()) {
    body.envelope = envelope(part.parts.front().header);
    body.parts = {keep_value(this->part(part.parts.front(), extensible), arena_), 1};
  }
  if (part.is_message() || part.type == "TEXT") {
    body.lines = parser::Number64::nearest(part.lines + (faults_.has(Fault::StructureLinesOff) ? 1 : 0));
  }
  if (extensible) body.extension.md5 = nstring(mime::field_value(fields, "Content-MD5"));
}

parser::Body Structures::part(const mime::Part& part, bool extensible) {
  const std::vector<mime::Field> fields = mime::structure_fields(part.header);
  parser::Body body;
  body.multipart = part.is_multipart();
  body.subtype = string(part.subtype);
  if (body.multipart) {
    parser::ListBuilder<parser::Body> parts(arena_);
    for (const mime::Part& inside : part.parts) parts.push(this->part(inside, extensible));
    body.parts = parts.list();
    if (extensible) body.parameters = type_parameters(part, fields);
  } else {
    body.parameters = type_parameters(part, fields);
    single_part(part, fields, extensible, body);
  }
  if (extensible) extension(fields, body.extension);
  return body;
}

const parser::Body* Structures::body(const mime::Part& message, bool extensible) {
  return keep_value(part(message, extensible || faults_.has(Fault::BodyWithExtensionData)), arena_);
}

}  // namespace imapspec::server
