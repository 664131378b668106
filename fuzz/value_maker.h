// Commands and responses made of choices: any that the grammar of a profile has.
//
// RFC 9051 section 9
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "fuzz/choices.h"
#include "parser/core/arena.h"
#include "parser/core/list.h"
#include "parser/grammar/command.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/response.h"

namespace imapspec::fuzz {

// ValueMaker makes values that view the arena, which must outlive them.
class ValueMaker {
 public:
  ValueMaker(Choices& choices, const parser::Profile& profile, parser::Arena& arena)
      : choices_(choices), profile_(profile), arena_(arena) {}

  parser::Command command();
  parser::Response response();

 private:
  // Words and strings. `words` picks one of what it is given, or makes an atom.
  std::string_view kept(std::string_view octets);
  std::string_view run(std::string_view octets_of_class, std::size_t least);
  parser::AtomName atom();
  parser::AtomName word(std::span<const parser::AtomName> known);
  parser::HumanText text(bool may_be_empty);
  parser::InitialResponse initial_response();
  std::string_view tagged_ext_val();
  parser::Tag tag();
  parser::String string();
  parser::String astring();
  parser::String rights(bool modifies);
  parser::NString nstring();
  parser::NString delimiter();
  parser::Mailbox mailbox();

  // Numbers, dates and sets.
  std::uint32_t number() { return static_cast<std::uint32_t>(choices_.number(UINT32_MAX)); }
  parser::NzNumber nz_number() { return of<parser::NzNumber>(choices_.number(UINT32_MAX - 1) + 1); }
  parser::Number64 number64() { return of<parser::Number64>(choices_.number(INT64_MAX)); }
  parser::NzNumber64 nz_number64() { return of<parser::NzNumber64>(choices_.number(INT64_MAX - 1) + 1); }
  // A number64 that RFC 3501 has as number.
  parser::Number64 wide_number() { return profile_.rev2 ? number64() : parser::Number64(number()); }
  parser::TwoDigits two_digits() { return of<parser::TwoDigits>(choices_.one_of(100)); }
  parser::Date date();
  parser::DateTime date_time();
  parser::SequenceSet sequence_set();
  parser::SequenceSet uid_set();
  parser::SequenceSet ranges(bool star);

  // Flags, sections, items.
  parser::Flag flag();
  parser::FlagKeyword keyword();
  parser::List<parser::Flag> flags(bool recent);
  parser::Section section();
  parser::StatusAtt status_att();
  parser::IdParameters id_parameters();
  parser::List<parser::AtomName> capabilities(std::size_t least);
  parser::List<parser::AtomName> capability_data();

  // What commands have.
  parser::commands::Any body();
  parser::commands::Any extension_body();
  parser::commands::Any quota_body();
  parser::commands::Any acl_body();
  parser::List<parser::SelectParameter> select_parameters();
  parser::QresyncParameter qresync();
  parser::UnknownModifier unknown_modifier();
  parser::String pattern();
  parser::commands::List list_command();
  parser::List<parser::ListOption> selection_options();
  parser::List<parser::ListOption> return_options();
  parser::commands::Append append();
  parser::AppendMessage append_message();
  parser::commands::Fetch fetch_command();
  parser::commands::Store store();
  parser::FetchAtt fetch_att(bool alone);
  parser::SearchReturnOption search_return_option();
  parser::SearchProgram search_program();
  parser::SearchKey search_key(std::size_t depth);
  parser::SearchModSequence search_mod_sequence();

  // What responses have.
  parser::Response extension_response();
  parser::Response acl_response();
  parser::StatusResponse status_response();
  parser::RespText resp_text();
  parser::ResponseCode code();
  parser::ResponseCode extension_code();
  parser::StatusAttVal status_att_val();
  parser::MailboxList mailbox_list();
  parser::ListItem list_item();
  parser::List<parser::NamespaceDescr> namespaces();
  parser::Esearch esearch();
  parser::MsgAtt msg_att();
  parser::List<parser::Address> addresses();
  parser::Envelope envelope();
  parser::Body body_structure(std::size_t depth, bool extensible);
  void body_fields(parser::Body& body);
  void body_ext(parser::Body& body);
  parser::BodyExtensionItem body_extension(std::size_t depth);
  parser::List<parser::BodyParameter> parameters();

  // of is a value of a type that only its from() makes. It ends the program where what is made here does not match.
  template <class T, class... From>
  static T of(From... from) {
    return T::from(from...).value();
  }

  // list is `least` to `most` of what `make` makes.
  template <class Make>
  auto list(std::size_t least, std::size_t most, Make make) {
    using T = decltype(make());
    parser::ListBuilder<T> builder(arena_);
    const std::size_t size = least + choices_.one_of(most - least + 1);
    for (std::size_t i = 0; i < size; ++i) builder.push(make());
    return builder.list();
  }

  // one keeps a value in the arena.
  template <class T>
  const T* one(const T& value) {
    return new (arena_.allocate<T>(1)) T(value);
  }

  Choices& choices_;
  parser::Profile profile_;
  parser::Arena& arena_;
};

}  // namespace imapspec::fuzz
