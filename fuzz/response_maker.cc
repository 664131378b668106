// Responses made of choices.
//
// RFC 9051 section 9: response-data, response-tagged, continue-req
#include <array>

#include "fuzz/value_maker.h"
#include "parser/grammar/fetch_gate.h"

namespace imapspec::fuzz {

using parser::Extension;

parser::Response ValueMaker::response() {
  switch (choices_.one_of(15)) {
    case 0:
      return parser::ContinueReq{text(profile_.rev2)};
    case 1:
      return parser::CapabilityData{capability_data()};
    case 2:
      if (!profile_.has(Extension::Enable)) break;
      return parser::EnableData{capabilities(0)};
    case 3:
      return parser::FlagsData{flags(false)};
    case 4:
      return parser::ListData{mailbox_list(), profile_.rev1 && choices_.flip()};
    case 5:
      if (!profile_.has(Extension::Namespace)) break;
      return parser::NamespaceResponse{namespaces(), namespaces(), namespaces()};
    case 6:
      return parser::StatusData{mailbox(), list(0, 4, [&] { return status_att_val(); })};
    case 7:
      if (!profile_.has(Extension::Esearch)) break;
      return esearch();
    case 8: {
      if (!profile_.rev1) break;
      parser::SearchData made;
      made.numbers = list(0, 5, [&] { return nz_number(); });
      // Where nothing was found, there is no mod-sequence either.
      if (profile_.has(Extension::Condstore) && !made.numbers.empty() && choices_.flip()) {
        made.mod_sequence = nz_number64();
      }
      return made;
    }
    case 9:
      return parser::Exists{number()};
    case 10:
      if (!profile_.rev1) break;
      return parser::Recent{number()};
    case 11:
      return parser::Expunge{parser::SequenceNumber{nz_number()}};
    case 12:
      return parser::Fetch{parser::SequenceNumber{nz_number()}, list(1, 4, [&] { return msg_att(); })};
    case 13:
      return extension_response();
    default:
      break;
  }
  return status_response();
}

parser::Response ValueMaker::extension_response() {
  switch (choices_.one_of(5)) {
    case 0:
      if (!profile_.has(Extension::Id)) break;
      return parser::IdResponse{id_parameters()};
    case 1:
      if (!profile_.has(Extension::Quota)) break;
      return parser::QuotaResponse{astring(),
                                   list(0, 3, [&] { return parser::QuotaUsage{atom(), number64(), number64()}; })};
    case 2:
      if (!profile_.has(Extension::Quota)) break;
      return parser::QuotaRootResponse{mailbox(), list(0, 3, [&] { return astring(); })};
    case 3:
      if (!profile_.has(Extension::Acl)) break;
      return acl_response();
    default:
      if (!profile_.has(Extension::Qresync)) break;
      return parser::Vanished{choices_.flip(), uid_set()};
  }
  return status_response();
}

parser::Response ValueMaker::acl_response() {
  switch (choices_.one_of(3)) {
    case 0:
      return parser::AclData{mailbox(), list(0, 3, [&] { return parser::AclData::Entry{astring(), rights(false)}; })};
    case 1:
      return parser::ListRightsData{mailbox(), astring(), rights(false), list(0, 3, [&] { return rights(false); })};
    default:
      return parser::MyRightsData{mailbox(), rights(false)};
  }
}

parser::StatusAttVal ValueMaker::status_att_val() {
  using Att = parser::StatusAtt;
  parser::StatusAttVal made;
  made.att = status_att();
  switch (made.att) {
    case Att::UidNext:
    case Att::UidValidity:
      made.value = nz_number();
      break;
    case Att::Size:
    case Att::HighestModSeq:
    case Att::DeletedStorage:
      made.value = number64();
      break;
    case Att::AppendLimit:
      made.nil = choices_.flip();
      if (!made.nil) made.value = number();
      break;
    default:
      made.value = number();
      break;
  }
  return made;
}

parser::StatusResponse ValueMaker::status_response() {
  static constexpr std::array<parser::Status, 4> kStatuses{parser::Status::Ok, parser::Status::No, parser::Status::Bad,
                                                           parser::Status::Bye};
  parser::StatusResponse made;
  made.status = kStatuses[choices_.one_of(kStatuses.size())];
  if (made.status != parser::Status::Bye && choices_.flip()) made.tag = tag();
  made.text = resp_text();
  return made;
}

parser::RespText ValueMaker::resp_text() {
  parser::RespText made;
  if (choices_.flip()) made.code = code();
  made.text = text(profile_.rev2);
  return made;
}

parser::ResponseCode ValueMaker::code() {
  static constexpr std::array<parser::AtomName, 4> kPlain{"ALERT", "READ-ONLY", "TRYCREATE", "PARSE"};
  static constexpr std::array<parser::AtomName, 3> kNumbers{"UIDNEXT", "UIDVALIDITY", "UNSEEN"};
  parser::ResponseCode made;
  switch (choices_.one_of(7)) {
    case 0:
      made.name = "CAPABILITY";
      made.capabilities = capability_data();
      return made;
    case 1:
      // UNSEEN is RFC 3501's.
      made.name = kNumbers[choices_.one_of(profile_.rev1 ? 3 : 2)];
      made.number = nz_number();
      return made;
    case 2:
      made.name = "PERMANENTFLAGS";
      made.flags = list(0, 4, [&] { return choices_.one_of(4) == 0 ? parser::Flag("\\*") : flag(); });
      return made;
    case 3:
      made.name = "BADCHARSET";
      made.charsets = list(0, 2, [&] { return parser::String("KOI8-R", parser::StringForm::Atom); });
      return made;
    case 4:
      made.name = "X-CODE";
      // Anything but "]".
      if (choices_.flip()) made.arguments = of<parser::UnknownArguments>(run("abc 123()\"\\[{", 1));
      return made;
    case 5:
      return extension_code();
    default:
      made.name = kPlain[choices_.one_of(kPlain.size())];
      return made;
  }
}

parser::ResponseCode ValueMaker::extension_code() {
  parser::ResponseCode made;
  made.name = "ALERT";
  switch (choices_.one_of(4)) {
    case 0:
      if (!profile_.has(Extension::Uidplus)) break;
      made.name = "COPYUID";
      made.number = nz_number();
      made.source = uid_set();
      made.uids = uid_set();
      break;
    case 1: {
      if (!profile_.has(Extension::Uidplus)) break;
      made.name = "APPENDUID";
      made.number = nz_number();
      const parser::SeqNumber uid{nz_number()};
      made.uids = profile_.has(Extension::Multiappend)
                      ? uid_set()
                      : of<parser::SequenceSet>(list(1, 1, [&] { return parser::SeqRange{uid, uid}; }));
      break;
    }
    case 2:
      if (!profile_.has(Extension::Condstore)) break;
      made.name = "HIGHESTMODSEQ";
      made.mod_sequence = nz_number64();
      break;
    default:
      if (!profile_.has(Extension::Condstore)) break;
      made.name = "MODIFIED";
      made.modified = ranges(true);
      break;
  }
  return made;
}

parser::MailboxList ValueMaker::mailbox_list() {
  static constexpr std::array<parser::Flag, 5> kAttributes{"\\HasNoChildren", "\\Noselect", "\\Subscribed", "\\Sent",
                                                           "\\X-other"};
  parser::MailboxList made;
  parser::ListBuilder<parser::Flag> attributes(arena_);
  for (const parser::Flag each : kAttributes) {
    if (choices_.flip()) attributes.push(each);
  }
  made.attributes = attributes.list();
  made.delimiter = delimiter();
  made.mailbox = mailbox();
  if (profile_.has(Extension::ListExtended)) made.extended = list(0, 2, [&] { return list_item(); });
  return made;
}

parser::ListItem ValueMaker::list_item() {
  using parser::StringForm;
  parser::ListItem made;
  switch (choices_.one_of(3)) {
    case 0:
      made.tag = parser::String("CHILDINFO", StringForm::Quoted);
      made.child_info = list(1, 2, [&] { return parser::String("SUBSCRIBED", StringForm::Quoted); });
      return made;
    case 1:
      if (!profile_.rev2) break;
      made.tag = parser::String("OLDNAME", StringForm::Atom);
      made.old_name = mailbox();
      return made;
    default:
      break;
  }
  made.tag = parser::String("X-ITEM", StringForm::Quoted);
  made.value = tagged_ext_val();
  return made;
}

parser::List<parser::NamespaceDescr> ValueMaker::namespaces() {
  return list(0, 2, [&] {
    parser::NamespaceDescr made;
    made.prefix = string();
    made.delimiter = delimiter();
    made.extensions =
        list(0, 1, [&] { return parser::NamespaceExtension{string(), list(1, 2, [&] { return string(); })}; });
    return made;
  });
}

parser::Esearch ValueMaker::esearch() {
  parser::Esearch made;
  // A string in RFC 4466.
  if (choices_.flip()) made.tag = profile_.rev2 ? astring() : string();
  made.uid = choices_.flip();
  if (choices_.flip()) made.min = nz_number();
  if (choices_.flip()) made.max = nz_number();
  if (choices_.flip()) made.count = number();
  if (choices_.flip()) made.all = ranges(true);
  if (profile_.has(Extension::Condstore) && choices_.flip()) made.mod_sequence = nz_number64();
  made.extra = list(0, 2, [&] { return parser::Esearch::Extra{"X-ITEM", tagged_ext_val()}; });
  return made;
}

parser::MsgAtt ValueMaker::msg_att() {
  using Kind = parser::MsgAtt::Kind;
  parser::MsgAtt made;
  made.kind = static_cast<Kind>(choices_.one_of(static_cast<std::size_t>(Kind::ModSequence) + 1));
  if (made.kind == Kind::ModSequence && !profile_.has(Extension::Condstore)) made.kind = Kind::Uid;
  if (!parser::is_in(made.kind, profile_)) made.kind = Kind::Uid;
  switch (made.kind) {
    case Kind::Flags:
      made.flags = flags(true);
      break;
    case Kind::Envelope:
      made.envelope = one(envelope());
      break;
    case Kind::InternalDate:
      made.internal_date = date_time();
      break;
    case Kind::Rfc822Size:
      made.number = wide_number();
      break;
    case Kind::Body:
    case Kind::BodyStructure:
      made.body = one(body_structure(2, made.kind == Kind::BodyStructure));
      break;
    case Kind::BodySection:
      made.section = section();
      if (choices_.flip()) made.origin = number();
      made.data = nstring();
      break;
    case Kind::Binary:
      made.section.part = list(0, 3, [&] { return nz_number(); });
      made.data =
          choices_.flip() ? nstring() : of<parser::String>(kept(choices_.piece(30)), parser::StringForm::Literal8);
      break;
    case Kind::BinarySize:
      made.section.part = list(0, 3, [&] { return nz_number(); });
      made.number = number();
      break;
    case Kind::ModSequence:
      made.number = nz_number64();
      break;
    case Kind::Rfc822:
    case Kind::Rfc822Header:
    case Kind::Rfc822Text:
      made.data = nstring();
      break;
    default:
      made.uid = parser::Uid{nz_number()};
      break;
  }
  return made;
}

parser::List<parser::Address> ValueMaker::addresses() {
  return list(0, 2, [&] { return parser::Address{nstring(), nstring(), nstring(), nstring()}; });
}

parser::Envelope ValueMaker::envelope() {
  parser::Envelope made;
  made.date = nstring();
  made.subject = nstring();
  for (auto* people : {&made.from, &made.sender, &made.reply_to, &made.to, &made.cc, &made.bcc}) *people = addresses();
  made.in_reply_to = nstring();
  made.message_id = nstring();
  return made;
}

parser::List<parser::BodyParameter> ValueMaker::parameters() {
  return list(0, 2, [&] { return parser::BodyParameter{string(), string()}; });
}

void ValueMaker::body_fields(parser::Body& body) {
  body.parameters = parameters();
  body.id = nstring();
  body.description = nstring();
  body.encoding = string();
  body.octets = number();
}

void ValueMaker::body_ext(parser::Body& body) {
  parser::BodyExtension& extension = body.extension;
  extension.fields = static_cast<std::uint8_t>(choices_.one_of(5));
  if (extension.fields > 0 && body.multipart) body.parameters = parameters();
  if (extension.fields > 0 && !body.multipart) extension.md5 = nstring();
  if (extension.fields > 1 && choices_.flip()) extension.disposition = parser::BodyDisposition{string(), parameters()};
  if (extension.fields > 2) extension.languages = list(0, 2, [&] { return string(); });
  if (extension.fields > 3) extension.location = nstring();
  if (extension.fields > 3) extension.items = list(0, 2, [&] { return body_extension(2); });
}

parser::BodyExtensionItem ValueMaker::body_extension(std::size_t depth) {
  using Kind = parser::BodyExtensionItem::Kind;
  parser::BodyExtensionItem made;
  switch (choices_.one_of(depth > 0 ? 3 : 2)) {
    case 0:
      made.kind = Kind::Number;
      made.number = wide_number();
      break;
    case 1:
      made.text = nstring();
      break;
    default:
      made.kind = Kind::Group;
      made.items = list(1, 2, [&] { return body_extension(depth - 1); });
      break;
  }
  return made;
}

parser::Body ValueMaker::body_structure(std::size_t depth, bool extensible) {
  using parser::StringForm;
  parser::Body made;
  const std::size_t kind = choices_.one_of(depth > 0 ? 4 : 2);
  made.multipart = kind == 3;
  if (made.multipart) {
    made.parts = list(1, 3, [&] { return body_structure(depth - 1, extensible); });
    made.subtype = string();
  } else {
    made.type = kind == 0   ? parser::String("APPLICATION", StringForm::Quoted)
                : kind == 1 ? parser::String("Text", StringForm::Quoted)
                            : parser::String("MESSAGE", StringForm::Quoted);
    made.subtype = kind == 2 ? parser::String("RFC822", StringForm::Quoted) : string();
    body_fields(made);
  }
  if (kind == 2) {
    made.envelope = one(envelope());
    made.parts = list(1, 1, [&] { return body_structure(depth - 1, extensible); });
  }
  if (kind == 1 || kind == 2) made.lines = wide_number();
  if (extensible) body_ext(made);
  return made;
}

}  // namespace imapspec::fuzz
