#include "runner/monitor/message_facts.h"

#include <algorithm>

#include "runner/monitor/fingerprint.h"

namespace imapspec::runner {
namespace {

using Kind = parser::MsgAtt::Kind;
using parser::SectionText;

// Of one message no more items are remembered.
constexpr std::size_t kMostFacts = 64;

// What the keys of single items are made of; sections have the kind too.
std::uint64_t key_of(Kind kind, unsigned mode) {
  return Fingerprint().add(static_cast<std::uint64_t>(kind)).add(std::uint64_t{mode}).value();
}

std::uint64_t key_of(Kind kind, unsigned mode, const parser::Section& section) {
  return Fingerprint().add(static_cast<std::uint64_t>(kind)).add(std::uint64_t{mode}).add(section).value();
}

std::uint64_t key_of(SectionText text, unsigned mode) {
  parser::Section section;
  section.text = text;
  return key_of(Kind::BodySection, mode, section);
}

}  // namespace

void MessageFacts::learn(const parser::List<parser::MsgAtt>& items, unsigned mode, bool whole_binary,
                         std::vector<Contradiction>& found) {
  const auto number = [&](std::string_view name, std::uint64_t key, std::uint64_t value) {
    add({.key = key, .item = name, .value = value, .size = 0}, found);
  };
  const auto text = [&](std::string_view name, std::uint64_t key, const parser::NString& data) {
    if (!data) return;
    std::string unescaped;
    std::string_view octets = data->octets();
    if (data->form() == parser::StringForm::Quoted && octets.find('\\') != std::string_view::npos) {
      unescaped = data->value();
      octets = unescaped;
    }
    add({.key = key, .item = name, .value = Fingerprint().add(octets).value(), .size = octets.size()}, found);
  };
  bool sized = false;
  for (const parser::MsgAtt& item : items) {
    switch (item.kind) {
      case Kind::Rfc822Size:
        number("RFC822.SIZE", key_of(item.kind, mode), item.number);
        break;
      case Kind::InternalDate:
        number("INTERNALDATE", key_of(item.kind, mode), static_cast<std::uint64_t>(seconds_of(item.internal_date)));
        break;
      case Kind::Envelope:
        number("ENVELOPE", key_of(item.kind, mode), Fingerprint().add(*item.envelope).value());
        break;
      case Kind::Body:
        number("BODY", key_of(item.kind, mode), Fingerprint().add(*item.body).value());
        break;
      case Kind::BodyStructure:
        number("BODYSTRUCTURE", key_of(item.kind, mode), Fingerprint().add(*item.body).value());
        break;
      case Kind::BodySection:
        if (!item.origin) text("BODY[...]", key_of(item.kind, mode, item.section), item.data);
        break;
      case Kind::Rfc822:
        text("RFC822", key_of(SectionText::Whole, mode), item.data);
        break;
      case Kind::Rfc822Header:
        text("RFC822.HEADER", key_of(SectionText::Header, mode), item.data);
        break;
      case Kind::Rfc822Text:
        text("RFC822.TEXT", key_of(SectionText::Text, mode), item.data);
        break;
      case Kind::Binary:
        if (whole_binary) text("BINARY[...]", key_of(item.kind, mode, item.section), item.data);
        break;
      case Kind::BinarySize:
        number("BINARY.SIZE[...]", key_of(item.kind, mode, item.section), item.number);
        break;
      default:
        continue;
    }
    sized = true;
  }
  if (!sized) return;
  compare_sizes(mode, found);
  for (const parser::MsgAtt& item : items) {
    if (item.kind != Kind::Binary && item.kind != Kind::BinarySize) continue;
    const Fact* const data = find(key_of(Kind::Binary, mode, item.section));
    const Fact* const size = find(key_of(Kind::BinarySize, mode, item.section));
    if (data == nullptr || size == nullptr || data->size == size->value) continue;
    found.push_back({Contradiction::Kind::BinarySize, size->item, size->value, data->size});
    break;  // the other of the two says the same
  }
}

void MessageFacts::compare_sizes(unsigned mode, std::vector<Contradiction>& found) const {
  const Fact* const size = find(key_of(Kind::Rfc822Size, mode));
  const Fact* const whole = find(key_of(SectionText::Whole, mode));
  const Fact* const header = find(key_of(SectionText::Header, mode));
  const Fact* const text = find(key_of(SectionText::Text, mode));
  if (size != nullptr && whole != nullptr && size->value != whole->size) {
    found.push_back({Contradiction::Kind::Size, size->item, size->value, whole->size});
  }
  if (whole != nullptr && header != nullptr && text != nullptr && whole->size != header->size + text->size) {
    found.push_back({Contradiction::Kind::Parts, whole->item, whole->size, header->size + text->size});
  }
}

void MessageFacts::merge(const MessageFacts& other, std::vector<Contradiction>& found) {
  for (const Fact& fact : other.facts_) add(fact, found);
}

std::vector<Contradiction> MessageFacts::contradictions(const MessageFacts& other, unsigned mode) const {
  std::vector<Contradiction> found;
  MessageFacts both = *this;
  both.merge(other, found);
  if (found.empty()) both.compare_sizes(mode, found);
  return found;
}

const MessageFacts::Fact* MessageFacts::find(std::uint64_t key) const {
  const auto known = std::ranges::find(facts_, key, &Fact::key);
  return known == facts_.end() ? nullptr : &*known;
}

void MessageFacts::add(const Fact& fact, std::vector<Contradiction>& found) {
  const auto known = std::ranges::find(facts_, fact.key, &Fact::key);
  if (known == facts_.end()) {
    if (facts_.size() < kMostFacts) facts_.push_back(fact);
    return;
  }
  if (*known == fact) return;
  const bool sizes = known->size != fact.size;
  found.push_back({Contradiction::Kind::Changed, fact.item, sizes ? known->size : 0, sizes ? fact.size : 0});
  *known = fact;
}

}  // namespace imapspec::runner
