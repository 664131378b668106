// What envelope.h and body_structure.h have, to octets.

#include "parser/grammar/write.h"

namespace imapspec::parser {

namespace {

void write_nstring(const NString& string, Writer& out) { out.nstring(string); }

void write_address(const Address& address, Writer& out) {
  out.octet('(');
  write_nstring(address.name, out);
  out.sp();
  write_nstring(address.adl, out);
  out.sp();
  write_nstring(address.mailbox, out);
  out.sp();
  write_nstring(address.host, out);
  out.octet(')');
}

void write_parameters(const List<BodyParameter>& parameters, Writer& out) {
  write_nil_or(parameters.empty(), out, [&] {
    write_joined(parameters, out, [](const BodyParameter& parameter, Writer& to) {
      write_string(parameter.name, to);
      to.sp();
      write_string(parameter.value, to);
    });
  });
}

// body-fld-lang: one language stands without parentheses, and may have them.
void write_languages(const List<String>& languages, Writer& out) {
  if (languages.size() == 1 && !out.other("(")) return write_string(languages.front(), out);
  write_nil_or(languages.empty(), out, [&] { write_joined(languages, out, write_string); });
}

void write_extension_item(const BodyExtensionItem& item, Writer& out) {
  switch (item.kind) {
    case BodyExtensionItem::Kind::Text:
      return write_nstring(item.text, out);
    case BodyExtensionItem::Kind::Number:
      return out.number(item.number);
    case BodyExtensionItem::Kind::Group:
      return write_parenthesized(item.items, out, write_extension_item);
  }
}

// body-ext-1part and body-ext-mpart from their second field on
void write_extension_rest(const BodyExtension& extension, Writer& out) {
  if (extension.fields >= 2) {
    out.sp();
    write_nil_or(!extension.disposition, out, [&] {
      write_string(extension.disposition->type, out);
      out.sp();
      write_parameters(extension.disposition->parameters, out);
    });
  }
  if (extension.fields >= 3) {
    out.sp();
    write_languages(extension.languages, out);
  }
  if (extension.fields < 4) return;
  out.sp();
  write_nstring(extension.location, out);
  for (const BodyExtensionItem& item : extension.items) {
    out.sp();
    write_extension_item(item, out);
  }
}

void write_multipart(const Body& body, Writer& out) {
  for (const Body& part : body.parts) write(part, out);
  out.sp();
  write_string(body.subtype, out);
  if (body.extension.fields == 0) return;
  out.sp();
  write_parameters(body.parameters, out);
  write_extension_rest(body.extension, out);
}

// Note: trap T30. Of the types that have fields of their own, only the quoted form is in the grammar.
void write_media(const Body& body, Writer& out) {
  const bool message = body.envelope != nullptr;
  out.string(body.type, message || body.lines ? StringRule::Quoted : StringRule::String);
  out.sp();
  out.string(body.subtype, message ? StringRule::Quoted : StringRule::String);
}

void write_single_part(const Body& body, Writer& out) {
  write_media(body, out);
  out.sp();
  write_parameters(body.parameters, out);
  out.sp();
  write_nstring(body.id, out);
  out.sp();
  write_nstring(body.description, out);
  out.sp();
  write_string(body.encoding, out);
  out.sp();
  out.number(body.octets);
  if (body.envelope != nullptr && !body.parts.empty()) {
    out.sp();
    write(*body.envelope, out);
    out.sp();
    write(body.parts.front(), out);
  }
  if (body.lines) {
    out.sp();
    out.number(*body.lines);
  }
  if (body.extension.fields == 0) return;
  out.sp();
  write_nstring(body.extension.md5, out);
  write_extension_rest(body.extension, out);
}

}  // namespace

void write(const Envelope& envelope, Writer& out) {
  out.octet('(');
  write_nstring(envelope.date, out);
  out.sp();
  write_nstring(envelope.subject, out);
  for (const auto* addresses :
       {&envelope.from, &envelope.sender, &envelope.reply_to, &envelope.to, &envelope.cc, &envelope.bcc}) {
    out.sp();
    write_nil_or(addresses->empty(), out, [&] {
      for (const Address& address : *addresses) write_address(address, out);
    });
  }
  out.sp();
  write_nstring(envelope.in_reply_to, out);
  out.sp();
  write_nstring(envelope.message_id, out);
  out.octet(')');
}

void write(const Body& body, Writer& out) {
  out.octet('(');
  if (body.multipart) {
    write_multipart(body, out);
  } else {
    write_single_part(body, out);
  }
  out.octet(')');
}

}  // namespace imapspec::parser
