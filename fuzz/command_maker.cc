// Commands made of choices.
//
// RFC 9051 section 9: command
#include <algorithm>
#include <array>
#include <string>

#include "fuzz/value_maker.h"
#include "parser/grammar/fetch_gate.h"

namespace imapspec::fuzz {

namespace commands = parser::commands;
using parser::Extension;

parser::Command ValueMaker::command() {
  parser::Command made;
  made.tag = tag();
  made.body = body();
  return made;
}

commands::Any ValueMaker::body() {
  switch (choices_.one_of(30)) {
    case 0:
      return commands::Capability{};
    case 1:
      return commands::Logout{};
    case 2:
      return commands::StartTls{};
    case 3:
      return commands::Login{astring(), astring()};
    case 4: {
      commands::Authenticate made;
      made.auth_type = atom();
      if (profile_.has(Extension::SaslIr) && choices_.flip()) made.initial_response = initial_response();
      return made;
    }
    case 5:
      if (!profile_.has(Extension::Enable)) break;
      return commands::Enable{capabilities(1)};
    case 6:
      return commands::Select{mailbox(), select_parameters()};
    case 7:
      return commands::Examine{mailbox(), select_parameters()};
    case 8:
      return commands::Create{mailbox()};
    case 9:
      return commands::Delete{mailbox()};
    case 10:
      return commands::Rename{mailbox(), mailbox()};
    case 11:
      return commands::Subscribe{mailbox()};
    case 12:
      return commands::Unsubscribe{mailbox()};
    case 13:
      return list_command();
    case 14:
      if (!profile_.has(Extension::Namespace)) break;
      return commands::Namespace{};
    case 15:
      return commands::Status{mailbox(), list(1, 4, [&] { return status_att(); })};
    case 16:
      return append();
    case 17:
      if (!profile_.has(Extension::Idle)) break;
      return commands::Idle{};
    case 18:
      return commands::Close{};
    case 19:
      if (!profile_.has(Extension::Unselect)) break;
      return commands::Unselect{};
    case 20: {
      commands::Expunge made;
      if (profile_.has(Extension::Uidplus) && choices_.flip()) made.uids = sequence_set();
      return made;
    }
    case 21:
      return commands::Copy{choices_.flip(), sequence_set(), mailbox()};
    case 22:
      if (!profile_.has(Extension::Move)) break;
      return commands::Move{choices_.flip(), sequence_set(), mailbox()};
    case 23:
      return fetch_command();
    case 24:
      return store();
    case 25:
      return commands::Search{choices_.flip(), search_program()};
    case 26:
    case 27:
      return extension_body();
    case 28:
      if (!profile_.rev1) break;
      if (choices_.flip()) return commands::Check{};
      return commands::Lsub{mailbox(), pattern()};
    default:
      break;
  }
  return commands::Noop{};
}

commands::Any ValueMaker::extension_body() {
  switch (choices_.one_of(4)) {
    case 0:
      if (!profile_.has(Extension::Id)) break;
      return commands::Id{id_parameters()};
    case 1:
      if (!profile_.has(Extension::Quota)) break;
      return quota_body();
    case 2:
      if (!profile_.has(Extension::Acl)) break;
      return acl_body();
    default:
      if (!profile_.has(Extension::Unauthenticate)) break;
      return commands::Unauthenticate{};
  }
  return commands::Noop{};
}

commands::Any ValueMaker::quota_body() {
  switch (choices_.one_of(3)) {
    case 0:
      return commands::GetQuota{astring()};
    case 1:
      return commands::GetQuotaRoot{mailbox()};
    default:
      return commands::SetQuota{astring(), list(0, 3, [&] { return parser::QuotaLimit{atom(), number64()}; })};
  }
}

commands::Any ValueMaker::acl_body() {
  switch (choices_.one_of(5)) {
    case 0:
      return commands::GetAcl{mailbox()};
    case 1:
      return commands::SetAcl{mailbox(), astring(), rights(true)};
    case 2:
      return commands::DeleteAcl{mailbox(), astring()};
    case 3:
      return commands::ListRights{mailbox(), astring()};
    default:
      return commands::MyRights{mailbox()};
  }
}

parser::UnknownModifier ValueMaker::unknown_modifier() {
  return {"X-MODIFIER", choices_.flip() ? tagged_ext_val() : std::string_view()};
}

parser::QresyncParameter ValueMaker::qresync() {
  parser::QresyncParameter made;
  made.uid_validity = nz_number();
  made.mod_sequence = nz_number64();
  if (choices_.flip()) made.known_uids = uid_set();
  if (choices_.flip()) made.match = parser::SeqMatchData{uid_set(), uid_set()};
  return made;
}

parser::List<parser::SelectParameter> ValueMaker::select_parameters() {
  if (!profile_.has(Extension::Condstore)) return {};
  return list(0, 2, [&]() -> parser::SelectParameter {
    switch (choices_.one_of(3)) {
      case 0:
        return unknown_modifier();
      case 1:
        if (profile_.has(Extension::Qresync)) return qresync();
        break;
      default:
        break;
    }
    return parser::CondstoreParameter{};
  });
}

parser::String ValueMaker::pattern() {
  static constexpr std::array<parser::String, 4> kPatterns{
      parser::String("*", parser::StringForm::Atom), parser::String("%", parser::StringForm::Atom),
      parser::String("Lists/%", parser::StringForm::Atom), parser::String("a]b", parser::StringForm::Atom)};
  if (choices_.flip()) return string();
  return kPatterns[choices_.one_of(kPatterns.size())];
}

commands::List ValueMaker::list_command() {
  commands::List made;
  parser::ListArguments& arguments = made.arguments;
  arguments.reference = mailbox();
  arguments.extended_patterns = profile_.has(Extension::ListExtended) && choices_.flip();
  arguments.patterns = list(1, arguments.extended_patterns ? 3 : 1, [&] { return pattern(); });
  if (!profile_.has(Extension::ListExtended)) return made;
  if (choices_.flip()) arguments.selection = selection_options();
  if (choices_.flip()) arguments.returns = return_options();
  return made;
}

parser::List<parser::ListOption> ValueMaker::selection_options() {
  parser::ListBuilder<parser::ListOption> options(arena_);
  if (choices_.flip()) options.push({"REMOTE", {}, {}});
  if (choices_.flip()) {
    options.push({"SUBSCRIBED", {}, {}});
    // It modifies the one before.
    if (choices_.flip()) options.push({"RECURSIVEMATCH", {}, {}});
  }
  if (choices_.flip()) options.push({"X-OPTION", choices_.flip() ? "(a (\"b\" {1}\r\nc))" : "", {}});
  return options.list();
}

parser::List<parser::ListOption> ValueMaker::return_options() {
  parser::ListBuilder<parser::ListOption> options(arena_);
  if (choices_.flip()) options.push({"CHILDREN", {}, {}});
  if (choices_.flip()) options.push({"SUBSCRIBED", {}, {}});
  if (profile_.has(Extension::ListStatus) && choices_.flip()) {
    options.push({"STATUS", {}, list(1, 3, [&] { return status_att(); })});
  }
  if (choices_.flip()) options.push({"SPECIAL-USE", {}, {}});
  return options.list();
}

parser::AppendMessage ValueMaker::append_message() {
  using parser::StringForm;
  parser::AppendMessage made;
  made.flags = flags(false);
  if (choices_.flip()) made.date_time = date_time();
  std::string octets(choices_.piece(80));
  made.utf8 = profile_.has(Extension::Utf8Accept) && choices_.flip();
  const bool binary = made.utf8 || (profile_.has_added(Extension::Binary) && choices_.flip());
  if (!binary) std::ranges::replace(octets, '\0', ' ');
  made.octets = of<parser::String>(kept(octets), binary ? StringForm::Literal8 : StringForm::Literal);
  return made;
}

commands::Append ValueMaker::append() {
  const std::size_t most = profile_.has(Extension::Multiappend) ? 2 : 1;
  return {mailbox(), list(1, most, [&] { return append_message(); })};
}

commands::Fetch ValueMaker::fetch_command() {
  commands::Fetch made;
  made.uid = choices_.flip();
  made.set = sequence_set();
  const bool alone = choices_.flip();
  made.atts = list(1, alone ? 1 : 3, [&] { return fetch_att(alone); });
  if (profile_.has(Extension::Condstore) && choices_.flip()) {
    parser::ListBuilder<parser::FetchModifier> modifiers(arena_);
    if (choices_.flip()) modifiers.push(unknown_modifier());
    modifiers.push(parser::ChangedSince{nz_number64()});
    if (made.uid && profile_.has(Extension::Qresync) && choices_.flip()) modifiers.push(parser::VanishedModifier{});
    made.modifiers = modifiers.list();
  }
  return made;
}

parser::FetchAtt ValueMaker::fetch_att(bool alone) {
  using Kind = parser::FetchAtt::Kind;
  static constexpr std::array<Kind, 17> kKinds{
      Kind::ModSequence, Kind::Envelope,      Kind::Flags,  Kind::InternalDate, Kind::Rfc822Size, Kind::Body,
      Kind::Uid,         Kind::BodySection,   Kind::Binary, Kind::BinarySize,   Kind::Rfc822,     Kind::Rfc822Header,
      Kind::Rfc822Text,  Kind::BodyStructure, Kind::All,    Kind::Fast,         Kind::Full};
  parser::FetchAtt made;
  // The macros stand alone.
  made.kind = kKinds[choices_.one_of(alone ? kKinds.size() : kKinds.size() - 3)];
  if (!parser::is_in(made.kind, profile_)) made.kind = Kind::Flags;
  if (made.kind == Kind::ModSequence && !profile_.has(Extension::Condstore)) made.kind = Kind::Flags;
  if (made.kind == Kind::BodySection) made.section = section();
  if (made.kind == Kind::Binary || made.kind == Kind::BinarySize) {
    made.section.part = list(0, 3, [&] { return nz_number(); });
  }
  if (made.kind == Kind::BodySection || made.kind == Kind::Binary) {
    made.peek = choices_.flip();
    if (choices_.flip()) {
      made.partial = profile_.rev2 ? parser::Partial{number64(), nz_number64()}
                                   : parser::Partial{parser::Number64(number()), parser::NzNumber64(nz_number())};
    }
  }
  return made;
}

commands::Store ValueMaker::store() {
  using Operation = commands::Store::Operation;
  static constexpr std::array<Operation, 3> kOperations{Operation::Replace, Operation::Add, Operation::Remove};
  commands::Store made;
  made.uid = choices_.flip();
  made.set = sequence_set();
  made.operation = kOperations[choices_.one_of(kOperations.size())];
  made.silent = choices_.flip();
  made.flags = flags(false);
  if (profile_.has(Extension::Condstore) && choices_.flip()) {
    parser::ListBuilder<parser::StoreModifier> modifiers(arena_);
    modifiers.push(parser::UnchangedSince{number64()});
    if (choices_.flip()) modifiers.push(unknown_modifier());
    made.modifiers = modifiers.list();
  }
  return made;
}

parser::SearchReturnOption ValueMaker::search_return_option() {
  using Kind = parser::SearchReturnOption::Kind;
  static constexpr std::array<parser::SearchReturnOption, 5> kOptions{{{Kind::Min, "MIN", {}},
                                                                       {Kind::Max, "MAX", {}},
                                                                       {Kind::All, "ALL", {}},
                                                                       {Kind::Count, "COUNT", {}},
                                                                       {Kind::Save, "SAVE", {}}}};
  const std::size_t known = profile_.has(Extension::Searchres) ? kOptions.size() : kOptions.size() - 1;
  const std::size_t chosen = choices_.one_of(known + 1);
  if (chosen < known) return kOptions[chosen];
  return {Kind::Other, "X-OPTION", choices_.flip() ? tagged_ext_val() : std::string_view()};
}

parser::SearchProgram ValueMaker::search_program() {
  parser::SearchProgram made;
  if (profile_.has(Extension::Esearch) && choices_.flip()) {
    made.returns = list(0, 3, [&] { return search_return_option(); });
  }
  if (choices_.flip()) made.charset = parser::String("UTF-8", parser::StringForm::Atom);
  made.keys = list(1, 3, [&] { return search_key(3); });
  return made;
}

parser::SearchModSequence ValueMaker::search_mod_sequence() {
  using parser::EntryType;
  static constexpr std::array<parser::EntryName, 3> kNames{R"(/flags/\\Seen)", "/flags/$Junk", "/Flags/x"};
  static constexpr std::array<EntryType, 3> kTypes{EntryType::Private, EntryType::Shared, EntryType::All};
  parser::SearchModSequence made;
  if (choices_.flip()) {
    made.entry = {kNames[choices_.one_of(kNames.size())], kTypes[choices_.one_of(kTypes.size())]};
  }
  made.mod_sequence = number64();
  return made;
}

parser::SearchKey ValueMaker::search_key(std::size_t depth) {
  using Kind = parser::SearchKey::Kind;
  parser::SearchKey made;
  // Without depth left, those that have no keys.
  const Kind last = depth == 0 ? Kind::SequenceSet : profile_.has(Extension::Condstore) ? Kind::ModSequence : Kind::And;
  made.kind = static_cast<Kind>(choices_.one_of(static_cast<std::size_t>(last) + 1));
  switch (made.kind) {
    case Kind::New:
    case Kind::Old:
    case Kind::Recent:
      if (!profile_.rev1) made.kind = Kind::All;
      break;
    case Kind::Bcc:
    case Kind::Body:
    case Kind::Cc:
    case Kind::From:
    case Kind::Subject:
    case Kind::Text:
    case Kind::To:
      made.text = astring();
      break;
    case Kind::Header:
      made.field = astring();
      made.text = astring();
      break;
    case Kind::Before:
    case Kind::On:
    case Kind::Since:
    case Kind::SentBefore:
    case Kind::SentOn:
    case Kind::SentSince:
      made.date = date();
      break;
    case Kind::Larger:
    case Kind::Smaller:
      made.number = wide_number();
      break;
    case Kind::Keyword:
    case Kind::Unkeyword:
      made.keyword = keyword();
      break;
    case Kind::Uid:
    case Kind::SequenceSet:
      made.set = sequence_set();
      break;
    case Kind::ModSequence:
      made.mod_sequence = one(search_mod_sequence());
      break;
    case Kind::Not:
      made.keys = list(1, 1, [&] { return search_key(depth - 1); });
      break;
    case Kind::Or:
      made.keys = list(2, 2, [&] { return search_key(depth - 1); });
      break;
    case Kind::And:
      made.keys = list(1, 3, [&] { return search_key(depth - 1); });
      break;
    default:
      break;
  }
  return made;
}

}  // namespace imapspec::fuzz
