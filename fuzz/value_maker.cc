// The pieces that commands and responses share.
#include "fuzz/value_maker.h"

#include <algorithm>
#include <array>
#include <string>

#include "parser/grammar/char_class.h"
#include "parser/grammar/serialize.h"

namespace imapspec::fuzz {
namespace {

using Class = bool (*)(int);

// The octets of a class, in order.
std::string octets_of(Class in_class) {
  std::string octets;
  for (int octet = 0; octet < 256; ++octet) {
    if (in_class(octet)) octets += static_cast<char>(octet);
  }
  return octets;
}

const std::string& atom_chars() {
  static const std::string kOctets = octets_of(parser::is_atom_char);
  return kOctets;
}

}  // namespace

std::string_view ValueMaker::kept(std::string_view octets) {
  char* const memory = arena_.allocate<char>(octets.size() + 1);
  std::ranges::copy(octets, memory);
  return {memory, octets.size()};
}

std::string_view ValueMaker::run(std::string_view octets_of_class, std::size_t least) {
  constexpr std::size_t kMost = 12;
  std::string made;
  for (const char octet : choices_.piece(kMost)) {
    made += octets_of_class[static_cast<unsigned char>(octet) % octets_of_class.size()];
  }
  while (made.size() < least) made += 'a';
  return kept(made);
}

parser::AtomName ValueMaker::atom() { return of<parser::AtomName>(run(atom_chars(), 1)); }

parser::AtomName ValueMaker::word(std::span<const parser::AtomName> known) {
  const std::size_t chosen = choices_.one_of(known.size() + 1);
  return chosen < known.size() ? known[chosen] : atom();
}

parser::HumanText ValueMaker::text(bool may_be_empty) {
  std::string made;
  for (const char octet : choices_.piece(40)) {
    if (parser::is_text_char(static_cast<unsigned char>(octet))) made += octet;
  }
  // What begins with "[" may be a code.
  if (made.starts_with('[')) made.front() = '(';
  if (profile_.rev2 && choices_.flip()) made += "\xe2\x82\xac";
  if (made.empty() && !may_be_empty) made = "done";
  return of<parser::HumanText>(kept(made));
}

parser::InitialResponse ValueMaker::initial_response() {
  if (choices_.flip()) return "=";
  std::string made(run("ABZabz019+/", 0));
  made.resize(made.size() / 4 * 4);
  if (made.empty()) made = "Zm9v";
  if (choices_.flip()) made.replace(made.size() - 2, 2, "==");
  return of<parser::InitialResponse>(kept(made));
}

std::string_view ValueMaker::tagged_ext_val() {
  static constexpr std::array<std::string_view, 7> kValues{
      "(a \"b\" (c))", "()", "({3}\r\na b)", "1:5,*", "0", "4294967295", "9223372036854775807"};
  // The last of them is a number64.
  return kValues[choices_.one_of(profile_.rev2 ? kValues.size() : kValues.size() - 1)];
}

parser::Tag ValueMaker::tag() { return of<parser::Tag>(run("a1]Z-_.:=<>[}~!#$&',/;?@^`|", 1)); }

parser::String ValueMaker::string() {
  std::string value(choices_.piece(24));
  std::ranges::replace(value, '\0', ' ');
  return parser::make_string(kept(value), profile_, arena_);
}

parser::String ValueMaker::astring() {
  if (choices_.flip()) return string();
  std::string value(choices_.piece(12));
  std::ranges::replace(value, '\0', '.');
  return parser::make_astring(kept(value), profile_, arena_);
}

parser::String ValueMaker::rights(bool modifies) {
  static constexpr std::array<std::string_view, 3> kSigns{"", "+", "-"};
  std::string value(modifies ? kSigns[choices_.one_of(kSigns.size())] : "");
  value += run("lrswipkxtea09", 0);
  return parser::make_astring(kept(value), profile_, arena_);
}

parser::NString ValueMaker::nstring() {
  if (choices_.flip()) return std::nullopt;
  return string();
}

parser::NString ValueMaker::delimiter() {
  switch (choices_.one_of(4)) {
    case 0:
      return std::nullopt;
    case 1:
      return parser::String(R"(\\)", parser::StringForm::Quoted);
    case 2:
      return parser::String(R"(\")", parser::StringForm::Quoted);
    default:
      return parser::String("/", parser::StringForm::Quoted);
  }
}

parser::Mailbox ValueMaker::mailbox() {
  switch (choices_.one_of(6)) {
    case 0:
      return of<parser::Mailbox>(parser::String("INBOX", parser::StringForm::Atom));
    case 1:
      return of<parser::Mailbox>(parser::String("inBox", parser::StringForm::Quoted));
    default:
      return of<parser::Mailbox>(astring());
  }
}

parser::Date ValueMaker::date() {
  parser::Date date;
  date.year = of<parser::Year>(choices_.number(9'999));
  date.month = of<parser::Month>(1 + choices_.one_of(12));
  date.day = two_digits();
  return date;
}

parser::DateTime ValueMaker::date_time() {
  parser::DateTime made;
  made.date = date();
  made.hour = two_digits();
  made.minute = two_digits();
  made.second = two_digits();
  const auto zone = static_cast<int>(choices_.number(9'999));
  const bool west = choices_.flip();
  made.zone = of<decltype(made.zone)>(west ? -zone : zone);
  made.minus_zero = west && zone == 0;
  return made;
}

parser::SequenceSet ValueMaker::ranges(bool star) {
  const auto end = [&]() -> parser::SeqNumber {
    if (star && choices_.one_of(4) == 0) return {};
    return {nz_number()};
  };
  return of<parser::SequenceSet>(list(1, 4, [&] {
    const parser::SeqNumber first = end();
    return parser::SeqRange{first, choices_.flip() ? end() : first};
  }));
}

parser::SequenceSet ValueMaker::sequence_set() {
  if (profile_.has(parser::Extension::Searchres) && choices_.one_of(8) == 0) {
    return parser::SequenceSet::last_result();
  }
  return ranges(true);
}

parser::SequenceSet ValueMaker::uid_set() { return ranges(false); }

parser::FlagKeyword ValueMaker::keyword() {
  static constexpr std::array<parser::AtomName, 3> kKnown{"$Forwarded", "$Junk", "NonJunk"};
  return word(kKnown);
}

parser::Flag ValueMaker::flag() {
  static constexpr std::array<parser::Flag, 6> kSystem{"\\Answered", "\\Flagged", "\\Deleted",
                                                       "\\Seen",     "\\Draft",   "\\X-other"};
  if (choices_.flip()) return of<parser::Flag>(keyword().octets());
  return kSystem[choices_.one_of(kSystem.size())];
}

parser::List<parser::Flag> ValueMaker::flags(bool recent) {
  return list(0, 4, [&] { return recent && choices_.one_of(8) == 0 ? parser::Flag("\\Recent") : flag(); });
}

parser::Section ValueMaker::section() {
  using Text = parser::SectionText;
  static constexpr std::array<Text, 6> kTexts{Text::Whole,           Text::Header, Text::HeaderFields,
                                              Text::HeaderFieldsNot, Text::Text,   Text::Mime};
  parser::Section made;
  made.part = list(0, 3, [&] { return nz_number(); });
  // MIME is of a part only.
  made.text = kTexts[choices_.one_of(made.part.empty() ? 5 : 6)];
  if (made.text == Text::HeaderFields || made.text == Text::HeaderFieldsNot) {
    made.fields = list(1, 3, [&] { return astring(); });
  }
  return made;
}

parser::StatusAtt ValueMaker::status_att() {
  using Att = parser::StatusAtt;
  using parser::Extension;
  std::array<Att, 10> known{Att::Messages, Att::UidNext, Att::UidValidity, Att::Unseen};
  std::size_t size = 4;
  if (profile_.rev2 || profile_.has(Extension::Quota)) known[size++] = Att::Deleted;
  if (profile_.has(Extension::StatusSize)) known[size++] = Att::Size;
  if (profile_.rev1) known[size++] = Att::Recent;
  if (profile_.has(Extension::Condstore)) known[size++] = Att::HighestModSeq;
  if (profile_.has(Extension::Quota)) known[size++] = Att::DeletedStorage;
  if (profile_.has(Extension::AppendLimit)) known[size++] = Att::AppendLimit;
  return known[choices_.one_of(size)];
}

parser::IdParameters ValueMaker::id_parameters() {
  if (choices_.flip()) return std::nullopt;
  return list(0, 3, [&] { return parser::IdField{string(), nstring()}; });
}

parser::List<parser::AtomName> ValueMaker::capabilities(std::size_t least) {
  static constexpr std::array<parser::AtomName, 4> kKnown{"IDLE", "AUTH=PLAIN", "LITERAL+", "CONDSTORE"};
  return list(least, 4, [&] { return word(kKnown); });
}

parser::List<parser::AtomName> ValueMaker::capability_data() {
  parser::ListBuilder<parser::AtomName> all(arena_);
  if (profile_.rev1) all.push("IMAP4rev1");
  for (const parser::AtomName& each : capabilities(0)) all.push(each);
  if (profile_.rev2) all.push("IMAP4rev2");
  return all.list();
}

}  // namespace imapspec::fuzz
