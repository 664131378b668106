#include "server/commands/message_section.h"

#include <algorithm>
#include <unordered_set>
#include <vector>

#include "parser/core/ascii.h"
#include "server/mime/encoding.h"

namespace imapspec::server {

namespace {

// Names is the field names of a section, compared without regard to ASCII case.
class Names {
 public:
  Names(const parser::Section& section, const FaultSet& faults)
      : exact_(faults.has(Fault::HeaderFieldsCaseSensitive)), prefix_(faults.has(Fault::HeaderFieldsMatchPrefix)) {
    for (const parser::String& name : section.fields) names_.insert(key(name.value()));
  }

  [[nodiscard]] bool has(std::string_view name) const {
    const std::string wanted = key(name);
    if (!prefix_) return names_.contains(wanted);
    return std::any_of(names_.begin(), names_.end(), [&](const std::string& each) { return wanted.starts_with(each); });
  }

 private:
  [[nodiscard]] std::string key(std::string_view name) const {
    return exact_ ? std::string(name) : parser::to_upper(name);
  }

  bool exact_;
  bool prefix_;
  std::unordered_set<std::string> names_;
};

std::string_view keep(std::string_view octets, parser::Arena& arena) {
  char* place = arena.allocate<char>(octets.size());
  std::copy(octets.begin(), octets.end(), place);
  return {place, octets.size()};
}

// subset keeps the fields that are (or are not) named, and the blank line.
std::string_view subset(std::string_view header, const parser::Section& section, const FaultSet& faults,
                        parser::Arena& arena) {
  const bool named = section.text == parser::SectionText::HeaderFields || faults.has(Fault::HeaderFieldsNotInverted);
  const Names names(section, faults);
  std::string kept;
  for (const mime::Field& field : mime::fields(header)) {
    if (names.has(field.name) == named) kept += field.whole;
  }
  if (!faults.has(Fault::HeaderFieldsWithoutBlankLine)) kept += mime::blank_line(header);
  return keep(kept, arena);
}

// Entity is a message or a part, whose body follows its header.
struct Entity {
  std::string_view whole;
  std::string_view header;
  std::string_view body;
};

std::string_view text_of(const Entity& entity, const parser::Section& section, const FaultSet& faults,
                         parser::Arena& arena) {
  switch (section.text) {
    case parser::SectionText::Whole:
      break;
    case parser::SectionText::Header:
    case parser::SectionText::Mime:
      return entity.header;
    case parser::SectionText::Text:
      return entity.body;
    case parser::SectionText::HeaderFields:
    case parser::SectionText::HeaderFieldsNot:
      return subset(entity.header, section, faults, arena);
  }
  return entity.whole;
}

std::vector<std::uint32_t> numbers_of(const parser::Section& section) {
  return {section.part.begin(), section.part.end()};
}

}  // namespace

std::optional<std::string_view> body_section(mime::Anatomy& message, const parser::Section& section,
                                             const FaultSet& faults, parser::Arena& arena) {
  if (section.part.empty()) {
    return text_of({message.octets(), message.header(), message.text()}, section, faults, arena);
  }
  const mime::Found found = mime::find_part(message.structure(), numbers_of(section));
  if (found.part == nullptr) return std::nullopt;
  const mime::Part& part = *found.part;
  if (section.text == parser::SectionText::Whole) {
    if (!found.of_multipart && faults.has(Fault::PlainMessageWithoutPartOne)) return std::nullopt;
    if (found.of_multipart && faults.has(Fault::PartWithMimeHeader)) {
      return std::string_view(part.header.data(), part.header.size() + part.body.size());
    }
    return part.body;
  }
  if (section.text == parser::SectionText::Mime) return part.header;
  // HEADER, TEXT and their like are of the message inside (section 6.4.5.1).
  if (!part.is_message()) return std::nullopt;
  const mime::Part& inside = part.parts.front();
  return text_of({part.body, inside.header, inside.body}, section, faults, arena);
}

std::string_view without_nul(std::string_view octets, parser::Arena& arena) {
  if (octets.find('\0') == std::string_view::npos) return octets;
  std::string replaced(octets);
  std::replace(replaced.begin(), replaced.end(), '\0', '\x80');
  return keep(replaced, arena);
}

std::expected<std::optional<std::string>, BinaryError> binary_section(mime::Anatomy& message,
                                                                      const parser::Section& section,
                                                                      const FaultSet& faults) {
  // Note: an empty section is the message, which has no encoding of its own to undo.
  if (section.part.empty()) return std::string(message.octets());
  const mime::Found found = mime::find_part(message.structure(), numbers_of(section));
  if (found.part == nullptr) return std::nullopt;
  const mime::Part& part = *found.part;
  if (part.is_multipart() || part.is_message()) return std::unexpected(BinaryError::NotALeaf);
  auto decoded = mime::decode_transfer(part.body, mime::transfer_encoding(mime::structure_fields(part.header)));
  if (!decoded && !faults.has(Fault::UnknownEncodingReturned)) return std::unexpected(BinaryError::UnknownEncoding);
  if (!decoded) decoded = part.body;
  // Lines of text end in CRLF here, whatever was stored (section 7.5.2).
  if (part.type == "TEXT") return mime::with_crlf(*decoded);
  return decoded;
}

std::string_view partial_of(std::string_view octets, const parser::Partial& partial) {
  if (partial.first >= octets.size()) return {};
  return octets.substr(partial.first, std::min<std::uint64_t>(partial.count, octets.size()));
}

}  // namespace imapspec::server
