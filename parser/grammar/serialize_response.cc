#include <optional>
#include <type_traits>
#include <variant>

#include "parser/grammar/serialize.h"
#include "parser/grammar/serialize_values.h"

namespace imapspec::parser {

namespace {

using parser::write;  // or the overloads below would hide it

void write_nil_or(bool nil, std::string& out, auto write_value) {
  if (nil) {
    out += "NIL";
    return;
  }
  out += '(';
  write_value();
  out += ')';
}

// ---- resp-text

void write(const ResponseCode& code, std::string& out) {
  const auto list = [&](const auto& items) {
    out += ' ';
    write_parenthesized(items, out);
  };
  const auto piece = [&](const auto& value) {
    out += ' ';
    write(value, out);
  };
  out += '[';
  out += code.name;
  if (code.is("CAPABILITY")) {
    for (const std::string_view capability : code.capabilities) piece(capability);
  } else if (code.is("PERMANENTFLAGS")) {
    list(code.flags);
  } else if (code.is("BADCHARSET")) {
    if (!code.charsets.empty()) list(code.charsets);
  } else if (code.is("UIDNEXT") || code.is("UIDVALIDITY") || (code.is("UNSEEN") && code.number > 0)) {
    piece(std::uint64_t{code.number});
  } else if (code.is("APPENDUID")) {
    piece(std::uint64_t{code.number});
    piece(code.uids);
  } else if (code.is("COPYUID")) {
    piece(std::uint64_t{code.number});
    piece(code.source);
    piece(code.uids);
  } else if (!code.arguments.empty()) {
    piece(code.arguments);
  }
  out += ']';
}

void write(const RespText& text, std::string& out) {
  if (text.code) {
    write(*text.code, out);
    out += ' ';
  }
  out += text.text;
}

// ---- envelope

void write(const Address& address, std::string& out) {
  out += '(';
  write(address.name, out);
  out += ' ';
  write(address.adl, out);
  out += ' ';
  write(address.mailbox, out);
  out += ' ';
  write(address.host, out);
  out += ')';
}

void write(const Envelope& envelope, std::string& out) {
  out += '(';
  write(envelope.date, out);
  out += ' ';
  write(envelope.subject, out);
  for (const auto* addresses :
       {&envelope.from, &envelope.sender, &envelope.reply_to, &envelope.to, &envelope.cc, &envelope.bcc}) {
    out += ' ';
    write_nil_or(addresses->empty(), out, [&] {
      for (const Address& address : *addresses) write(address, out);
    });
  }
  out += ' ';
  write(envelope.in_reply_to, out);
  out += ' ';
  write(envelope.message_id, out);
  out += ')';
}

// ---- body

void write_parameters(const List<BodyParameter>& parameters, std::string& out) {
  write_nil_or(parameters.empty(), out, [&] {
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      if (i > 0) out += ' ';
      write(parameters[i].name, out);
      out += ' ';
      write(parameters[i].value, out);
    }
  });
}

// body-ext-1part and body-ext-mpart from their second field on
void write_extension_rest(const BodyExtension& extension, std::string& out) {
  if (extension.fields >= 2) {
    out += ' ';
    write_nil_or(!extension.disposition, out, [&] {
      write(extension.disposition->type, out);
      out += ' ';
      write_parameters(extension.disposition->parameters, out);
    });
  }
  if (extension.fields >= 3) {
    out += ' ';
    if (extension.languages.size() == 1) {
      write(extension.languages.front(), out);
    } else {
      write_nil_or(extension.languages.empty(), out, [&] { write_joined(extension.languages, " ", out); });
    }
  }
  if (extension.fields >= 4) {
    out += ' ';
    write(extension.location, out);
  }
}

void write(const Body& body, std::string& out);

void write_multipart(const Body& body, std::string& out) {
  for (const Body& part : body.parts) write(part, out);
  out += ' ';
  write(body.subtype, out);
  if (body.extension.fields == 0) return;
  out += ' ';
  write_parameters(body.parameters, out);
  write_extension_rest(body.extension, out);
}

void write_single_part(const Body& body, std::string& out) {
  write(body.type, out);
  out += ' ';
  write(body.subtype, out);
  out += ' ';
  write_parameters(body.parameters, out);
  out += ' ';
  write(body.id, out);
  out += ' ';
  write(body.description, out);
  out += ' ';
  write(body.encoding, out);
  out += ' ';
  write(std::uint64_t{body.octets}, out);
  if (body.envelope != nullptr && !body.parts.empty()) {
    out += ' ';
    write(*body.envelope, out);
    out += ' ';
    write(body.parts.front(), out);
  }
  if (body.lines) {
    out += ' ';
    write(*body.lines, out);
  }
  if (body.extension.fields == 0) return;
  out += ' ';
  write(body.extension.md5, out);
  write_extension_rest(body.extension, out);
}

void write(const Body& body, std::string& out) {
  out += '(';
  if (body.multipart) {
    write_multipart(body, out);
  } else {
    write_single_part(body, out);
  }
  out += ')';
}

// ---- msg-att

void write_section_item(std::string_view name, const MsgAtt& item, std::string& out) {
  out += name;
  write(item.section, out);
  if (item.origin) {
    out += '<';
    write(std::uint64_t{*item.origin}, out);
    out += '>';
  }
  out += ' ';
}

void write(const MsgAtt& item, std::string& out) {
  switch (item.kind) {
    case MsgAtt::Kind::Flags:
      out += "FLAGS ";
      return write_parenthesized(item.flags, out);
    case MsgAtt::Kind::Envelope:
      out += "ENVELOPE ";
      return write(*item.envelope, out);
    case MsgAtt::Kind::InternalDate:
      out += "INTERNALDATE ";
      return write(item.internal_date, out);
    case MsgAtt::Kind::Rfc822Size:
      out += "RFC822.SIZE ";
      return write(item.number, out);
    case MsgAtt::Kind::Body:
      out += "BODY ";
      return write(*item.body, out);
    case MsgAtt::Kind::BodyStructure:
      out += "BODYSTRUCTURE ";
      return write(*item.body, out);
    case MsgAtt::Kind::BodySection:
      write_section_item("BODY", item, out);
      return write(item.data, out);
    case MsgAtt::Kind::Binary:
      write_section_item("BINARY", item, out);
      return write(item.data, out);
    case MsgAtt::Kind::BinarySize:
      write_section_item("BINARY.SIZE", item, out);
      return write(item.number, out);
    case MsgAtt::Kind::Uid:
      out += "UID ";
      return write(item.uid, out);
    case MsgAtt::Kind::Rfc822:
      out += "RFC822 ";
      return write(item.data, out);
    case MsgAtt::Kind::Rfc822Header:
      out += "RFC822.HEADER ";
      return write(item.data, out);
    case MsgAtt::Kind::Rfc822Text:
      out += "RFC822.TEXT ";
      return write(item.data, out);
  }
}

// ---- the responses

void write(const StatusResponse& status, std::string& out) {
  out += status.tag.empty() ? std::string_view("*") : status.tag;
  out += ' ';
  out += status_name(status.status);
  out += ' ';
  write(status.text, out);
}

void write(const ContinueReq& request, std::string& out) {
  out += "+ ";
  out += request.octets;
}

void write_words(std::string_view keyword, const List<std::string_view>& words, std::string& out) {
  out += keyword;
  for (const std::string_view word : words) {
    out += ' ';
    out += word;
  }
}

void write(const CapabilityData& data, std::string& out) { write_words("* CAPABILITY", data.capabilities, out); }
void write(const EnableData& data, std::string& out) { write_words("* ENABLED", data.capabilities, out); }

void write(const FlagsData& data, std::string& out) {
  out += "* FLAGS ";
  write_parenthesized(data.flags, out);
}

void write(const ListItem& item, std::string& out) {
  write(item.tag, out);
  out += ' ';
  out += item.value;
}

void write(const ListData& data, std::string& out) {
  out += data.lsub ? "* LSUB " : "* LIST ";
  write_parenthesized(data.list.attributes, out);
  out += ' ';
  write(data.list.delimiter, out);
  out += ' ';
  write(data.list.mailbox, out);
  if (data.list.extended.empty()) return;
  out += " (";
  for (std::size_t i = 0; i < data.list.extended.size(); ++i) {
    if (i > 0) out += ' ';
    write(data.list.extended[i], out);
  }
  out += ')';
}

void write(const NamespaceResponse& data, std::string& out) {
  out += "* NAMESPACE";
  for (const auto* namespaces : {&data.personal, &data.other_users, &data.shared}) {
    out += ' ';
    write_nil_or(namespaces->empty(), out, [&] {
      for (const NamespaceDescr& descr : *namespaces) {
        out += '(';
        write(descr.prefix, out);
        out += ' ';
        write(descr.delimiter, out);
        out += ')';
      }
    });
  }
}

void write(const StatusData& data, std::string& out) {
  out += "* STATUS ";
  write(data.mailbox, out);
  out += " (";
  for (std::size_t i = 0; i < data.values.size(); ++i) {
    if (i > 0) out += ' ';
    write(data.values[i].att, out);
    out += ' ';
    write(data.values[i].value, out);
  }
  out += ')';
}

void write(const Esearch& data, std::string& out) {
  out += "* ESEARCH";
  if (data.tag) {
    out += " (TAG ";
    write(*data.tag, out);
    out += ')';
  }
  if (data.uid) out += " UID";
  const auto item = [&](std::string_view label, const auto& value) {
    out += ' ';
    out += label;
    out += ' ';
    write(value, out);
  };
  if (data.min) item("MIN", std::uint64_t{*data.min});
  if (data.max) item("MAX", std::uint64_t{*data.max});
  if (data.all) item("ALL", *data.all);
  if (data.count) item("COUNT", std::uint64_t{*data.count});
  for (const Esearch::Extra& extra : data.extra) item(extra.label, extra.value);
}

void write(const SearchData& data, std::string& out) {
  out += "* SEARCH";
  for (const std::uint32_t number : data.numbers) {
    out += ' ';
    write(std::uint64_t{number}, out);
  }
}

void write_numbered(std::uint64_t number, std::string_view keyword, std::string& out) {
  out += "* ";
  write(number, out);
  out += keyword;
}

void write(const Exists& data, std::string& out) { write_numbered(data.count, " EXISTS", out); }
void write(const Recent& data, std::string& out) { write_numbered(data.count, " RECENT", out); }
void write(const Expunge& data, std::string& out) {
  write_numbered(static_cast<std::uint64_t>(data.number), " EXPUNGE", out);
}

void write(const Fetch& data, std::string& out) {
  write_numbered(static_cast<std::uint64_t>(data.number), " FETCH (", out);
  for (std::size_t i = 0; i < data.items.size(); ++i) {
    if (i > 0) out += ' ';
    write(data.items[i], out);
  }
  out += ')';
}

}  // namespace

void serialize(const Response& response, std::string& out) {
  std::visit([&](const auto& each) { write(each, out); }, response);
  out += "\r\n";
}

}  // namespace imapspec::parser
