#include "server/commands/message_section.h"

#include <algorithm>
#include <vector>

#include "parser/core/ascii.h"
#include "server/mime/encoding.h"

namespace imapspec::server {

namespace {

// subset keeps the fields that are (or are not) named, and the blank line.
std::string_view subset(std::string_view header, const parser::Section& section, const FaultSet& faults,
                        parser::Arena& arena) {
  const bool named = section.text == parser::SectionText::HeaderFields;
  std::vector<std::string> names;
  for (const parser::String& name : section.fields) names.push_back(name.value());
  const bool exact = faults.has(Fault::HeaderFieldsCaseSensitive);
  std::string kept;
  for (const mime::Field& field : mime::fields(header)) {
    const bool listed = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      return exact ? name == field.name : parser::equal_ignoring_case(name, field.name);
    });
    if (listed == named) kept += field.whole;
  }
  kept += mime::blank_line(header);
  char* place = arena.allocate<char>(kept.size());
  std::copy(kept.begin(), kept.end(), place);
  return {place, kept.size()};
}

std::optional<std::string_view> text_of(const mime::Part& entity, std::string_view octets,
                                        const parser::Section& section, const FaultSet& faults, parser::Arena& arena) {
  switch (section.text) {
    case parser::SectionText::Whole:
      return octets;
    case parser::SectionText::Header:
    case parser::SectionText::Mime:
      return entity.header;
    case parser::SectionText::Text:
      return entity.body;
    case parser::SectionText::HeaderFields:
    case parser::SectionText::HeaderFieldsNot:
      return subset(entity.header, section, faults, arena);
  }
  return std::nullopt;
}

std::vector<std::uint32_t> numbers_of(const parser::Section& section) {
  return {section.part.begin(), section.part.end()};
}

}  // namespace

std::optional<std::string_view> body_section(const mime::Part& message, std::string_view octets,
                                             const parser::Section& section, const FaultSet& faults,
                                             parser::Arena& arena) {
  if (section.part.empty()) return text_of(message, octets, section, faults, arena);
  const mime::Found found = mime::find_part(message, numbers_of(section));
  if (found.part == nullptr) return std::nullopt;
  const mime::Part& part = *found.part;
  if (section.text == parser::SectionText::Whole) {
    if (found.of_multipart && faults.has(Fault::PartWithMimeHeader)) {
      return std::string_view(part.header.data(), part.header.size() + part.body.size());
    }
    return part.body;
  }
  if (section.text == parser::SectionText::Mime) return part.header;
  // HEADER, TEXT and their like are of the message inside (section 6.4.5.1).
  if (!part.is_message()) return std::nullopt;
  return text_of(part.parts.front(), part.body, section, faults, arena);
}

std::expected<std::optional<std::string>, BinaryError> binary_section(const mime::Part& message,
                                                                      std::string_view octets,
                                                                      const parser::Section& section) {
  // Note: an empty section is the message, which has no encoding of its own to undo.
  if (section.part.empty()) return std::string(octets);
  const mime::Found found = mime::find_part(message, numbers_of(section));
  if (found.part == nullptr) return std::nullopt;
  const mime::Part& part = *found.part;
  if (part.is_multipart() || part.is_message()) return std::unexpected(BinaryError::NotALeaf);
  const auto encoding = mime::field_value(mime::fields(part.header), "Content-Transfer-Encoding");
  auto decoded = mime::decode_transfer(part.body, encoding.value_or(""));
  if (!decoded) return std::unexpected(BinaryError::UnknownEncoding);
  // Lines of text end in CRLF here, whatever was stored (section 7.5.2).
  if (part.type == "TEXT") return mime::with_crlf(*decoded);
  return decoded;
}

std::string_view partial_of(std::string_view octets, const parser::Partial& partial) {
  if (partial.first >= octets.size()) return {};
  return octets.substr(partial.first, std::min<std::uint64_t>(partial.count, octets.size()));
}

}  // namespace imapspec::server
